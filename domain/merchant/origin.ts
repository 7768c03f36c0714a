/** Plain ASCII: a name in another script is written in its `xn--` form, where look-alikes look unlike. */
const hostName = /^[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?$/;
const thisMachine: readonly string[] = ['localhost', '127.0.0.1'];

/** The origin of a merchant's pages, as browsers write it: https, or http on this machine for trying things out. */
export const isOrigin = (text: string): boolean => {
  if (!URL.canParse(text)) return false;
  const { origin, protocol, hostname } = new URL(text);
  if (origin !== text || !hostName.test(hostname)) return false;
  return protocol === 'https:' || (protocol === 'http:' && thisMachine.includes(hostname));
};

/** Path, query and fragment of RFC 3986 from the root on; `@` and what is not ASCII must be written as `%xx`. */
const pathFromRoot = /^\/(?:[A-Za-z0-9\-._~!$&'()*+,;=:/?#]|%[0-9A-Fa-f]{2}){0,1999}$/;

/** True when the path names a page under that origin and nowhere else, however a browser reads it. */
export const isPathUnder = (origin: string, path: string): boolean =>
  pathFromRoot.test(path) && URL.canParse(path, origin) && new URL(path, origin).href === `${origin}${path}`;
