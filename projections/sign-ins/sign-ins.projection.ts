import type { MerchantId } from '#domain/kernel/ids.js';
import type { Instant, Milliseconds } from '#domain/kernel/time.js';
import type { Projection } from '../projection.js';

/** Longer than any token of a sign-in is good for: after that nobody can come with it. */
const rememberedFor: Milliseconds = 86_400_000;
/** And no more than that, newest. */
const mostRemembered = 50_000;

export type SignInsView = {
  /** Which have ended, and when by the log's clock; oldest first. */
  ended: Map<string, Instant>;
  /** Sign-ins that have ended since this was last asked. */
  justEnded: Readonly<{ merchantId: MerchantId; sessionId: string }>[];
};

const forgetOldest = ({ ended }: SignInsView, now: Instant): void => {
  for (const [sessionId, at] of ended) {
    if (at + rememberedFor > now && ended.size <= mostRemembered) return;
    ended.delete(sessionId);
  }
};

/** Which sign-ins have ended before their tokens have expired. */
export const signIns = {
  name: 'sign-ins',
  version: 2,
  empty: (): SignInsView => ({ ended: new Map(), justEnded: [] }),
  on: {
    SignedOut: (view, { data: { sessionId }, meta: { merchantId }, recordedAt }) => {
      view.ended.set(sessionId, recordedAt);
      view.justEnded.push({ merchantId, sessionId });
      forgetOldest(view, recordedAt);
    },
  },
} satisfies Projection<SignInsView, 'SignedOut'>;

/** The sign-ins that have ended since the last time this was asked. */
export const takeJustEnded = (view: SignInsView): SignInsView['justEnded'] => view.justEnded.splice(0);
