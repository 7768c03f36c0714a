import type { MerchantId } from '#domain/kernel/ids.js';
import type { Projection } from '../projection.js';

/** Ended sign-ins that are remembered: more than end within the life of a token. */
const endedKept = 50_000;

export type SignInsView = {
  ended: Set<string>;
  /** Sign-ins that have ended since this was last asked. */
  justEnded: Readonly<{ merchantId: MerchantId; sessionId: string }>[];
};

/** Which sign-ins have ended before their tokens have expired. */
export const signIns = {
  name: 'sign-ins',
  version: 1,
  empty: (): SignInsView => ({ ended: new Set(), justEnded: [] }),
  on: {
    SignedOut: (view, { data: { sessionId }, meta: { merchantId } }) => {
      view.ended.add(sessionId);
      view.justEnded.push({ merchantId, sessionId });
      const [oldest] = view.ended;
      if (view.ended.size > endedKept && oldest !== undefined) view.ended.delete(oldest);
    },
  },
} satisfies Projection<SignInsView, 'SignedOut'>;

/** The sign-ins that have ended since the last time this was asked. */
export const takeJustEnded = (view: SignInsView): SignInsView['justEnded'] => view.justEnded.splice(0);
