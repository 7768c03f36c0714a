/** Not to be guessed and not to be met twice. Works on pages without TLS too, where `randomUUID` does not exist. */
export const unique = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
