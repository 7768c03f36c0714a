import type { z } from 'zod';

/** A type without `readonly` and with its intersections merged: what JSON can carry of it. */
type Plain<Type> = Type extends string | number | boolean | null | undefined
  ? Type
  : { -readonly [Key in keyof Type]: Plain<Type[Key]> };
type Same<One, Other> =
  (<Any>() => Any extends One ? 1 : 2) extends <Any>() => Any extends Other ? 1 : 2 ? true : false;

/** Compiles only when the schema lets through exactly what the type says: no field more, none less, none looser. */
export const schemaFor =
  <Type>() =>
  <Schema extends z.ZodType>(
    schema: Same<Plain<Type>, Plain<z.output<Schema>>> extends true ? Schema : never,
  ): z.ZodType<Type, Type> =>
    schema as unknown as z.ZodType<Type, Type>;

/** For types that only the compiler tells from their base: the schema checks the form, the type keeps the name. */
export const named = <Type>(schema: z.ZodType): z.ZodType<Type, Type> => schema as z.ZodType<Type, Type>;
