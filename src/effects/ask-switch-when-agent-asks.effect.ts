import type { Telephony } from '#domain/contracts/telephony.js';
import type { CallId } from '#domain/kernel/ids.js';
import { effect, type Effect } from './effect.js';

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
      switch (event.type) {
        case 'AnswerRequested':
          return void (await telephony.answerCall(connection));
        case 'HoldRequested':
          return void (await telephony.holdCall(connection));
        case 'RetrieveRequested':
          return void (await telephony.retrieveCall(connection));
        case 'ClearConnectionRequested':
          return void (await telephony.clearConnection(connection));
        case 'CallDiverted':
          return void (await telephony.divertToQueue(connection));
        case 'DigitsRequested':
          // Keyed twice is something else than keyed once; keyed never, the agent keys again.
          if (!inDoubt) await telephony.generateDigits(connection, event.data.digits);
          return;
      }
    },
  }) as unknown as Effect;
