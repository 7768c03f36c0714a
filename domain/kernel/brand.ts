declare const brand: unique symbol;

/** A `Base` that only its own constructor can make: two ids of the same shape never mix. */
export type Brand<Base, Name extends string> = Base & { readonly [brand]: Name };
