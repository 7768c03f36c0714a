import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

/** What a snapshot is sealed with: derived from the installation's secret, and used for nothing else. */
export type SealingKey = Uint8Array;

const algorithm = 'aes-256-gcm';
const magic = Buffer.from('TRKLSNP1');
const nonceLength = 12;
const tagLength = 16;
const headerLength = magic.length + nonceLength;

export const sealingKey = (secret: Uint8Array): SealingKey =>
  new Uint8Array(hkdfSync('sha256', secret, new Uint8Array(), 'trunkline snapshots', 32));

/** Bound to its position: under another name it does not open. */
const boundTo = (position: number): Buffer => Buffer.from(`${magic.toString()} ${position}`);

/**
 * Encrypts piece by piece, so that who writes them in between holds up nobody: magic, nonce, cipher text, tag
 * (AES-256-GCM, NIST SP 800-38D; the tag vouches for every byte).
 */
export const sealedPieces = function* (
  key: SealingKey,
  position: number,
  bytes: Uint8Array,
  pieceLength: number,
): Generator<Uint8Array> {
  const nonce = randomBytes(nonceLength);
  const cipher = createCipheriv(algorithm, key, nonce).setAAD(boundTo(position));
  yield Buffer.concat([magic, nonce]);
  for (let from = 0; from < bytes.length; from += pieceLength) {
    yield cipher.update(bytes.subarray(from, from + pieceLength));
  }
  yield Buffer.concat([cipher.final(), cipher.getAuthTag()]);
};

/** The bytes, or why they cannot be had. */
export const unseal = (key: SealingKey, position: number, file: Uint8Array): Uint8Array | Readonly<{ why: string }> => {
  if (file.length < headerLength + tagLength || !magic.equals(file.subarray(0, magic.length))) {
    return { why: 'the file is no snapshot, or only the beginning of one' };
  }
  const decipher = createDecipheriv(algorithm, key, file.subarray(magic.length, headerLength))
    .setAAD(boundTo(position))
    .setAuthTag(file.subarray(file.length - tagLength));
  const bytes = decipher.update(file.subarray(headerLength, file.length - tagLength));
  try {
    decipher.final();
    return bytes;
  } catch {
    return { why: 'the file is damaged, or was written with another installation’s secret' };
  }
};
