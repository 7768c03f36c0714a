import type { z } from 'zod';

/**
 * What JSON can carry of a type: without `readonly`, intersections merged. Each field says whether it may be left out,
 * so that a field too many counts as a difference and not as one that happens to be missing.
 */
type Plain<Type> = Type extends string | number | boolean | null | undefined
  ? Type
  : Type extends readonly unknown[]
    ? { -readonly [Key in keyof Type]: Plain<Type[Key]> }
    : {
        -readonly [Key in keyof Type]-?: Record<never, never> extends Pick<Type, Key>
          ? ['optional', Plain<Type[Key]>]
          : ['required', Plain<Type[Key]>];
      };
type Same<One, Other> = [One] extends [Other] ? ([Other] extends [One] ? true : false) : false;

/** Compiles only when the schema lets through exactly what the type says: no field more, none less, none looser. */
export const schemaFor =
  <Type>() =>
  <Schema extends z.ZodType>(
    schema: Same<Plain<Type>, Plain<z.output<Schema>>> extends true ? Schema : never,
  ): z.ZodType<Type, Type> =>
    schema as unknown as z.ZodType<Type, Type>;

/** For types that only the compiler tells from their base: the schema checks the form, the type keeps the name. */
export const named = <Type>(schema: z.ZodType): z.ZodType<Type, Type> => schema as z.ZodType<Type, Type>;
