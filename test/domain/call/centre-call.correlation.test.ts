import { expect } from 'chai';
import { describe, it } from 'mocha';
import { callDecider, contactOfCall } from '#domain/call/call.decider.js';
import type { CallEvent } from '#domain/call/call.events.js';
import { ownContactOf } from '#domain/call/centre-call.correlation.js';
import type { CorrelationDecision } from '#domain/correlation/correlation.events.js';
import { contactId, type ContactId } from '#domain/kernel/ids.js';
import { instant } from '#domain/kernel/time.js';
import {
  acme,
  arrival,
  arriving,
  certain,
  clicked,
  correlated,
  given,
  happened,
  queued,
  tell,
  unnamed,
} from './telling.js';

const arrivedWith = (correlation: CorrelationDecision, of: ContactId): readonly CallEvent[] => [
  happened('CallQueued', { contactId: of, ...arrival }),
  happened('CorrelationDecided', { ...correlation, contactId: of }),
];
const superseded = (
  previous: CorrelationDecision,
  previousContactId: ContactId,
  next: CorrelationDecision,
  of: ContactId,
) => [
  happened('CorrelationSuperseded', { previous: previous.verdict, previousContactId, by: next.rule }),
  happened('CorrelationDecided', { ...next, contactId: of }),
];
const learn = (correlation: CorrelationDecision) => tell('ReportCorrelation', { correlation });
const contactAfter = (history: readonly CallEvent[]) =>
  contactOfCall(history.reduce(callDecider.evolve, callDecider.initialState));

const [ambiguous, none] = [correlated('ambiguous', 'click-1', 'click-2'), correlated('none')];
const probable = correlated('probable', 'click-1');
const certainlyOther = correlated('certain', 'click-2');

describe('a call at a centre', () => {
  it('shares the contact of the click when that is certain, and when it is probable', () => {
    for (const correlation of [certain, probable]) {
      given()
        .when(tell('ReportQueued', { ...arrival, correlation, newContactId: unnamed }))
        .thenHappened(...arrivedWith(correlation, clicked));
    }
  });

  it('has a contact of its own when nobody is named, though somebody is suspected', () => {
    for (const correlation of [ambiguous, none, correlated('none', 'click-1')]) {
      given()
        .when(tell('ReportQueued', { ...arrival, correlation, newContactId: unnamed }))
        .thenHappened(...arrivedWith(correlation, unnamed));
    }
  });

  it('goes over to another contact when later evidence says so, and the log keeps what was believed', () => {
    given(...queued)
      .when(learn(certainlyOther))
      .thenHappened(...superseded(certain, clicked, certainlyOther, contactId(acme, 'click-2')));
    given(...arrivedWith(ambiguous, unnamed))
      .when(learn(certain))
      .thenHappened(...superseded(ambiguous, unnamed, certain, clicked));
    given(...arrivedWith(probable, clicked))
      .when(learn(certain))
      .thenHappened(...superseded(probable, clicked, certain, clicked));
  });

  it('loses the contact it had no right to, for one of its own', () => {
    const own = ownContactOf(arriving);
    given(...queued)
      .when(learn(ambiguous))
      .thenHappened(...superseded(certain, clicked, ambiguous, own));
    given(...arrivedWith(none, unnamed), ...superseded(none, unnamed, certain, clicked))
      .when(learn(none))
      .thenHappened(...superseded(certain, clicked, none, unnamed));
  });

  it('is not decided again by what says the same', () => {
    const laterEvidence = { ...certain, evidence: [{ kind: 'dnis', value: '1', at: instant(1) }] } as const;
    given(...queued)
      .when(learn(laterEvidence))
      .thenNothing();
    given(...arrivedWith(ambiguous, unnamed))
      .when(learn(correlated('ambiguous', 'click-1', 'click-3')))
      .thenHappened(...superseded(ambiguous, unnamed, correlated('ambiguous', 'click-1', 'click-3'), unnamed));
    given(...arrivedWith(none, unnamed))
      .when(learn({ ...none, rule: 'live-lease-of-ani' }))
      .thenHappened(...superseded(none, unnamed, { ...none, rule: 'live-lease-of-ani' }, unnamed));
    given().when(learn(certain)).thenNothing();
  });

  it('may be told apart also when it is over', () => {
    const over = happened('CallCleared', { cause: 'normal-clearing', side: 'centre' });
    const corrected = superseded(ambiguous, unnamed, certain, clicked);
    given(...arrivedWith(ambiguous, unnamed), over)
      .when(learn(certain))
      .thenHappened(...corrected);
    given(...arrivedWith(ambiguous, unnamed), over, ...corrected)
      .when(learn(certain))
      .thenNothing();
  });

  it('tells at every moment whose it is', () => {
    const over = happened('CallCleared', { cause: 'normal-clearing', side: 'centre' });
    const arrived = arrivedWith(ambiguous, unnamed);
    const corrected = superseded(ambiguous, unnamed, certain, clicked);
    expect(
      [
        [],
        arrived.slice(0, 1),
        arrived,
        [...arrived, ...corrected],
        [...arrived, over],
        [...arrived, over, ...corrected],
      ].map(contactAfter),
    ).to.deep.equal([undefined, unnamed, unnamed, clicked, unnamed, clicked]);
  });
});
