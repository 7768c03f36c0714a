import { z } from 'zod';

export type JsonSchema = Readonly<Record<string, unknown>>;

/** Collects the named schemas of a document: each is described once and referred to from then on. */
export type SchemaCatalogue = Readonly<{
  /** The schema where it is used: in full, or a reference when it has a name. */
  use: (schema: z.ZodType) => JsonSchema;
  /** All that were used and have a name. */
  named: () => Readonly<Record<string, JsonSchema>>;
}>;

const inComponents = '#/components/schemas/';

/** Schemas as OpenAPI 3.1 and AsyncAPI 3 have them: JSON Schema 2020-12, named ones under `components/schemas`. */
export const schemaCatalogue = (): SchemaCatalogue => {
  const components = new Map<string, JsonSchema>();

  const moved = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(moved);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [
        key,
        key === '$ref' && typeof inner === 'string' ? inner.replace('#/$defs/', inComponents) : moved(inner),
      ]),
    );
  };

  return {
    use: (schema) => {
      const { $schema: _version, $defs = {}, ...rest } = z.toJSONSchema(schema, { io: 'input' });
      for (const [name, definition] of Object.entries($defs)) components.set(name, moved(definition) as JsonSchema);
      return moved(rest) as JsonSchema;
    },
    named: () => Object.fromEntries([...components].sort(([one], [other]) => (one < other ? -1 : 1))),
  };
};
