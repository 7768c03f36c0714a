import { describe, it } from 'mocha';
import { agentDecider } from '#domain/agent/agent.decider.js';
import type { AgentEvent } from '#domain/agent/agent.events.js';
import { after } from '#domain/kernel/time.js';
import { scenarioFor } from '#test/support/scenario.js';
import { expectStatesKept } from '../support/history.js';
import { loggedOff, lost, monday, ready, returned, say, x, y, idle, ringing, talking, wrapping } from './anna.js';

const given = scenarioFor(agentDecider);

describe("Anna's notes", () => {
  const noting = (text: string, call = x) => say({ type: 'TakeNotes', data: { contactId: call.contactId, text } });
  const noted = (text: string): AgentEvent => ({ type: 'NotesTaken', data: { contactId: x.contactId, text } });

  it('are of the call she is on, or of the last one', () => {
    for (const history of [
      ringing,
      talking,
      wrapping,
      [...wrapping, x.disposed(), ready()],
      [...wrapping, loggedOff],
    ]) {
      given(...history)
        .when(noting('wants size 43'))
        .thenHappened(noted('wants size 43'));
    }
    given(...talking)
      .when(noting('', y))
      .thenRejected('not-your-contact');
    given(...wrapping, x.disposed(), ready(), y.reserved, y.busy)
      .when(noting('late'))
      .thenRejected('not-your-contact');
  });

  it('are written down once', () => {
    given(...talking, noted('a'))
      .when(noting('a'))
      .thenNothing();
    given(...talking, noted('a'), x.wrapUp, loggedOff)
      .when(noting('a'))
      .thenNothing();
    given(...talking, noted('a'))
      .when(noting('ab'))
      .thenHappened(noted('ab'));
    given(...wrapping, loggedOff, noted('a'))
      .when(noting('a'))
      .thenNothing();
    given(...talking, noted('a'), x.wrapUp, x.disposed(), ready(), y.busy, y.wrapUp)
      .when(noting('a', y))
      .thenHappened({ type: 'NotesTaken', data: { contactId: y.contactId, text: 'a' } });
    given(...ringing, noted('a'), x.busy)
      .when(noting('a'))
      .thenNothing();
    given(...wrapping, noted('a'), x.disposed(), ready(), y.reserved)
      .when(noting('a', y))
      .thenHappened({ type: 'NotesTaken', data: { contactId: y.contactId, text: 'a' } });
  });

  it('have an end', () => {
    given(...talking)
      .when(noting('n'.repeat(10_000)))
      .thenHappened(noted('n'.repeat(10_000)));
    given(...talking)
      .when(noting('n'.repeat(10_001)))
      .thenRejected('notes-too-long');
  });
});

describe('how a call of Anna ended', () => {
  it('is recorded once, in the wrap-up of that call', () => {
    given(...wrapping, x.disposed(), ready())
      .when(x.dispose())
      .thenNothing();
    given(...wrapping, x.disposed(), ready())
      .when(x.dispose('sale'))
      .thenRejected('not-working-after-call');
    given(...talking)
      .when(x.dispose())
      .thenRejected('not-working-after-call');
    given(...wrapping)
      .when(y.dispose())
      .thenRejected('not-your-contact');
    given(...idle)
      .when(x.dispose())
      .thenRejected('not-working-after-call');
  });

  it('sets her idle from then on', () => {
    const later = after(monday, 60_000);
    given(...wrapping)
      .when({ ...x.dispose(), at: later })
      .thenHappened(x.disposed(), ready(later));
  });
});

describe('the states of Anna', () => {
  it('are as they were, whatever happens after', () => {
    const noted: AgentEvent = { type: 'NotesTaken', data: { contactId: x.contactId, text: 'a' } };
    expectStatesKept(agentDecider, [
      ...wrapping,
      noted,
      x.disposed(),
      ready(),
      y.busy,
      lost,
      returned,
      y.wrapUp,
      loggedOff,
    ]);
  });
});
