import { z } from 'zod';
import type { GatewayCallEvent } from '#domain/call/call.events.js';
import {
  agentIdSchema,
  callCentreIdSchema,
  contactIdSchema,
  e164Schema,
  gatewayIdSchema,
  iconSessionIdSchema,
  instantSchema,
  leaseIdSchema,
  linkIdSchema,
} from '../../wire/basic.schemas.js';
import { schemaFor } from '../../wire/schema-for.js';
import { callCauses } from '../../wire/shared-view.schemas.js';
import { count, digitsDetectors, digitsSides, dtmfAction, routeStep, routingRules, textual } from './parts.js';
import type { DataOf, VersionsOf } from './versions.js';

const dtmfRefusals = z.enum([
  'unknown-code',
  'caller-side',
  'not-in-a-call',
  'agent-not-on-this-call',
  'too-many-tries',
  'page-not-allowed',
]);

export const gatewayCallSchemas = {
  CallRequested: [
    schemaFor<DataOf<'CallRequested'>>()(
      z.strictObject({
        contactId: contactIdSchema,
        sessionId: iconSessionIdSchema,
        linkId: linkIdSchema.exactOptional(),
        by: z.enum(['icon', 'callback', 'pbx', 'agent']),
      }),
    ),
  ],
  DestinationSelected: [
    schemaFor<DataOf<'DestinationSelected'>>()(
      z.strictObject({
        number: e164Schema,
        centreId: callCentreIdSchema.exactOptional(),
        rule: routingRules,
        policyVersion: count,
        trace: z.array(routeStep),
      }),
    ),
  ],
  DialAllowed: [schemaFor<DataOf<'DialAllowed'>>()(z.strictObject({ decisionId: textual, policy: textual }))],
  DialRefused: [
    schemaFor<DataOf<'DialRefused'>>()(z.strictObject({ policy: textual, reason: textual, trace: z.array(routeStep) })),
  ],
  GatewaySelected: [
    schemaFor<DataOf<'GatewaySelected'>>()(
      z.strictObject({ gatewayId: gatewayIdSchema, tried: z.array(gatewayIdSchema) }),
    ),
  ],
  CallOriginated: [
    schemaFor<DataOf<'CallOriginated'>>()(
      z.strictObject({ gatewayId: gatewayIdSchema, port: count, ani: e164Schema, leaseId: leaseIdSchema }),
    ),
  ],
  CallNetworkReached: [schemaFor<DataOf<'CallNetworkReached'>>()(z.strictObject({ trunkGroup: textual }))],
  DigitsReceived: [
    schemaFor<DataOf<'DigitsReceived'>>()(
      z.strictObject({
        from: digitsSides,
        digits: textual,
        by: digitsDetectors,
        at: instantSchema,
        pending: textual.exactOptional(),
      }),
    ),
  ],
  DtmfCommandRecognised: [
    schemaFor<DataOf<'DtmfCommandRecognised'>>()(
      z.strictObject({
        code: textual,
        label: textual,
        tableVersion: count,
        action: dtmfAction,
        agentId: agentIdSchema.exactOptional(),
      }),
    ),
  ],
  DtmfCommandRefused: [
    schemaFor<DataOf<'DtmfCommandRefused'>>()(z.strictObject({ code: textual, reason: dtmfRefusals })),
  ],
  ChannelJoined: [
    schemaFor<DataOf<'ChannelJoined'>>()(
      z.strictObject({ agentId: agentIdSchema, code: textual, by: z.enum(['dtmf', 'address', 'invitation']) }),
    ),
  ],
  ChannelMessageSent: [
    schemaFor<DataOf<'ChannelMessageSent'>>()(
      z.strictObject({
        messageId: textual,
        from: z.enum(['agent', 'customer']),
        agentId: agentIdSchema,
        text: textual,
      }),
    ),
  ],
  ChannelClosed: [schemaFor<DataOf<'ChannelClosed'>>()(z.strictObject({ agentId: agentIdSchema }))],
  ClearCallRequested: [
    schemaFor<DataOf<'ClearCallRequested'>>()(
      z.strictObject({ by: z.enum(['customer', 'agent', 'operator', 'system']), cause: callCauses }),
    ),
  ],
} satisfies VersionsOf<GatewayCallEvent['type']>;
