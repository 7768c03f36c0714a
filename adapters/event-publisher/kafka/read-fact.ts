import type { SentFact } from '#domain/contracts/sent-facts.js';
import { instant } from '#domain/kernel/time.js';
import { factKeyHeader, factSchema, factSignatureHeader, longestFact } from '../../wire/fact.schemas.js';
import { parseRequest } from '../../wire/parse-request.js';
import type { FactMessage } from './facts.protocol.js';

/** Why a message is no fact, in a closed vocabulary, and where in it. */
export type Unreadable = Readonly<{ reason: string; detail?: string }>;

const utf8 = new TextDecoder('utf-8', { fatal: true });

const jsonIn = (value: Uint8Array): unknown => {
  try {
    return JSON.parse(utf8.decode(value));
  } catch {
    return undefined;
  }
};

/** Takes a message of the command topic apart. Whose word it is has not been looked at then. */
export const readFact = ({ value, headers }: FactMessage): SentFact | Unreadable => {
  if (!value) return { reason: 'empty-message' };
  if (value.byteLength > longestFact) return { reason: 'message-too-long' };
  const [keyId, signature] = [headers[factKeyHeader], headers[factSignatureHeader]];
  if (keyId === undefined || signature === undefined) return { reason: 'not-signed' };
  const json = jsonIn(value);
  if (json === undefined) return { reason: 'malformed-json' };
  const parsed = parseRequest(factSchema, json);
  if (!parsed.ok) return { reason: parsed.problem.code, detail: parsed.problem.detail ?? parsed.problem.title };
  const { id, merchantid, source, time, type, data } = parsed.value;
  const proof = { keyId, signature, signed: value };
  const said = { id, merchantId: merchantid, from: source, at: instant(Date.parse(time)), proof };
  switch (type) {
    case 'crm.CustomerRecordChanged.v1':
      return { ...said, fact: { type: 'CustomerRecordChanged', ...data } };
    case 'crm.DispositionRecorded.v1':
      return { ...said, fact: { type: 'DispositionRecorded', ...data } };
  }
};
