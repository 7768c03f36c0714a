import type { LogEventOf } from '#domain/events.js';
import type { CorrelationDecision } from '#domain/correlation/correlation.events.js';
import type { ContactId } from '#domain/kernel/ids.js';
import { phoneNumber } from '#domain/kernel/phone-number.js';
import { erasers } from '#domain/privacy/erased.js';
import { changeDesk, type AgentDesktopView, type Arrival } from './agent-desktop.view.js';

const withoutEvidence = (correlation: CorrelationDecision): CorrelationDecision => ({
  ...correlation,
  evidence: erasers.CorrelationDecided.evidence(correlation.evidence),
});

const erased = ({ ani, dnis, callerName, correlation }: Arrival): Arrival => ({
  ani: erasers.CallQueued.ani(phoneNumber(ani)).raw,
  dnis,
  ...(callerName !== undefined && { callerName: erasers.CallQueued.callerName(callerName) ?? '' }),
  ...(correlation && { correlation: withoutEvidence(correlation) }),
});

/** An agent who still has the call on the screen sees that the caller is erased. */
export const eraseCallOnDesks = (
  view: AgentDesktopView,
  { data: { subject } }: LogEventOf<'SubjectKeyDestroyed'>,
): void => {
  for (const agentId of view.watchers.get(subject as string as ContactId) ?? []) {
    changeDesk(view, agentId, (desk) =>
      desk.call ? { ...desk, call: { ...desk.call, arrival: erased(desk.call.arrival) } } : desk,
    );
  }
};
