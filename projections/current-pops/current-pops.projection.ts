import type { AgentId, CallId, PopId } from '#domain/kernel/ids.js';
import type { CurrentPop, PopDirectory } from '#domain/policies/views.js';
import { popOf } from '#domain/pop/pop-id.js';
import type { Projection } from '../projection.js';

export type CurrentPopsView = {
  pops: Map<CallId, Map<AgentId, CurrentPop>>;
  callOfPop: Map<PopId, CallId>;
};

const put = (view: CurrentPopsView, callId: CallId, agentId: AgentId, pop: CurrentPop): void => {
  const pops = view.pops.get(callId);
  if (pops) pops.set(agentId, pop);
  else view.pops.set(callId, new Map([[agentId, pop]]));
};

const forget = (view: CurrentPopsView, { stream }: Readonly<{ stream: string }>): void => {
  const callId = stream as CallId;
  for (const { popId } of view.pops.get(callId)?.values() ?? []) view.callOfPop.delete(popId);
  view.pops.delete(callId);
};

/** Which pop is on whose screen for which call; from the ring on, since an answer may come before the offer is recorded. */
export const currentPops = {
  name: 'current-pops',
  version: 2,
  empty: (): CurrentPopsView => ({ pops: new Map(), callOfPop: new Map() }),
  on: {
    CallDelivered: (view, { stream, data: { agentId, hop } }) => {
      const callId = stream as CallId;
      put(view, callId, agentId, { popId: popOf(callId, agentId, hop), opened: false });
    },
    ScreenPopOffered: (view, { data: { callId, agentId }, stream }) => {
      const before = view.pops.get(callId)?.get(agentId);
      if (!before) return;
      const popId = stream as PopId;
      // One that is corrected takes the place of the one before.
      if (before.popId !== popId) view.callOfPop.delete(before.popId);
      put(view, callId, agentId, { ...before, popId });
      view.callOfPop.set(popId, callId);
    },
    CallEstablished: (view, { stream, data: { agentId } }) => {
      const callId = stream as CallId;
      const pop = agentId === undefined ? undefined : view.pops.get(callId)?.get(agentId);
      if (agentId !== undefined && pop) put(view, callId, agentId, { ...pop, opened: true });
    },
    ScreenPopRetracted: (view, { stream, data: { agentId } }) => {
      const callId = view.callOfPop.get(stream as PopId);
      const pops = callId === undefined ? undefined : view.pops.get(callId);
      if (pops?.get(agentId)?.popId === stream) pops.delete(agentId);
      view.callOfPop.delete(stream as PopId);
    },
    CallCleared: forget,
    CallFailed: forget,
  },
} satisfies Projection<
  CurrentPopsView,
  'CallDelivered' | 'ScreenPopOffered' | 'CallEstablished' | 'ScreenPopRetracted' | 'CallCleared' | 'CallFailed'
>;

export const currentPopsQueries = (view: CurrentPopsView): PopDirectory => ({
  current: (callId, agentId) => view.pops.get(callId)?.get(agentId),
});
