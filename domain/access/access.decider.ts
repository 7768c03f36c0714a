import { accept, type Decider } from '../kernel/decider.js';
import type { AccessCommand, AccessEvent } from './access.events.js';

/** What happened at the edge is only ever written down; nothing here is decided by what was before. */
export const accessDecider: Decider<AccessCommand, undefined, AccessEvent> = {
  initialState: undefined,
  decide: ({ type, data }) => {
    switch (type) {
      case 'ReportAccessRefused':
        return accept<AccessEvent>({ type: 'AccessRefused', data });
      case 'ReportRateLimited':
        return accept<AccessEvent>({ type: 'RateLimited', data });
      case 'ReportSignedIn':
        return accept<AccessEvent>({ type: 'SignedIn', data });
      case 'ReportSignedOut':
        return accept<AccessEvent>({ type: 'SignedOut', data });
    }
  },
  evolve: () => undefined,
};
