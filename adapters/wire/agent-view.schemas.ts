import { z } from 'zod';
import type { PendingState } from '#domain/agent/agent.events.js';
import type {
  AgentDesktop,
  AttachedDatum,
  Colleague,
  DesktopAction,
  DesktopContact,
  DeskProfile,
  PushedPage,
  QueueGlance,
} from '#domain/views/agent-desktop.js';
import {
  agentIdSchema,
  callCentreIdSchema,
  callIdSchema,
  contactIdSchema,
  deviceIdSchema,
  instantSchema,
  popIdSchema,
} from './basic.schemas.js';
import { notReadyReasons } from './agent.schemas.js';
import { pageSchema } from './page-context.schema.js';
import { schemaFor } from './schema-for.js';
import {
  agentRoles,
  agentStates,
  channelMessageSchema,
  correlationRules,
  identificationSources,
  verdicts,
} from './shared-view.schemas.js';

const actions = schemaFor<DesktopAction>()(
  z.enum([
    'log-on',
    'log-off',
    'ready',
    'not-ready',
    'answer',
    'hold',
    'retrieve',
    'clear',
    'key-digits',
    'transfer',
    'conference',
    'take-notes',
    'record-disposition',
    'send-message',
  ]),
);

const pending = schemaFor<PendingState>()(
  z.discriminatedUnion('state', [
    z.strictObject({ state: z.literal('ready') }),
    z.strictObject({ state: z.literal('not-ready'), reason: notReadyReasons }),
    z.strictObject({ state: z.literal('logged-off') }),
  ]),
);

const pushedPage = schemaFor<PushedPage>()(
  z
    .strictObject({
      pushId: z.string(),
      url: z.string(),
      label: z.string(),
      by: z.string(),
      at: instantSchema,
      state: z.enum(['sent', 'shown', 'blocked']),
      why: z.string().exactOptional(),
    })
    .meta({ id: 'PushedPage' }),
);

const attachedDatum = schemaFor<AttachedDatum>()(
  z
    .strictObject({ key: z.string(), value: z.string(), by: z.string(), at: instantSchema })
    .meta({ id: 'AttachedDatum' }),
);

const belief = z.strictObject({
  verdict: verdicts,
  rule: correlationRules,
  sentence: z.string(),
  gateway: z.string().exactOptional(),
  port: z.number().exactOptional(),
  leaseId: z.string().exactOptional(),
});

const lastDtmf = z.strictObject({
  code: z.string(),
  outcome: z.enum(['recognised', 'refused']),
  note: z.string(),
  at: instantSchema,
});

const transfer = z.strictObject({
  kind: z.enum(['transfer', 'conference']),
  to: agentIdSchema,
  toName: z.string(),
  state: z.enum(['ringing', 'failed']),
  reason: z.string().exactOptional(),
});

const namedValues = z.record(z.string(), z.string());

export const desktopContactSchema = schemaFor<DesktopContact>()(
  z
    .strictObject({
      contactId: contactIdSchema,
      callId: callIdSchema,
      popId: popIdSchema.exactOptional(),
      pop: z.enum(['offered', 'opened', 'retracted']),
      merchantName: z.string(),
      call: z.strictObject({
        state: z.enum(['alerting', 'connected', 'held', 'cleared']),
        since: instantSchema,
        hop: z.number(),
        parties: z.number(),
      }),
      ani: z.string(),
      dnis: z.string(),
      callerName: z.string().exactOptional(),
      belief,
      customer: z.strictObject({ ref: z.string(), by: identificationSources }).exactOptional(),
      icon: z.strictObject({ label: z.string(), origin: z.string() }).exactOptional(),
      destination: z.strictObject({ rule: z.string(), because: z.string() }).exactOptional(),
      pageNow: pageSchema.exactOptional(),
      pagesBefore: z.array(pageSchema),
      forms: z.record(z.string(), namedValues),
      cookies: namedValues,
      data: z.array(attachedDatum),
      pushes: z.array(pushedPage),
      inChannel: z.boolean(),
      messages: z.array(channelMessageSchema),
      customerWindow: z.enum(['open', 'closed']),
      lastDtmf: lastDtmf.exactOptional(),
      transfer: transfer.exactOptional(),
      notes: z.string(),
    })
    .meta({ id: 'DesktopContact' }),
);

export const colleagueSchema = schemaFor<Colleague>()(
  z.strictObject({ agentId: agentIdSchema, displayName: z.string(), state: agentStates }).meta({ id: 'Colleague' }),
);

export const deskProfileSchema = schemaFor<DeskProfile>()(
  z
    .strictObject({
      agentId: agentIdSchema,
      displayName: z.string(),
      merchantName: z.string(),
      centreId: callCentreIdSchema,
      centreName: z.string(),
      roles: z.array(agentRoles),
      device: deviceIdSchema,
      dtmf: z.array(z.strictObject({ code: z.string(), label: z.string(), kind: z.string() })),
    })
    .meta({ id: 'DeskProfile' }),
);

export const queueGlanceSchema = schemaFor<QueueGlance>()(
  z
    .strictObject({ waiting: z.number(), oldestSince: instantSchema.exactOptional(), readyAgents: z.number() })
    .meta({ id: 'QueueGlance' }),
);

export const agentDesktopSchema = schemaFor<AgentDesktop>()(
  z
    .strictObject({
      agentId: agentIdSchema,
      state: agentStates,
      since: instantSchema,
      notReadyReason: notReadyReasons.exactOptional(),
      pending: pending.exactOptional(),
      channelCode: z.string().exactOptional(),
      contact: desktopContactSchema.exactOptional(),
      actions: z.record(actions, z.boolean()),
    })
    .meta({ id: 'AgentDesktop' }),
);
