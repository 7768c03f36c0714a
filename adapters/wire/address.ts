/**
 * Where a request comes from. Behind `hops` proxies of our own the last `hops` entries of `X-Forwarded-For` are theirs:
 * the address is the one that the outermost of them saw. What stands further left was written by strangers.
 */
export const addressOf = (remote: string | undefined, forwardedFor: string | undefined, hops: number): string => {
  const seen = [...(forwardedFor ?? '').split(',').map((entry) => entry.trim()), remote ?? ''].filter(
    (entry) => entry !== '',
  );
  const address = seen.at(Math.max(-(hops + 1), -seen.length)) ?? 'unknown';
  return address.startsWith('::ffff:') ? address.slice('::ffff:'.length) : address;
};
