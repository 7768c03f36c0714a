/** `__Host-`: only over https, only from this very host, for all of its paths (RFC 6265bis). */
export const staffCookieName = (https: boolean): string => (https ? '__Host-trunkline-staff' : 'trunkline-staff');

/** One cookie of a `Cookie` header; tokens need no decoding. */
export const readCookie = (header: string | undefined, name: string): string | undefined =>
  header
    ?.split(';')
    .map((pair) => pair.trim())
    .find((pair) => pair.startsWith(`${name}=`))
    ?.slice(name.length + 1);
