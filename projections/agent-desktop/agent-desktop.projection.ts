import type { LogEventOf } from '#domain/events.js';
import type { AgentId, CallId, PopId } from '#domain/kernel/ids.js';
import type { DesktopCallState } from '#domain/views/agent-desktop.js';
import type { Projection } from '../projection.js';
import { eraseCallOnDesks } from './erase-call.js';
import {
  changeDesk,
  changeDeskCall,
  enterState,
  leaveCall,
  noDesks,
  putDesk,
  type AgentDesktopView,
  type DeskCall,
} from './agent-desktop.view.js';

type CallOfAgent = Readonly<{
  stream: string;
  data: Readonly<{ agentId?: AgentId }>;
  meta: LogEventOf<'CallHeld'>['meta'];
}>;

const callEnters =
  (state: DesktopCallState) =>
  (view: AgentDesktopView, { stream, data, meta }: CallOfAgent): void => {
    changeDeskCall(view, data.agentId, stream, (call) => ({ ...call, state, since: meta.occurredAt }));
  };

/** Everybody in a call sees how many are in it. */
const partiesChange = (view: AgentDesktopView, callId: CallId, to: (parties: Set<AgentId>) => void): void => {
  const parties = view.parties.get(callId) ?? new Set<AgentId>();
  to(parties);
  if (parties.size === 0) view.parties.delete(callId);
  else view.parties.set(callId, parties);
  for (const agentId of parties) view.changed.add(agentId);
};

const delivered = (view: AgentDesktopView, { stream, data, meta }: LogEventOf<'CallDelivered'>): void => {
  const callId = stream as CallId;
  const arrival = view.arrivals.get(callId);
  if (!arrival || meta.contactId === undefined) return;
  const call: DeskCall = {
    callId,
    contactId: meta.contactId,
    arrival,
    state: 'alerting',
    since: meta.occurredAt,
    hop: data.hop,
    pop: 'offered',
  };
  changeDesk(view, data.agentId, (desk) => ({ ...desk, call }));
};

const left = (view: AgentDesktopView, event: LogEventOf<'ConnectionCleared'> | LogEventOf<'CallDiverted'>): void => {
  const { agentId } = event.data;
  if (agentId === undefined) return;
  partiesChange(view, event.stream as CallId, (parties) => parties.delete(agentId));
  callEnters('cleared')(view, event);
};

const popChanges = (
  view: AgentDesktopView,
  { stream, data }: LogEventOf<'ScreenPopOpened'> | LogEventOf<'ScreenPopRetracted'>,
  pop: DeskCall['pop'],
): void => {
  changeDesk(view, data.agentId, (desk) =>
    desk.call?.popId === (stream as PopId) ? { ...desk, call: { ...desk.call, pop } } : desk,
  );
};

const correlated = (view: AgentDesktopView, { stream, data }: LogEventOf<'CorrelationDecided'>): void => {
  const callId = stream as CallId;
  const arrival = view.arrivals.get(callId);
  if (!arrival) return;
  const { contactId, ...correlation } = data;
  const known = { ...arrival, correlation };
  view.arrivals.set(callId, known);
  for (const agentId of view.parties.get(callId) ?? []) {
    changeDeskCall(view, agentId, callId, (call) => ({ ...call, contactId, arrival: known }));
  }
};

const callEnds = (view: AgentDesktopView, { stream }: Readonly<{ stream: string }>): void => {
  view.arrivals.delete(stream as CallId);
  view.parties.delete(stream as CallId);
};

const transferEnds = (view: AgentDesktopView, agentId: AgentId, callId: string): void => {
  changeDeskCall(view, agentId, callId, ({ transfer: _done, ...call }) => call);
};

