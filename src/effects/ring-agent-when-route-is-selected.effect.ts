import type { CommandBus } from '#domain/contracts/command-bus.js';
import type { Telephony, TelephonyOutcome } from '#domain/contracts/telephony.js';
import type { CallId } from '#domain/kernel/ids.js';
import type { LiveCall } from '#domain/policies/views.js';
import { effect, type Effect } from './effect.js';

type Route = Readonly<{ callId: CallId; device: LiveCall['agents'][number]['device'] }>;

/** From the queue, or handed on by the agent who has the call. */
const ring = (
  telephony: Telephony,
  { callId, device }: Route,
  call: LiveCall | undefined,
): Promise<TelephonyOutcome> => {
  const transfer = call?.transfer;
  const from = transfer && call.agents.find(({ agentId }) => agentId === transfer.from);
  if (!transfer || !from) return telephony.routeSelect({ callId, device });
  const connection = { callId, device: from.device };
  return transfer.kind === 'transfer'
    ? telephony.singleStepTransfer(connection, device)
    : telephony.singleStepConference(connection, device);
};

/** The agent's phone rings. When the switch will not, it is as if the agent had not answered. */
export const ringAgentWhenRouteIsSelected = ({
  telephony,
  commands,
}: Readonly<{ telephony: Telephony; commands: CommandBus }>): Effect =>
  effect({
    name: 'ring-agent-when-route-is-selected',
    on: ['RouteSelected'],
    run: async ({ stream, data: { agentId, device }, meta, id }, { calls }) => {
      const callId = stream as CallId;
      const result = await ring(telephony, { callId, device }, calls.call(callId));
      if (result.outcome === 'accepted') return;
      await commands.dispatch(
        { type: 'ReportNoAnswer', target: agentId, at: meta.occurredAt, data: { callId } },
        { actor: 'effect:ring-agent', causationId: id, correlationId: meta.correlationId },
      );
    },
  }) as unknown as Effect;
