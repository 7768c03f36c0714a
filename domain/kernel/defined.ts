type Defined<Given extends object> = { [Key in keyof Given]?: Exclude<Given[Key], undefined> };

/** Only what is there: for properties that are left out rather than `undefined`. */
export const defined = <Given extends object>(given: Given): Defined<Given> => {
  const there: Partial<Given> = {};
  for (const key of Object.keys(given) as (keyof Given)[]) if (given[key] !== undefined) there[key] = given[key];
  return there as Defined<Given>;
};
