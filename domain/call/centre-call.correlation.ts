import type { CorrelationDecision } from '../correlation/correlation.events.js';
import { accept, ignore } from '../kernel/decider.js';
import { contactId, tenantOf, uniqueOf, type CallId, type ContactId } from '../kernel/ids.js';
import type { Answer, Ask, EventData, EventOf } from './call.answer.js';
import type { CallEvent } from './call.events.js';
import type { CentreCall } from './call.state.js';

/** The contact that a call at a centre has of its own when it cannot be tied to a click any more. */
export const ownContactOf = (callId: CallId): ContactId => contactId(tenantOf(callId), uniqueOf(callId));

/** Whose contact the call belongs to; a probable one is shared too, and everything that shows it says so. */
const namedBy = ({ verdict, candidates }: CorrelationDecision): ContactId | undefined =>
  verdict === 'certain' || verdict === 'probable' ? candidates[0]?.contactId : undefined;

const decided = (correlation: CorrelationDecision, own: ContactId): EventOf<'CorrelationDecided'> => ({
  type: 'CorrelationDecided',
  data: { ...correlation, contactId: namedBy(correlation) ?? own },
});

export const queued = ({ data }: Ask<'ReportQueued'>): Answer => {
  const { correlation, newContactId, ...arrival } = data;
  const decision = decided(correlation, newContactId);
  const { contactId: attributed } = decision.data;
  return accept<CallEvent>({ type: 'CallQueued', data: { contactId: attributed, ...arrival } }, decision);
};

const saysTheSame = (a: CorrelationDecision, b: CorrelationDecision): boolean =>
  a.verdict === b.verdict &&
  a.rule === b.rule &&
  a.candidates.length === b.candidates.length &&
  a.candidates.every(({ callId }, index) => callId === b.candidates[index]?.callId);

/** History is decided again, also after the call: what was believed before stays in the log as superseded. */
export const correlatedAgain = (
  { target, data: { correlation } }: Ask<'ReportCorrelation'>,
  { correlation: before, contactId: previousContactId, ownContactId }: CentreCall,
): Answer => {
  if (!before || previousContactId === undefined || saysTheSame(before, correlation)) return ignore;
  return accept<CallEvent>(
    { type: 'CorrelationSuperseded', data: { previous: before.verdict, previousContactId, by: correlation.rule } },
    decided(correlation, ownContactId ?? ownContactOf(target)),
  );
};

/** What the call takes over from a decision. */
export const attribution = ({
  contactId: attributed,
  ...correlation
}: EventData<'CorrelationDecided'>): Pick<CentreCall, 'contactId' | 'correlation' | 'ownContactId'> => ({
  contactId: attributed,
  correlation,
  ...(namedBy(correlation) === undefined ? { ownContactId: attributed } : {}),
});
