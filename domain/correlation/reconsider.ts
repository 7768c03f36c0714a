import type { CallId } from '../kernel/ids.js';
import { isStronger } from './clues.js';
import type { CorrelationDecision } from './correlation.events.js';

/**
 * A call has come in that may be a click which an earlier call has been tied to. What becomes of the earlier one: a new
 * decision to report to it, or nothing when it stands. Evidence as good as its own leaves both ambiguous; certainty by
 * better evidence takes the click away from it; weaker evidence changes nothing.
 */
export const reconsider = (
  earlier: CorrelationDecision,
  later: Readonly<{ callId: CallId; decision: CorrelationDecision }>,
): CorrelationDecision | undefined => {
  const [tied] = earlier.candidates;
  const claims = later.decision.candidates.some(({ callId }) => callId === tied?.callId);
  const isTied = earlier.verdict === 'certain' || earlier.verdict === 'probable';
  if (!tied || !isTied || !claims || later.decision.verdict === 'none') return undefined;
  if (isStronger(earlier.rule, later.decision.rule)) return undefined;
  const isLost = isStronger(later.decision.rule, earlier.rule) && later.decision.verdict === 'certain';
  return isLost
    ? {
        ...earlier,
        verdict: 'none',
        rule: 'no-rule',
        candidates: [{ ...tied, why: `It was taken for this until ${later.callId} came with better evidence.` }],
      }
    : {
        ...earlier,
        verdict: 'ambiguous',
        candidates: [{ ...tied, why: `It was taken for this until ${later.callId} came with evidence as good.` }],
      };
};
