import {
  createCipheriv,
  createDecipheriv,
  createSecretKey,
  randomBytes,
  randomFillSync,
  type KeyObject,
} from 'node:crypto';

const algorithm = 'aes-256-gcm';
const nonceLength = 12;
const tagLength = 16;
const keyLength = 32;

/** 256 random bits. */
export const newKey = (): Buffer => randomBytes(keyLength);
export const keyOf = (bytes: Uint8Array): KeyObject => createSecretKey(bytes);

/** Asking for random bytes costs more than they do: they are drawn for many boxes at once, and used for one each. */
const drawn = Buffer.alloc(nonceLength * 512);
let used = drawn.length;
const nextNonce = (): Buffer => {
  if (used === drawn.length) {
    randomFillSync(drawn);
    used = 0;
  }
  const nonce = drawn.subarray(used, used + nonceLength);
  used += nonceLength;
  return nonce;
};

/**
 * AES-256-GCM (NIST SP 800-38D): nonce, ciphertext, tag. Nonces are 96 random bits: with n boxes under one key, two have
 * the same with a chance of less than n² / 2^97. A key of one person seals some thousand, so 1 in 10^22; the standard
 * allows 2^32.
 */
export const seal = (key: KeyObject, content: Uint8Array | string, context: string): Buffer => {
  const nonce = nextNonce();
  const cipher = createCipheriv(algorithm, key, nonce, { authTagLength: tagLength });
  cipher.setAAD(Buffer.from(context));
  const body = typeof content === 'string' ? cipher.update(content, 'utf8') : cipher.update(content);
  // A mode of counting leaves nothing for the end: `final` only settles the tag.
  cipher.final();
  const box = Buffer.allocUnsafe(nonceLength + body.length + tagLength);
  nonce.copy(box);
  body.copy(box, nonceLength);
  cipher.getAuthTag().copy(box, nonceLength + body.length);
  return box;
};

/** What was sealed with this key in this context; `undefined` when anything of the three is another. */
export const open = (key: KeyObject, box: Uint8Array, context: string): Buffer | undefined => {
  if (box.length < nonceLength + tagLength) return undefined;
  const decipher = createDecipheriv(algorithm, key, box.subarray(0, nonceLength), { authTagLength: tagLength });
  decipher.setAAD(Buffer.from(context));
  decipher.setAuthTag(box.subarray(box.length - tagLength));
  const body = decipher.update(box.subarray(nonceLength, box.length - tagLength));
  try {
    return Buffer.concat([body, decipher.final()]);
  } catch {
    // The tag is not that of this key, content and context: that is all there is to know.
    return undefined;
  }
};
