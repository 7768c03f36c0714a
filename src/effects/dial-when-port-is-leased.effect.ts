import type { CommandBus } from '#domain/contracts/command-bus.js';
import type { Telephony } from '#domain/contracts/telephony.js';
import type { GatewayId } from '#domain/kernel/ids.js';
import { isE164 } from '#domain/kernel/phone-number.js';
import { effect, type Effect } from './effect.js';

/** The call leaves through the leased port; a call that has ended in the meantime is not dialled. */
export const dialWhenPortIsLeased = ({
  telephony,
  commands,
}: Readonly<{ telephony: Telephony; commands: CommandBus }>): Effect =>
  effect({
    name: 'dial-when-port-is-leased',
    on: ['PortLeased'],
    run: async ({ stream, data, meta, id }, { calls }) => {
      const { callId, port, ani, leaseId, sessionId } = data;
      const call = calls.call(callId);
      const to = call?.destination?.number;
      if (!call || call.clearing || to === undefined || !isE164(to)) return;
      const result = await telephony.makeCall({
        callId,
        gatewayId: stream as GatewayId,
        port,
        ani,
        leaseId,
        to,
        sessionId,
      });
      if (result.outcome === 'accepted') return;
      const cause = result.outcome === 'refused' ? result.cause : 'destination-not-obtainable';
      await commands.dispatch(
        { type: 'ReportCallFailed', target: callId, at: meta.occurredAt, data: { cause, side: 'gateway' } },
        { actor: 'effect:dial', causationId: id, correlationId: meta.correlationId },
      );
    },
  }) as unknown as Effect;
