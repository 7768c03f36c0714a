import type { Connection, Telephony, TelephonyOutcome } from '#domain/contracts/telephony.js';
import type { EventType } from '#domain/events.js';
import type { CallId } from '#domain/kernel/ids.js';
import { effect, type Effect } from './effect.js';

type Ask = (telephony: Telephony, connection: Connection) => Promise<TelephonyOutcome>;

const askFor = {
  AnswerRequested: (telephony, connection) => telephony.answerCall(connection),
  HoldRequested: (telephony, connection) => telephony.holdCall(connection),
  RetrieveRequested: (telephony, connection) => telephony.retrieveCall(connection),
  ClearConnectionRequested: (telephony, connection) => telephony.clearConnection(connection),
  CallDiverted: (telephony, connection) => telephony.divertToQueue(connection),
} as const satisfies Partial<Record<EventType, Ask>>;

/** What agents ask of their phones is asked of the switch; what came of it is told by the switch's own reports. */
export const askSwitchWhenAgentAsks = ({ telephony }: Readonly<{ telephony: Telephony }>): Effect =>
  effect({
    name: 'ask-switch-when-agent-asks',
    on: [
      'AnswerRequested',
      'HoldRequested',
      'RetrieveRequested',
      'ClearConnectionRequested',
      'DigitsRequested',
      'CallDiverted',
    ],
    run: async (event, _views, inDoubt) => {
      const connection = { callId: event.stream as CallId, device: event.data.device };
      if (event.type !== 'DigitsRequested') await askFor[event.type](telephony, connection);
      // Keyed twice is something else than keyed once; keyed never, the agent keys again.
      else if (!inDoubt) await telephony.generateDigits(connection, event.data.digits);
    },
  }) as unknown as Effect;
