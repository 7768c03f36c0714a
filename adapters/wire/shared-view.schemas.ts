import { z } from 'zod';
import type { CallCause } from '#domain/call/call.events.js';
import type { CorrelationRule, Verdict } from '#domain/correlation/correlation.events.js';
import type { CapturePolicy } from '#domain/merchant/merchant.events.js';
import type { AgentRole } from '#domain/agent/agent.events.js';
import type { AgentState, ChannelMessage } from '#domain/views/agent-desktop.js';
import { instantSchema } from './basic.schemas.js';
import { schemaFor } from './schema-for.js';

export const callCauses = schemaFor<CallCause>()(
  z
    .enum([
      'normal-clearing',
      'busy',
      'no-answer',
      'rejected',
      'destination-not-obtainable',
      'trunks-busy',
      'network-lost',
      'window-closed',
      'refused-by-policy',
      'centre-closed',
      'centre-full',
      'abandoned',
      'transferred',
      'lost-in-restart',
    ])
    .meta({ id: 'CallCause' }),
);

export const verdicts = schemaFor<Verdict>()(
  z.enum(['certain', 'probable', 'ambiguous', 'none']).meta({ id: 'Verdict' }),
);

export const correlationRules = schemaFor<CorrelationRule>()(
  z
    .enum([
      'signalled-session-id',
      'channel-digits',
      'live-lease-of-ani',
      'pseudo-ani',
      'quarantined-lease-of-ani',
      'most-recent-call-of-gateway',
      'no-rule',
    ])
    .meta({ id: 'CorrelationRule' }),
);

export const agentStates = schemaFor<AgentState>()(
  z.enum(['logged-off', 'not-ready', 'ready', 'reserved', 'busy', 'working-after-call']).meta({ id: 'AgentState' }),
);

export const agentRoles = schemaFor<AgentRole>()(
  z.enum(['agent', 'supervisor', 'analyst', 'admin']).meta({ id: 'AgentRole' }),
);

const names = z.array(z.string().min(1).max(200)).max(100);
export const capturePolicySchema = schemaFor<CapturePolicy>()(
  z.strictObject({ cookies: names, formFields: names }).meta({ id: 'CapturePolicy' }),
);

export const channelMessageSchema = schemaFor<ChannelMessage>()(
  z
    .strictObject({ messageId: z.string(), from: z.enum(['agent', 'customer']), text: z.string(), at: instantSchema })
    .meta({ id: 'ChannelMessage' }),
);

export const identificationSources = z.enum(['server-signed', 'page']);
