import type { IconSessionId } from '#domain/kernel/ids.js';

/** Uses of icon tokens kept, newest. */
const tokensKept = 100_000;

/** How often a signed icon token has been used, and in how many sessions it is now. */
export type TokenUse = Readonly<{ uses: number; live: number }>;

export type TokenUses = Readonly<{ tokens: Map<string, TokenUse>; tokenOf: Map<IconSessionId, string> }>;

export const noTokenUses = (): TokenUses => ({ tokens: new Map(), tokenOf: new Map() });

export const useOf = ({ tokens }: TokenUses, tokenId: string): TokenUse => tokens.get(tokenId) ?? { uses: 0, live: 0 };

export const countUse = (known: TokenUses, tokenId: string, sessionId: IconSessionId): void => {
  const { tokens, tokenOf } = known;
  const { uses, live } = useOf(known, tokenId);
  tokens.set(tokenId, { uses: uses + 1, live: live + 1 });
  tokenOf.set(sessionId, tokenId);
  const [oldest] = tokens.keys();
  if (tokens.size > tokensKept && oldest !== undefined) tokens.delete(oldest);
};

/** The session that it was used for is over. */
export const endUse = ({ tokens, tokenOf }: TokenUses, sessionId: IconSessionId): void => {
  const tokenId = tokenOf.get(sessionId);
  tokenOf.delete(sessionId);
  const token = tokenId === undefined ? undefined : tokens.get(tokenId);
  if (tokenId !== undefined && token) tokens.set(tokenId, { ...token, live: token.live - 1 });
};
