import type { AgentCommand } from '#domain/agent/agent.commands.js';
import type { AgentEvent, NotReadyReason, PendingState } from '#domain/agent/agent.events.js';
import { agentId, callId, contactId, deviceId } from '#domain/kernel/ids.js';
import { instant } from '#domain/kernel/time.js';
import { acme, berlin } from '../merchant/acme.js';

export const anna = agentId(acme, 'anna');
export const monday = instant(Date.UTC(2026, 0, 5, 9));
export const device = deviceId(acme, 'anna-phone');
const { centreId } = berlin;
const channelCode = '4711';

type Said<Command> = Command extends AgentCommand ? Pick<Command, 'type' | 'data'> : never;
export const say = (said: Said<AgentCommand>, at = monday): AgentCommand => ({ ...said, target: anna, at });

/** A call, and what is said of it. */
export const aCall = (name: string) => {
  const call = { callId: callId(acme, `berlin.${name}`), contactId: contactId(acme, name) };
  const since = instant(monday - 30_000);
  return {
    ...call,
    reserve: say({ type: 'ReserveAgent', data: { ...call, since } }),
    release: say({ type: 'ReleaseReservation', data: { callId: call.callId } }),
    noAnswer: say({ type: 'ReportNoAnswer', data: { callId: call.callId } }),
    connected: say({ type: 'ReportAgentConnected', data: call }),
    disconnected: say({ type: 'ReportAgentDisconnected', data: call }),
    dispose: (code = 'resolved') => say({ type: 'RecordDisposition', data: { ...call, code } }),
    reserved: { type: 'AgentReserved', data: { ...call, device, since } } satisfies AgentEvent,
    declined: { type: 'AgentReservationDeclined', data: { ...call, since, centreId } } satisfies AgentEvent,
    unanswered: { type: 'AgentDidNotAnswer', data: { ...call, device } } satisfies AgentEvent,
    busy: { type: 'AgentBusy', data: call } satisfies AgentEvent,
    wrapUp: { type: 'AgentWorkingAfterCall', data: call } satisfies AgentEvent,
    disposed: (code = 'resolved') => ({ type: 'DispositionRecorded', data: { ...call, code } }) satisfies AgentEvent,
  };
};

export const profile = {
  loginName: 'anna',
  displayName: 'Anna',
  centreId,
  device,
  roles: ['agent'],
} as const;

export const registered: AgentEvent = { type: 'AgentRegistered', data: profile };
export const loggedOn: AgentEvent = { type: 'AgentLoggedOn', data: { device, channelCode, centreId } };
export const loggedOff: AgentEvent = { type: 'AgentLoggedOff', data: { centreId, channelCode } };
export const ready = (since = monday): AgentEvent => ({ type: 'AgentReady', data: { device, centreId, since } });
export const notReady = (reason: NotReadyReason): AgentEvent => ({ type: 'AgentNotReady', data: { reason, centreId } });
export const pending = (next: PendingState): AgentEvent => ({ type: 'AgentStatePending', data: { next } });
export const lost: AgentEvent = { type: 'AgentLost', data: { lastSeen: monday } };
export const returned: AgentEvent = { type: 'AgentReturned', data: {} };

export const logOn = say({ type: 'LogOn', data: { channelCode } });
export const logOff = say({ type: 'LogOff', data: {} });
export const goReady = say({ type: 'GoReady', data: {} });
export const goNotReady = (reason: NotReadyReason) => say({ type: 'GoNotReady', data: { reason } });
export const reportLost = say({ type: 'ReportAgentLost', data: { lastSeen: monday } });
export const reportReturned = say({ type: 'ReportAgentReturned', data: {} });

/** The calls of the stories. */
export const x = aCall('x');
export const y = aCall('y');

/** What has happened so far. */
export const atWork: readonly AgentEvent[] = [registered, loggedOn, notReady('logged-on')];
export const idle: readonly AgentEvent[] = [...atWork, ready()];
export const onBreak: readonly AgentEvent[] = [...atWork, notReady('break')];
export const ringing: readonly AgentEvent[] = [...idle, x.reserved];
export const talking: readonly AgentEvent[] = [...ringing, x.busy];
export const wrapping: readonly AgentEvent[] = [...talking, x.wrapUp];
