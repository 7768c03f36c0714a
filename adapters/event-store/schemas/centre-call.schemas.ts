import { z } from 'zod';
import type { CentreCallEvent, CommonCallEvent } from '#domain/call/call.events.js';
import {
  agentIdSchema,
  callCentreIdSchema,
  contactIdSchema,
  deviceIdSchema,
  instantSchema,
} from '../../wire/basic.schemas.js';
import { schemaFor } from '../../wire/schema-for.js';
import { callCauses } from '../../wire/shared-view.schemas.js';
import { count, namedTexts, phoneNumber, textual } from './parts.js';
import type { DataOf, VersionsOf } from './versions.js';

const agentsDevice = { agentId: agentIdSchema, device: deviceIdSchema };
const asked = z.strictObject({ ...agentsDevice, at: instantSchema });
const whoever = { agentId: agentIdSchema.exactOptional(), device: deviceIdSchema.exactOptional() };
const ended = z.strictObject({ cause: callCauses, side: z.enum(['gateway', 'centre']) });
const transferFailures = z.enum(['agent-not-ready', 'no-answer', 'caller-gone', 'refused-by-switch']);

export const centreCallSchemas = {
  CallQueued: [
    schemaFor<DataOf<'CallQueued'>>()(
      z.strictObject({
        contactId: contactIdSchema,
        centreId: callCentreIdSchema,
        ani: phoneNumber,
        dnis: phoneNumber,
        trunkGroup: textual.exactOptional(),
        callerName: textual.exactOptional(),
        uui: textual.exactOptional(),
      }),
    ),
  ],
  RouteSelected: [schemaFor<DataOf<'RouteSelected'>>()(z.strictObject(agentsDevice))],
  CallDelivered: [
    schemaFor<DataOf<'CallDelivered'>>()(z.strictObject({ ...agentsDevice, hop: count, at: instantSchema })),
  ],
  AnswerRequested: [schemaFor<DataOf<'AnswerRequested'>>()(asked)],
  HoldRequested: [schemaFor<DataOf<'HoldRequested'>>()(asked)],
  RetrieveRequested: [schemaFor<DataOf<'RetrieveRequested'>>()(asked)],
  ClearConnectionRequested: [schemaFor<DataOf<'ClearConnectionRequested'>>()(asked)],
  DigitsRequested: [schemaFor<DataOf<'DigitsRequested'>>()(z.strictObject({ ...agentsDevice, digits: textual }))],
  TransferRequested: [
    schemaFor<DataOf<'TransferRequested'>>()(
      z.strictObject({
        transferId: textual,
        kind: z.enum(['transfer', 'conference']),
        from: agentIdSchema,
        to: agentIdSchema,
      }),
    ),
  ],
  TransferFailed: [
    schemaFor<DataOf<'TransferFailed'>>()(
      z.strictObject({ transferId: textual, from: agentIdSchema, to: agentIdSchema, reason: transferFailures }),
    ),
  ],
  CallHeld: [schemaFor<DataOf<'CallHeld'>>()(asked)],
  CallRetrieved: [schemaFor<DataOf<'CallRetrieved'>>()(asked)],
  CallTransferred: [schemaFor<DataOf<'CallTransferred'>>()(z.strictObject({ from: agentIdSchema, to: agentIdSchema }))],
  CallConferenced: [
    schemaFor<DataOf<'CallConferenced'>>()(z.strictObject({ by: agentIdSchema, added: agentIdSchema })),
  ],
  CallDiverted: [schemaFor<DataOf<'CallDiverted'>>()(z.strictObject({ ...agentsDevice, cause: callCauses }))],
} satisfies VersionsOf<CentreCallEvent['type']>;

export const commonCallSchemas = {
  CallEstablished: [schemaFor<DataOf<'CallEstablished'>>()(z.strictObject(whoever))],
  CallDataChanged: [
    schemaFor<DataOf<'CallDataChanged'>>()(z.strictObject({ changes: namedTexts, version: count, by: textual })),
  ],
  ConnectionCleared: [schemaFor<DataOf<'ConnectionCleared'>>()(z.strictObject({ ...whoever, cause: callCauses }))],
  CallCleared: [schemaFor<DataOf<'CallCleared'>>()(ended)],
  CallFailed: [schemaFor<DataOf<'CallFailed'>>()(ended)],
  CallReconstructed: [
    schemaFor<DataOf<'CallReconstructed'>>()(z.strictObject({ known: z.array(textual), unknown: z.array(textual) })),
  ],
} satisfies VersionsOf<CommonCallEvent['type']>;
