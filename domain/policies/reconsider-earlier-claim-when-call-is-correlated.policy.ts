import { reconsider } from '../correlation/reconsider.js';
import type { CallId } from '../kernel/ids.js';
import { policy } from '../kernel/policy.js';

/** Two calls cannot be one click: when another claims it, the earlier one is no longer taken for it without question. */
export const reconsiderEarlierClaimWhenCallIsCorrelated = policy({
  name: 'reconsider-earlier-claim-when-call-is-correlated',
  on: ['CorrelationDecided'],
  decide: ({ stream, data: { contactId: _contact, ...decision } }, { calls }) => {
    const callId = stream as CallId;
    const earlier = new Set(decision.candidates.flatMap((candidate) => calls.ofContact(candidate.contactId)));
    return [...earlier].flatMap((call) => {
      if (call.callId === callId || call.side === 'gateway' || !call.correlation) return [];
      const correlation = reconsider(call.correlation, { callId, decision });
      return correlation ? [{ type: 'ReportCorrelation', target: call.callId, data: { correlation } }] : [];
    });
  },
});
