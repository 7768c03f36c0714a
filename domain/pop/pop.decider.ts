import { accept, ignore, type Decider } from '../kernel/decider.js';
import type { AgentId, ContactId } from '../kernel/ids.js';
import type { PopCommand, PopEvent } from './pop.events.js';

type OnScreen = Readonly<{ agentId: AgentId; contactId: ContactId }>;

export type Pop = Readonly<{ status: 'none' }> | (OnScreen & Readonly<{ status: 'offered' | 'opened' | 'retracted' }>);

/** A pop is offered once, opened once and taken away once; what comes late or twice is nothing. */
export const popDecider: Decider<PopCommand, Pop, PopEvent> = {
  initialState: { status: 'none' },

  decide: ({ type, data }, pop) => {
    if (type === 'OfferPop') return pop.status === 'none' ? accept({ type: 'ScreenPopOffered', data }) : ignore;
    if (pop.status === 'none' || pop.status === 'retracted') return ignore;
    const { agentId, contactId } = pop;
    switch (type) {
      case 'OpenPop':
        return pop.status === 'opened' ? ignore : accept({ type: 'ScreenPopOpened', data: { agentId, contactId } });
      case 'RetractPop':
        return accept({ type: 'ScreenPopRetracted', data: { agentId, contactId, why: data.why } });
    }
  },

  evolve: (_pop, { type, data: { agentId, contactId } }) => {
    switch (type) {
      case 'ScreenPopOffered':
        return { status: 'offered', agentId, contactId };
      case 'ScreenPopOpened':
        return { status: 'opened', agentId, contactId };
      case 'ScreenPopRetracted':
        return { status: 'retracted', agentId, contactId };
    }
  },
};
