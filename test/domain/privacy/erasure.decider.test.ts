import { describe, it } from 'mocha';
import { contactId, erasureId, merchantId } from '#domain/kernel/ids.js';
import { instant } from '#domain/kernel/time.js';
import { erasureDecider } from '#domain/privacy/erasure.decider.js';
import { subjectOf } from '#domain/privacy/subject.js';
import { scenarioFor } from '#test/support/scenario.js';
import { expectStatesKept } from '../support/history.js';

const acme = merchantId('acme');
const target = erasureId(acme, 'e-1');
const asked = { target, at: instant(1) } as const;
const [mary, john] = ['mary', 'john'].map((name) => subjectOf(contactId(acme, name))) as [
  ReturnType<typeof subjectOf>,
  ReturnType<typeof subjectOf>,
];
const given = scenarioFor(erasureDecider);
const requested = { type: 'ErasureRequested', data: { subjects: [mary, john] } } as const;
const destroyed = (subject: typeof mary) => ({ type: 'SubjectKeyDestroyed', data: { subject } }) as const;
const completed = { type: 'ErasureCompleted', data: { subjects: 2 } } as const;

describe('somebody who is to be erased', () => {
  it('is, once for each erasure, however often they are named', () => {
    given()
      .when({ ...asked, type: 'RequestErasure', data: { subjects: [mary, john, mary] } })
      .thenHappened(requested);
    given(requested)
      .when({ ...asked, type: 'RequestErasure', data: { subjects: [mary] } })
      .thenNothing();
  });

  it('is nobody of another merchant, and somebody', () => {
    const stranger = subjectOf(contactId(merchantId('globex'), 'mary'));
    for (const subjects of [[mary, stranger], []]) {
      given()
        .when({ ...asked, type: 'RequestErasure', data: { subjects } })
        .thenRejected('unknown-subject');
    }
  });

  it('gets one receipt when the key is destroyed, and nobody else does', () => {
    given(requested)
      .when({ ...asked, type: 'ReportKeyDestroyed', data: { subject: mary } })
      .thenHappened(destroyed(mary));
    given(requested, destroyed(mary))
      .when({ ...asked, type: 'ReportKeyDestroyed', data: { subject: mary } })
      .thenNothing();
    given()
      .when({ ...asked, type: 'ReportKeyDestroyed', data: { subject: mary } })
      .thenNothing();
  });

  it('is not erased completely before all of them are', () => {
    const report = { ...asked, type: 'ReportErasureCompleted', data: {} } as const;
    given(requested, destroyed(mary)).when(report).thenNothing();
    given(requested, destroyed(mary), destroyed(john)).when(report).thenHappened(completed);
    given(requested, destroyed(mary), destroyed(john), completed).when(report).thenNothing();
  });

  it('leaves earlier states as they were', () => {
    expectStatesKept(erasureDecider, [requested, destroyed(mary), destroyed(john), completed]);
  });
});
