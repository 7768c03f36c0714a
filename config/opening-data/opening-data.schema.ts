import { z } from 'zod';

const name = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/);
const e164 = z.string().regex(/^\+[1-9]\d{5,14}$/);
const location = z.strictObject({ latitude: z.number(), longitude: z.number() });
const span = z.strictObject({ from: z.number().int(), to: z.number().int() });

/** What a new log begins with: plain names, made into commands when the product starts. */
export const openingDataSchema = z.strictObject({
  gateways: z.array(
    z.strictObject({
      id: name,
      name: z.string(),
      location,
      pilotNumber: e164,
      trunkGroup: name,
      /** The first port's number; the others count on from it. */
      firstAni: e164,
      ports: z.number().int().min(1).max(10_000),
      quarantine: z.number().int().min(0),
    }),
  ),
  merchants: z.array(
    z.strictObject({
      id: name,
      name: z.string(),
      /** `%SHOP%` stands for the demo shop's own origin. */
      origins: z.array(z.string()),
      links: z.array(z.strictObject({ id: name, label: z.string() })),
      centres: z.array(
        z.strictObject({
          id: name,
          name: z.string(),
          number: e164,
          location,
          zone: z.string(),
          hours: z.array(z.array(span)).length(7),
          capacity: z.number().int(),
          trunks: z.array(name),
        }),
      ),
      routes: z.array(
        z.strictObject({
          link: name,
          centres: z.array(name),
          choose: z.enum(['first-open', 'nearest', 'least-loaded']),
        }),
      ),
      dtmf: z.array(
        z.strictObject({
          code: z.string(),
          label: z.string(),
          action: z.union([
            z.strictObject({ kind: z.literal('page'), origin: z.string(), path: z.string() }),
            z.strictObject({ kind: z.literal('media'), setting: z.literal('volume'), changePercent: z.number() }),
            z.strictObject({ kind: z.literal('media'), setting: z.literal('echo-cancellation'), on: z.boolean() }),
          ]),
        }),
      ),
      capture: z.strictObject({ cookies: z.array(z.string()), formFields: z.array(z.string()) }),
      agents: z.array(
        z.strictObject({
          id: name,
          displayName: z.string(),
          centre: name,
          device: name,
          roles: z.array(z.enum(['agent', 'supervisor', 'analyst', 'admin'])),
        }),
      ),
    }),
  ),
});

export type OpeningData = z.output<typeof openingDataSchema>;
