import { describe, it } from 'mocha';
import { agentDecider } from '#domain/agent/agent.decider.js';
import { scenarioFor } from '#test/support/scenario.js';
import {
  goNotReady,
  goReady,
  loggedOff,
  logOff,
  lost,
  notReady,
  pending,
  ready,
  reportLost,
  reportReturned,
  returned,
  x,
  idle,
  onBreak,
  ringing,
  talking,
  wrapping,
} from './anna.js';

const given = scenarioFor(agentDecider);
const toBreak = { state: 'not-ready', reason: 'break' } as const;
const toReady = { state: 'ready' } as const;
const toLoggedOff = { state: 'logged-off' } as const;
const whenLost = { state: 'not-ready', reason: 'connection-lost' } as const;

describe('what Anna asks for while she cannot have it', () => {
  it('is kept for after the call', () => {
    given(...talking)
      .when(goNotReady('break'))
      .thenHappened(pending(toBreak));
    given(...talking, pending(toBreak))
      .when(goNotReady('break'))
      .thenNothing();
    given(...talking, pending(toBreak), x.wrapUp)
      .when(x.dispose())
      .thenHappened(x.disposed(), notReady('break'));
    given(...talking)
      .when(logOff)
      .thenHappened(pending(toLoggedOff));
    given(...talking, pending(toLoggedOff), x.wrapUp)
      .when(x.dispose())
      .thenHappened(x.disposed(), loggedOff);
  });

  it('is what she asked for last', () => {
    given(...talking, pending(toBreak))
      .when(goReady)
      .thenHappened(pending(toReady));
    given(...talking, pending(toBreak), pending(toReady), x.wrapUp)
      .when(x.dispose())
      .thenHappened(x.disposed(), ready());
  });

  it('outlives the ringing, whatever comes of it', () => {
    given(...ringing)
      .when(goNotReady('lunch'))
      .thenHappened(pending({ state: 'not-ready', reason: 'lunch' }));
    given(...ringing, pending(toBreak), x.busy, x.wrapUp)
      .when(x.dispose())
      .thenHappened(x.disposed(), notReady('break'));
    given(...ringing, pending(toBreak))
      .when(x.release)
      .thenHappened(notReady('break'));
    given(...ringing, pending(toLoggedOff))
      .when(x.release)
      .thenHappened(loggedOff);
    given(...ringing, pending(toBreak))
      .when(x.noAnswer)
      .thenHappened(x.unanswered, notReady('break'));
    given(...ringing, pending(toLoggedOff))
      .when(x.noAnswer)
      .thenHappened(x.unanswered, loggedOff);
    given(...ringing, pending(toReady))
      .when(x.noAnswer)
      .thenHappened(x.unanswered, notReady('no-answer'));
  });

  it('is hers at once during wrap-up', () => {
    given(...wrapping)
      .when(goReady)
      .thenHappened(ready());
    given(...wrapping)
      .when(goNotReady('break'))
      .thenHappened(notReady('break'));
    given(...wrapping)
      .when(logOff)
      .thenHappened(loggedOff);
    given(...talking, pending(toBreak), x.wrapUp)
      .when(goReady)
      .thenHappened(ready());
  });
});

describe('Anna, whose page has not been seen for a while', () => {
  it('gets no more calls, and none again until she says so', () => {
    given(...idle)
      .when(reportLost)
      .thenHappened(lost, notReady('connection-lost'));
    given(...idle, lost, notReady('connection-lost'))
      .when(reportLost)
      .thenNothing();
    given(...idle, lost, notReady('connection-lost'))
      .when(reportReturned)
      .thenHappened(returned);
    given(...onBreak)
      .when(reportLost)
      .thenHappened(lost);
    given(...idle)
      .when(reportReturned)
      .thenNothing();
  });

  it('goes on talking, and gets no call after this one', () => {
    given(...talking)
      .when(reportLost)
      .thenHappened(lost, pending(whenLost));
    given(...talking, lost, pending(whenLost))
      .when(x.disconnected)
      .thenHappened(x.wrapUp);
    given(...talking, pending(toReady))
      .when(reportLost)
      .thenHappened(lost, pending(whenLost));
    given(...talking, pending(toBreak))
      .when(reportLost)
      .thenHappened(lost);
    given(...talking, pending(toLoggedOff))
      .when(reportLost)
      .thenHappened(lost);
  });

  it('is as she was when she comes back during the call', () => {
    given(...talking, lost, pending(whenLost))
      .when(reportReturned)
      .thenHappened(returned, pending(toReady));
    given(...talking, pending(toBreak), lost)
      .when(reportReturned)
      .thenHappened(returned);
  });

  it('is back when she asks for calls', () => {
    given(...idle, lost, notReady('connection-lost'))
      .when(goReady)
      .thenHappened(returned, ready());
    given(...talking, lost, pending(whenLost))
      .when(goReady)
      .thenHappened(returned, pending(toReady));
  });
});
