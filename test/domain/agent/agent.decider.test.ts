import { describe, it } from 'mocha';
import { agentDecider } from '#domain/agent/agent.decider.js';
import type { AgentEvent } from '#domain/agent/agent.events.js';
import { callCentreId, deviceId } from '#domain/kernel/ids.js';
import { after } from '#domain/kernel/time.js';
import { scenarioFor } from '#test/support/scenario.js';
import { acme } from '../merchant/acme.js';
import {
  device,
  goNotReady,
  goReady,
  loggedOff,
  loggedOn,
  logOff,
  logOn,
  monday,
  notReady,
  pending,
  profile,
  ready,
  registered,
  reportLost,
  reportReturned,
  say,
  x,
  y,
  atWork,
  idle,
  onBreak,
  ringing,
  talking,
  wrapping,
} from './anna.js';

const given = scenarioFor(agentDecider);
const toBreak = { state: 'not-ready', reason: 'break' } as const;

describe('Anna, whom nobody has registered', () => {
  it('is registered once, and again when something about her changes', () => {
    const register = say({ type: 'RegisterAgent', data: profile });
    given().when(register).thenHappened(registered);
    given(registered).when(register).thenNothing();
    given(...talking)
      .when(register)
      .thenNothing();
    const renamed = { ...profile, displayName: 'Anna B.' };
    given(registered)
      .when(say({ type: 'RegisterAgent', data: renamed }))
      .thenHappened({ type: 'AgentRegistered', data: renamed });
  });

  it('is unknown', () => {
    for (const command of [logOn, goReady, logOff, x.reserve, x.connected, reportLost]) {
      given().when(command).thenRejected('unknown-agent');
    }
    given()
      .when(say({ type: 'TakeNotes', data: { contactId: x.contactId, text: '' } }))
      .thenRejected('unknown-agent');
  });
});

describe('Anna, who comes to work', () => {
  it('is not ready until she says so', () => {
    given(registered).when(logOn).thenHappened(loggedOn, notReady('logged-on'));
    given(...atWork)
      .when(goReady)
      .thenHappened(ready());
    given(...idle)
      .when(goReady)
      .thenNothing();
  });

  it('is logged on once, in one place', () => {
    given(...atWork)
      .when(logOn)
      .thenNothing();
    given(...talking)
      .when(logOn)
      .thenNothing();
    given(...atWork)
      .when(say({ type: 'LogOn', data: { channelCode: '4711', device } }))
      .thenNothing();
    given(...atWork)
      .when(say({ type: 'LogOn', data: { channelCode: '0815' } }))
      .thenRejected('already-logged-on');
    const elsewhere = deviceId(acme, 'home');
    given(...atWork)
      .when(say({ type: 'LogOn', data: { channelCode: '4711', device: elsewhere } }))
      .thenRejected('already-logged-on');
  });

  it('may sit at another phone for the day, and is called there', () => {
    const home = deviceId(acme, 'home');
    const atHome: AgentEvent = {
      type: 'AgentLoggedOn',
      data: { device: home, channelCode: '4711', centreId: profile.centreId },
    };
    given(registered)
      .when(say({ type: 'LogOn', data: { channelCode: '4711', device: home } }))
      .thenHappened(atHome, notReady('logged-on'));
    given(registered, atHome, notReady('logged-on'), ready())
      .when(x.reserve)
      .thenHappened({ ...x.reserved, data: { ...x.reserved.data, device: home } });
    given(registered, atHome, notReady('logged-on'), loggedOff)
      .when(logOn)
      .thenHappened(loggedOn, notReady('logged-on'));
  });

  it('works where she logged on, even when she is moved to another centre meanwhile', () => {
    const moved: AgentEvent = { type: 'AgentRegistered', data: { ...profile, centreId: callCentreId(acme, 'boston') } };
    given(...idle, moved)
      .when(goNotReady('break'))
      .thenHappened(notReady('break'));
    given(...idle, moved)
      .when(logOff)
      .thenHappened(loggedOff);
    given(...onBreak, moved)
      .when(x.reserve)
      .thenHappened(x.declined);
  });

  it('asks for nothing before she has logged on, and is not given calls', () => {
    given(registered).when(goReady).thenRejected('not-logged-on');
    given(registered).when(goNotReady('break')).thenRejected('not-logged-on');
    given(registered).when(x.dispose()).thenRejected('not-logged-on');
    given(registered).when(x.reserve).thenHappened(x.declined);
    given(registered).when(logOff).thenNothing();
  });

  it('is not bothered by reports from before', () => {
    for (const report of [x.connected, x.disconnected, x.release, x.noAnswer, reportLost, reportReturned]) {
      given(registered).when(report).thenNothing();
      given(...wrapping, loggedOff)
        .when(report)
        .thenNothing();
    }
  });

  it('takes a break and comes back', () => {
    given(...idle)
      .when(goNotReady('break'))
      .thenHappened(notReady('break'));
    given(...onBreak)
      .when(goNotReady('break'))
      .thenNothing();
    given(...onBreak)
      .when(goNotReady('lunch'))
      .thenHappened(notReady('lunch'));
    given(...onBreak)
      .when(goReady)
      .thenHappened(ready());
  });

  it('goes home', () => {
    given(...idle)
      .when(logOff)
      .thenHappened(loggedOff);
    given(...onBreak)
      .when(logOff)
      .thenHappened(loggedOff);
  });
});

