import { accessDecider } from '#domain/access/access.decider.js';
import { queueDecider } from '#domain/acd/queue.decider.js';
import { agentDecider } from '#domain/agent/agent.decider.js';
import { callRecordDecider } from '#domain/billing/call-record.decider.js';
import { callDecider, contactOfCall } from '#domain/call/call.decider.js';
import { channelDirectoryDecider } from '#domain/channel/channel-directory.decider.js';
import { clockDecider } from '#domain/clock/clock.decider.js';
import type { TrunklineCommand } from '#domain/commands.js';
import type { TrunklineEvent } from '#domain/events.js';
import { gatewayDecider } from '#domain/gateway/gateway.decider.js';
import { iconSessionDecider } from '#domain/icon-session/icon-session.decider.js';
import type { Decider } from '#domain/kernel/decider.js';
import { contactId, tenantOf, uniqueOf, type ContactId, type StreamCategory } from '#domain/kernel/ids.js';
import { merchantDecider } from '#domain/merchant/merchant.decider.js';
import { popDecider } from '#domain/pop/pop.decider.js';
import { webhookDecider } from '#domain/webhook/webhook.decider.js';
import { erasureDecider } from '#domain/privacy/erasure.decider.js';

/** A decider as the command handler sees it: which command fits which decider is settled by the stream's category. */
export type Aggregate = Readonly<{
  decider: Decider<TrunklineCommand, unknown, TrunklineEvent, string>;
  /** Whose journey an event of it belongs to; `state` is the one after the event. */
  contactOf: (event: TrunklineEvent, state: unknown, stream: string) => ContactId | undefined;
}>;

const contactInData = ({ data }: TrunklineEvent): ContactId | undefined =>
  'contactId' in data ? (data as Readonly<{ contactId?: ContactId }>).contactId : undefined;

const aggregate = <Command, State, Event, Reason extends string>(
  decider: Decider<Command, State, Event, Reason>,
  contactOf: (event: TrunklineEvent, state: State, stream: string) => ContactId | undefined = contactInData,
): Aggregate => ({ decider, contactOf }) as unknown as Aggregate;

/** Every kind of stream and the rules that govern it. */
export const aggregates: Readonly<Record<StreamCategory, Aggregate>> = {
  merchant: aggregate(merchantDecider),
  session: aggregate(iconSessionDecider, (_event, _state, stream) => contactId(tenantOf(stream), uniqueOf(stream))),
  call: aggregate(callDecider, (_event, state) => contactOfCall(state)),
  gateway: aggregate(gatewayDecider),
  agent: aggregate(agentDecider),
  queue: aggregate(queueDecider),
  channels: aggregate(channelDirectoryDecider),
  pop: aggregate(popDecider),
  access: aggregate(accessDecider),
  record: aggregate(callRecordDecider),
  webhook: aggregate(webhookDecider),
  erasure: aggregate(erasureDecider),
  clock: aggregate(clockDecider),
};
