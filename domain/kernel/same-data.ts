const entriesOf = (value: object): readonly (readonly [string, unknown])[] =>
  Object.entries(value).filter(([, field]) => field !== undefined);

/** True when two pieces of plain data (objects, arrays, scalars) say the same; the order of an object's fields says nothing. */
export const sameData = (one: unknown, other: unknown): boolean => {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  const [fields, others] = [entriesOf(one), new Map(entriesOf(other))];
  return (
    fields.length === others.size &&
    fields.every(([name, field]) => others.has(name) && sameData(field, others.get(name)))
  );
};