/** The screen of each agent, without what is known of the customer (that is in `contacts`). */
export const agentDesktop = {
  name: 'agent-desktop',
  version: 2,
  empty: noDesks,
  on: {
    AgentRegistered: (view, { stream, meta }) => {
      const agentId = stream as AgentId;
      putDesk(view, view.desks.get(agentId) ?? { agentId, state: 'logged-off', since: meta.occurredAt });
    },
    AgentLoggedOn: (view, { stream, data: { channelCode } }) => {
      changeDesk(view, stream, (desk) => ({ ...desk, channelCode }));
    },
    AgentReady: (view, { stream, meta }) => {
      enterState(view, stream, { state: 'ready', since: meta.occurredAt });
      leaveCall(view, stream);
    },
    AgentNotReady: (view, { stream, data, meta }) => {
      enterState(view, stream, { state: 'not-ready', since: meta.occurredAt, notReadyReason: data.reason });
      leaveCall(view, stream);
    },
    AgentReserved: (view, { stream, meta }) => {
      enterState(view, stream, { state: 'reserved', since: meta.occurredAt });
    },
    AgentBusy: (view, { stream, meta }) => {
      enterState(view, stream, { state: 'busy', since: meta.occurredAt });
    },
    AgentWorkingAfterCall: (view, { stream, meta }) => {
      enterState(view, stream, { state: 'working-after-call', since: meta.occurredAt });
    },
    AgentStatePending: (view, { stream, data }) => {
      changeDesk(view, stream, (desk) => ({ ...desk, pending: data.next }));
    },
    AgentLoggedOff: (view, { stream, meta }) => {
      enterState(view, stream, { state: 'logged-off', since: meta.occurredAt });
      leaveCall(view, stream);
      changeDesk(view, stream, ({ channelCode: _given, ...desk }) => desk);
    },
    CallQueued: (view, { stream, data: { ani, dnis, callerName } }) =>
      void view.arrivals.set(stream as CallId, {
        ani: ani.raw,
        dnis: dnis.raw,
        ...(callerName === undefined ? {} : { callerName }),
      }),
    CorrelationDecided: correlated,
    CallDelivered: (view, event) => {
      delivered(view, event);
      partiesChange(view, event.stream as CallId, (parties) => parties.add(event.data.agentId));
    },
    CallEstablished: callEnters('connected'),
    CallHeld: callEnters('held'),
    CallRetrieved: callEnters('connected'),
    CallDiverted: left,
    ConnectionCleared: left,
    CallCleared: callEnds,
    CallFailed: callEnds,
    TransferRequested: (view, { stream, data: { kind, from, to } }) => {
      changeDeskCall(view, from, stream, (call) => ({ ...call, transfer: { kind, to, state: 'ringing' } }));
    },
    TransferFailed: (view, { stream, data: { from, to, reason } }) => {
      changeDeskCall(view, from, stream, (call) => ({
        ...call,
        transfer: { kind: call.transfer?.kind ?? 'transfer', to, state: 'failed', reason },
      }));
    },
    CallTransferred: (view, { stream, data: { from } }) => {
      transferEnds(view, from, stream);
    },
    CallConferenced: (view, { stream, data: { by } }) => {
      transferEnds(view, by, stream);
    },
    ScreenPopOffered: (view, { stream, data }) => {
      changeDeskCall(view, data.agentId, data.callId, (call) => ({
        ...call,
        contactId: data.contactId,
        popId: stream as PopId,
        belief: data.why,
        pop: 'offered',
      }));
    },
    ScreenPopOpened: (view, event) => {
      popChanges(view, event, 'opened');
    },
    ScreenPopRetracted: (view, event) => {
      popChanges(view, event, 'retracted');
    },
    SubjectKeyDestroyed: eraseCallOnDesks,
  },
} satisfies Projection<
  AgentDesktopView,
  | 'AgentRegistered'
  | 'AgentLoggedOn'
  | 'AgentReady'
  | 'AgentNotReady'
  | 'AgentReserved'
  | 'AgentBusy'
  | 'AgentWorkingAfterCall'
  | 'AgentStatePending'
  | 'AgentLoggedOff'
  | 'CallQueued'
  | 'CorrelationDecided'
  | 'CallDelivered'
  | 'CallEstablished'
  | 'CallHeld'
  | 'CallRetrieved'
  | 'CallDiverted'
  | 'ConnectionCleared'
  | 'CallCleared'
  | 'CallFailed'
  | 'TransferRequested'
  | 'TransferFailed'
  | 'CallTransferred'
  | 'CallConferenced'
  | 'ScreenPopOffered'
  | 'ScreenPopOpened'
  | 'ScreenPopRetracted'
  | 'SubjectKeyDestroyed'
>;
