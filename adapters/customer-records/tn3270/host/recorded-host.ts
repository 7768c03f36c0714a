import { z } from 'zod';
import { parseTerminalInput, type TerminalInput } from './terminal-input.js';
import type { Application, ConnectedTerminal } from './terminal-server.js';

const hex = z.string().regex(/^(?:[0-9a-f]{2})*(?:\|sscp)?$/, 'pairs of hexadecimal digits');
const field = z.strictObject({ addr: z.int().min(0).max(16_383), text: z.string() });
const fromTerminal = z.union([
  z.strictObject({ aid: z.string(), cursor: z.int().min(0), fields: z.array(field) }),
  z.strictObject({ aid: z.string(), sscp: z.string() }),
]);

/** A conversation with a host, free of its transport: what the terminal sent, and the records that it led to. */
export const recordingSchema = z.object({
  tn3270e: z.boolean(),
  steps: z.array(z.strictObject({ client: fromTerminal.optional(), host: z.array(hex) })).min(1),
});
export type Recording = z.output<typeof recordingSchema>;
type FromTerminal = z.output<typeof fromTerminal>;

/** Text from before there was an application is marked as such; it stands there as a 3270 writes it. */
const bytesOf = (text: string): Uint8Array => Buffer.from(text.replace('|sscp', ''), 'hex');
const typed = (text: string): string => text.trimEnd();

/** Blanks at the end of a field say nothing: terminals fill up as they like. */
const isSame = ({ key, fields }: TerminalInput, expected: FromTerminal): boolean => {
  if (key !== expected.aid) return false;
  if ('sscp' in expected) return fields.some(({ text }) => typed(text).endsWith(expected.sscp));
  return expected.fields.every(({ addr, text }) =>
    fields.some(({ cell, text: given }) => cell === addr && typed(given) === typed(text)),
  );
};

/** A terminal's answer to the question what it can do; not somebody's key. */
const structuredField = 0x88;

export type RecordedHostEvents = Readonly<{
  /** The terminal has sent what the recording does not have at this step; the host keeps silent, keyboard locked. */
  onStranger?: (step: number) => void;
}>;

/** A host that says again what a real one has said, as long as the terminal does what it did then. */
export const recordedHost =
  ({ steps }: Recording, { onStranger }: RecordedHostEvents = {}) =>
  (terminal: ConnectedTerminal): Application => {
    let step = 0;
    const say = (): void => {
      for (const record of steps[step]?.host ?? []) terminal.send(bytesOf(record));
      step += 1;
    };
    say();
    return {
      onRecord: (record) => {
        if (record[0] === structuredField) return;
        const expected = steps[step]?.client;
        const input = parseTerminalInput(record);
        if (input && expected && isSame(input, expected)) say();
        else onStranger?.(step);
      },
    };
  };
