import type { IconSessionId } from '#domain/kernel/ids.js';
import type { Instant, Milliseconds } from '#domain/kernel/time.js';

/** Longer than any icon token is good for: after that nobody can come with it. */
const rememberedFor: Milliseconds = 86_400_000;
/** And no more than that, newest. */
const mostRemembered = 100_000;

/** How often a signed icon token has been used, and in how many sessions it is now. */
export type TokenUse = Readonly<{ uses: number; live: number }>;
type CountedUse = TokenUse & Readonly<{ at: Instant }>;

/** `tokens`: the one last used for longest comes first. */
export type TokenUses = Readonly<{ tokens: Map<string, CountedUse>; tokenOf: Map<IconSessionId, string> }>;

export const noTokenUses = (): TokenUses => ({ tokens: new Map(), tokenOf: new Map() });

export const useOf = ({ tokens }: TokenUses, tokenId: string): TokenUse => tokens.get(tokenId) ?? { uses: 0, live: 0 };

const forgetOldest = ({ tokens }: TokenUses, now: Instant): void => {
  for (const [tokenId, { at }] of tokens) {
    if (at + rememberedFor > now && tokens.size <= mostRemembered) return;
    tokens.delete(tokenId);
  }
};

export const countUse = (known: TokenUses, tokenId: string, sessionId: IconSessionId, at: Instant): void => {
  const { tokens, tokenOf } = known;
  const { uses, live } = useOf(known, tokenId);
  tokens.delete(tokenId);
  tokens.set(tokenId, { uses: uses + 1, live: live + 1, at });
  tokenOf.set(sessionId, tokenId);
  forgetOldest(known, at);
};

/** The session that it was used for is over. */
export const endUse = ({ tokens, tokenOf }: TokenUses, sessionId: IconSessionId): void => {
  const tokenId = tokenOf.get(sessionId);
  tokenOf.delete(sessionId);
  const token = tokenId === undefined ? undefined : tokens.get(tokenId);
  if (tokenId !== undefined && token) tokens.set(tokenId, { ...token, live: token.live - 1 });
};
