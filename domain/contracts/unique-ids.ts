/** The one source of uniqueness and randomness. */
export interface UniqueIds {
  /** 26 characters of Crockford base 32, sorting by time of making (ULID). */
  next(): string;
  /** 256 random bits as base64url: for secrets and capabilities. */
  secret(): string;
}
