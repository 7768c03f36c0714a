import { accept, ignore, reject, type Decider } from '../kernel/decider.js';
import { tenantOf } from '../kernel/ids.js';
import type { ErasureCommand, ErasureEvent, ErasureRejection } from './erasure.events.js';
import type { Subject } from './subject.js';

/** `left`: whose keys are still there. */
export type Erasure =
  | Readonly<{ status: 'not-requested' }>
  | Readonly<{ status: 'requested'; subjects: number; left: ReadonlySet<Subject> }>
  | Readonly<{ status: 'completed' }>;

/** An erasure goes on until it is done, whatever happens in between; each step is taken once. */
export const erasureDecider: Decider<ErasureCommand, Erasure, ErasureEvent, ErasureRejection> = {
  initialState: { status: 'not-requested' },

  decide: ({ type, target, data }, erasure) => {
    switch (type) {
      case 'RequestErasure': {
        const ours = data.subjects.every((subject) => tenantOf(subject) === tenantOf(target));
        if (!ours || data.subjects.length === 0) return reject('unknown-subject');
        return erasure.status === 'not-requested'
          ? accept({ type: 'ErasureRequested', data: { subjects: [...new Set(data.subjects)] } })
          : ignore;
      }
      case 'ReportKeyDestroyed':
        return erasure.status === 'requested' && erasure.left.has(data.subject)
          ? accept({ type: 'SubjectKeyDestroyed', data: { subject: data.subject } })
          : ignore;
      case 'ReportErasureCompleted':
        return erasure.status === 'requested' && erasure.left.size === 0
          ? accept({ type: 'ErasureCompleted', data: { subjects: erasure.subjects } })
          : ignore;
    }
  },

  evolve: (erasure, { type, data }) => {
    switch (type) {
      case 'ErasureRequested':
        return { status: 'requested', subjects: data.subjects.length, left: new Set(data.subjects) };
      case 'SubjectKeyDestroyed': {
        if (erasure.status !== 'requested') return erasure;
        const left = new Set(erasure.left);
        left.delete(data.subject);
        return { ...erasure, left };
      }
      case 'ErasureCompleted':
        return { status: 'completed' };
    }
  },
};
