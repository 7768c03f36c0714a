import { policy } from '../kernel/policy.js';
import type { CallId } from '../kernel/ids.js';
import { offerPop } from './offer-pop-when-call-is-delivered.policy.js';

/** Later evidence: the wrong pop goes, the right one comes, on the screen of everybody in the call. */
export const correctPopWhenCorrelationChanges = policy({
  name: 'correct-pop-when-correlation-changes',
  on: ['CorrelationDecided'],
  decide: ({ stream, meta, position }, views) => {
    const call = views.calls.call(stream as CallId);
    const at = meta.occurredAt;
    return (call?.agents ?? []).flatMap((agent) => {
      const pop = call && views.pops.current(call.callId, agent.agentId);
      if (!pop) return [];
      const offer = offerPop({ call, agent, at, correction: position }, views);
      const open = { type: 'OpenPop', target: offer.target, data: {} } as const;
      return [
        { type: 'RetractPop', target: pop.popId, data: { why: 'corrected' } } as const,
        offer,
        ...(pop.opened ? [open] : []),
      ];
    });
  },
});
