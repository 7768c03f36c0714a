import { callRecordId, iconSessionId, tenantOf, uniqueOf, type CallId } from '../kernel/ids.js';
import { policy } from '../kernel/policy.js';

/** Every call through a gateway is charged once, and the page it came from credited with it (S1 [47]). */
export const issueCallRecordWhenCallIsOver = policy({
  name: 'issue-call-record-when-call-is-over',
  on: ['CallCleared', 'CallFailed'],
  decide: ({ stream, data: { side, cause }, meta }, { calls, aniIndex }) => {
    const callId = stream as CallId;
    const facts = calls.facts(callId);
    if (side === 'centre' || facts?.contactId === undefined) return [];
    const { contactId } = facts;
    const endedAt = meta.occurredAt;
    const session = aniIndex.bySession(iconSessionId(tenantOf(callId), uniqueOf(callId)));
    return [
      {
        type: 'IssueCallRecord',
        target: callRecordId(tenantOf(callId), uniqueOf(callId)),
        data: {
          ...facts,
          callId,
          contactId,
          referrer: { origin: session?.origin ?? '', page: session?.clickedPage ?? '' },
          requestedAt: facts.requestedAt ?? endedAt,
          endedAt,
          talk: facts.answeredAt === undefined ? 0 : Math.max(0, endedAt - facts.answeredAt),
          cause,
        },
      },
    ];
  },
});
