import type { PopRetraction } from '../pop/pop.events.js';
import type { AgentId, CallId } from '../kernel/ids.js';
import { policy } from '../kernel/policy.js';

/** Answered: the pop is opened. Gone, diverted or handed on: it is taken off the screen. */
export const settlePopWhenRingingEnds = policy({
  name: 'settle-pop-when-ringing-ends',
  on: ['CallEstablished', 'CallDiverted', 'ConnectionCleared', 'CallTransferred'],
  decide: (event, { pops }) => {
    const { stream, data } = event;
    const agentId: AgentId | undefined = 'from' in data ? data.from : data.agentId;
    if (agentId === undefined) return [];
    const pop = pops.current(stream as CallId, agentId);
    if (!pop) return [];
    if (event.type === 'CallEstablished') return [{ type: 'OpenPop', target: pop.popId, data: {} }];
    if (event.type === 'ConnectionCleared' && pop.opened) return [];
    const why: PopRetraction =
      event.type === 'CallDiverted' ? 'not-answered' : event.type === 'CallTransferred' ? 'transferred' : 'caller-gone';
    return [{ type: 'RetractPop', target: pop.popId, data: { why } }];
  },
});
