import { expect } from 'chai';
import { describe, it } from 'mocha';
import type { AgentEvent } from '#domain/agent/agent.events.js';
import type { LogEvent } from '#domain/events.js';
import { agentId, callCentreId, callId, contactId, deviceId, merchantId } from '#domain/kernel/ids.js';
import { instant } from '#domain/kernel/time.js';
import { agentDesktop } from '#projections/agent-desktop/agent-desktop.projection.js';
import { fold } from '#projections/projection.js';

const acme = merchantId('acme');
const anna = agentId(acme, 'anna');
const device = deviceId(acme, 'anna');
const centreId = callCentreId(acme, 'berlin');
const call = { callId: callId(acme, 'x'), contactId: contactId(acme, 'x') };
const since = instant(0);

const reserved: AgentEvent = { type: 'AgentReserved', data: { ...call, device, since } };
const busy: AgentEvent = { type: 'AgentBusy', data: call };
const wrapUp: AgentEvent = { type: 'AgentWorkingAfterCall', data: call };
const breakNext: AgentEvent = { type: 'AgentStatePending', data: { next: { state: 'not-ready', reason: 'break' } } };
const onBreak: AgentEvent = { type: 'AgentNotReady', data: { reason: 'break', centreId } };

const pendingAfter = (...events: readonly AgentEvent[]) => {
  const view = agentDesktop.empty();
  const registered: AgentEvent = {
    type: 'AgentRegistered',
    data: { loginName: 'anna', displayName: 'Anna', centreId, device, roles: ['agent'] },
  };
  for (const event of [registered, ...events]) {
    fold(agentDesktop, view, { ...event, stream: anna, meta: { merchantId: acme, occurredAt: since } } as LogEvent);
  }
  return view.desks.get(anna)?.pending;
};

describe('the break that Anna has asked for', () => {
  it('stays on her screen until call and wrap-up are over', () => {
    const next = { state: 'not-ready', reason: 'break' };
    expect(pendingAfter(reserved, breakNext, busy)).to.deep.equal(next);
    expect(pendingAfter(reserved, busy, breakNext, wrapUp)).to.deep.equal(next);
  });

  it('is not to come any more when it has come', () => {
    expect(pendingAfter(reserved, busy, breakNext, wrapUp, onBreak)).to.equal(undefined);
  });
});
