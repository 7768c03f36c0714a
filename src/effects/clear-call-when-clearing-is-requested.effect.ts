import type { CommandBus } from '#domain/contracts/command-bus.js';
import type { Telephony } from '#domain/contracts/telephony.js';
import type { CallId } from '#domain/kernel/ids.js';
import { effect, type Effect } from './effect.js';

/** A call that the network has never heard of is over at once: it was cleared before it was dialled. */
export const clearCallWhenClearingIsRequested = ({
  telephony,
  commands,
}: Readonly<{ telephony: Telephony; commands: CommandBus }>): Effect =>
  effect({
    name: 'clear-call-when-clearing-is-requested',
    on: ['ClearCallRequested'],
    run: async ({ stream, data: { cause }, meta, id }) => {
      const callId = stream as CallId;
      const result = await telephony.clearCall(callId, cause);
      if (result.outcome === 'accepted') return;
      await commands.dispatch(
        { type: 'ReportCallCleared', target: callId, at: meta.occurredAt, data: { cause, side: 'gateway' } },
        { actor: 'effect:clear-call', causationId: id, correlationId: meta.correlationId },
      );
    },
  }) as unknown as Effect;
