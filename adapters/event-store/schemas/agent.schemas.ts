import { z } from 'zod';
import type { AgentEvent, NotReadyReason, PendingState } from '#domain/agent/agent.events.js';
import {
  callCentreIdSchema,
  callIdSchema,
  contactIdSchema,
  deviceIdSchema,
  instantSchema,
} from '../../wire/basic.schemas.js';
import { schemaFor } from '../../wire/schema-for.js';
import { agentRoles } from '../../wire/shared-view.schemas.js';
import { nothing, textual } from './parts.js';
import type { DataOf, VersionsOf } from './versions.js';

const reasons = schemaFor<NotReadyReason>()(
  z.enum(['logged-on', 'break', 'lunch', 'training', 'other', 'no-answer', 'connection-lost']),
);
const pending = schemaFor<PendingState>()(
  z.discriminatedUnion('state', [
    z.strictObject({ state: z.literal('ready') }),
    z.strictObject({ state: z.literal('not-ready'), reason: reasons }),
    z.strictObject({ state: z.literal('logged-off') }),
  ]),
);
const call = { callId: callIdSchema, contactId: contactIdSchema };
const centre = { centreId: callCentreIdSchema };
const device = { device: deviceIdSchema };

export const agentSchemas = {
  AgentRegistered: [
    schemaFor<DataOf<'AgentRegistered'>>()(
      z.strictObject({ loginName: textual, displayName: textual, ...centre, ...device, roles: z.array(agentRoles) }),
    ),
  ],
  AgentLoggedOn: [schemaFor<DataOf<'AgentLoggedOn'>>()(z.strictObject({ ...device, channelCode: textual, ...centre }))],
  AgentReady: [schemaFor<DataOf<'AgentReady'>>()(z.strictObject({ ...device, ...centre, since: instantSchema }))],
  AgentNotReady: [schemaFor<DataOf<'AgentNotReady'>>()(z.strictObject({ reason: reasons, ...centre }))],
  AgentReserved: [schemaFor<DataOf<'AgentReserved'>>()(z.strictObject({ ...call, ...device, since: instantSchema }))],
  AgentReservationDeclined: [
    schemaFor<DataOf<'AgentReservationDeclined'>>()(z.strictObject({ ...call, since: instantSchema, ...centre })),
  ],
  AgentBusy: [schemaFor<DataOf<'AgentBusy'>>()(z.strictObject(call))],
  AgentWorkingAfterCall: [schemaFor<DataOf<'AgentWorkingAfterCall'>>()(z.strictObject(call))],
  AgentStatePending: [schemaFor<DataOf<'AgentStatePending'>>()(z.strictObject({ next: pending }))],
  AgentDidNotAnswer: [schemaFor<DataOf<'AgentDidNotAnswer'>>()(z.strictObject({ ...call, ...device }))],
  AgentLost: [schemaFor<DataOf<'AgentLost'>>()(z.strictObject({ lastSeen: instantSchema }))],
  AgentReturned: [nothing],
  AgentLoggedOff: [schemaFor<DataOf<'AgentLoggedOff'>>()(z.strictObject({ ...centre, channelCode: textual }))],
  NotesTaken: [schemaFor<DataOf<'NotesTaken'>>()(z.strictObject({ contactId: contactIdSchema, text: textual }))],
  DispositionRecorded: [schemaFor<DataOf<'DispositionRecorded'>>()(z.strictObject({ ...call, code: textual }))],
} satisfies VersionsOf<AgentEvent['type']>;