describe('a call for Anna', () => {
  it('is hers when she is ready', () => {
    given(...idle)
      .when(x.reserve)
      .thenHappened(x.reserved);
    given(...ringing)
      .when(x.connected)
      .thenHappened(x.busy);
    given(...talking)
      .when(x.disconnected)
      .thenHappened(x.wrapUp);
    given(...wrapping)
      .when(x.dispose())
      .thenHappened(x.disposed(), ready());
  });

  it('is not hers when she is anything else', () => {
    for (const history of [
      onBreak,
      [...idle, y.reserved],
      [...idle, y.reserved, y.busy],
      [...idle, y.busy, y.wrapUp],
    ]) {
      given(...history)
        .when(x.reserve)
        .thenHappened(x.declined);
    }
  });

  it('comes once, however often it is told', () => {
    for (const history of [ringing, talking, wrapping]) {
      given(...history)
        .when(x.reserve)
        .thenNothing();
    }
    given(...talking)
      .when(x.connected)
      .thenNothing();
    given(...wrapping)
      .when(x.connected)
      .thenNothing();
    given(...wrapping)
      .when(x.disconnected)
      .thenNothing();
    given(...wrapping, x.disposed(), ready())
      .when(x.connected)
      .thenNothing();
    given(...wrapping, x.disposed(), ready(), y.reserved, y.busy, y.wrapUp)
      .when(x.connected)
      .thenNothing();
  });

  it('comes again when it is handed back to her', () => {
    const again = [...wrapping, x.disposed(), ready(), x.reserved];
    given(...again)
      .when(x.connected)
      .thenHappened(x.busy);
    given(...again, x.busy, x.wrapUp)
      .when(x.dispose())
      .thenHappened(x.disposed(), ready());
  });

  it('goes away before she answers: she has been idle all along', () => {
    const since = after(monday, -600_000);
    given(...atWork, ready(since), x.reserved)
      .when(x.release)
      .thenHappened(ready(since));
    given(...talking)
      .when(x.release)
      .thenNothing();
    given(...ringing)
      .when(y.release)
      .thenNothing();
    given(...ringing)
      .when(x.disconnected)
      .thenNothing();
  });

  it('is taken back when she does not answer, and she gets no more', () => {
    given(...ringing)
      .when(x.noAnswer)
      .thenHappened(x.unanswered, notReady('no-answer'));
    given(...talking)
      .when(x.noAnswer)
      .thenNothing();
    given(...ringing)
      .when(y.noAnswer)
      .thenNothing();
    given(...ringing, x.unanswered, notReady('no-answer'))
      .when(x.noAnswer)
      .thenNothing();
  });

  it('that comes to her phone by itself makes her busy', () => {
    given(...idle)
      .when(x.connected)
      .thenHappened(x.busy);
    given(...idle, x.busy)
      .when(x.disconnected)
      .thenHappened(x.wrapUp);
  });

  it('that comes by itself during her break does not end the break', () => {
    given(...onBreak)
      .when(x.connected)
      .thenHappened(x.busy, pending(toBreak));
    given(...onBreak, x.busy, pending(toBreak), x.wrapUp)
      .when(x.dispose())
      .thenHappened(x.disposed(), notReady('break'));
  });

  it('that comes by itself while another rings leaves that one unanswered', () => {
    given(...ringing)
      .when(y.connected)
      .thenHappened(x.unanswered, y.busy);
    given(...ringing, x.unanswered, y.busy)
      .when(x.noAnswer)
      .thenNothing();
  });

  it('that comes by itself during another is the one she is on; the other is over for her', () => {
    given(...talking)
      .when(y.connected)
      .thenHappened(y.busy);
    given(...talking, y.busy)
      .when(x.disconnected)
      .thenNothing();
    given(...talking, y.busy)
      .when(x.connected)
      .thenNothing();
    given(...talking, y.busy)
      .when(y.disconnected)
      .thenHappened(y.wrapUp);
    given(...wrapping)
      .when(y.connected)
      .thenHappened(y.busy);
  });
});
