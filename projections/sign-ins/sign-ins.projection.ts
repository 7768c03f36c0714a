import type { MerchantId } from '#domain/kernel/ids.js';
import type { Instant, Milliseconds } from '#domain/kernel/time.js';
import type { Projection } from '../projection.js';

/** Longer than any token of a sign-in is good for: after that nobody can come with it. */
const rememberedFor: Milliseconds = 86_400_000;
/** And no more than that, newest. */
const mostRemembered = 50_000;

export type SignInsView = {
  /** Sign-ins that go on, by whose they are, and when each began by the log's clock; oldest first. */
  open: Map<string, Map<string, Instant>>;
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

const begin = (view: SignInsView, who: string, sessionId: string, at: Instant): void => {
  const open = view.open.get(who) ?? new Map<string, Instant>();
  for (const [other, since] of open) if (since + rememberedFor <= at) open.delete(other);
  view.open.set(who, open.set(sessionId, at));
};

const end = (view: SignInsView, who: string, sessionId: string): void => {
  const open = view.open.get(who);
  open?.delete(sessionId);
  if (open?.size === 0) view.open.delete(who);
};

/** Which sign-ins go on, and which have ended before their tokens have expired. */
export const signIns = {
  name: 'sign-ins',
  version: 3,
  empty: (): SignInsView => ({ open: new Map(), ended: new Map(), justEnded: [] }),
  on: {
    SignedIn: (view, { data: { who, sessionId }, recordedAt }) => {
      begin(view, who, sessionId, recordedAt);
    },
    SignedOut: (view, { data: { who, sessionId }, meta: { merchantId }, recordedAt }) => {
      end(view, who, sessionId);
      view.ended.set(sessionId, recordedAt);
      view.justEnded.push({ merchantId, sessionId });
      forgetOldest(view, recordedAt);
    },
  },
} satisfies Projection<SignInsView, 'SignedIn' | 'SignedOut'>;

/** The sign-ins that have ended since the last time this was asked. */
export const takeJustEnded = (view: SignInsView): SignInsView['justEnded'] => view.justEnded.splice(0);
