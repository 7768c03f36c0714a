import { sealedFileSnapshots } from '#adapters/snapshots/sealed-files.snapshots.js';

/** Saves snapshots one after another, and tells of each that it is done with, until it is killed. */
const [, , directory = '', first = '1', length = '0'] = process.argv;
const bytesOfEach = Number(length);
const snapshots = sealedFileSnapshots({ directory, secret: new Uint8Array(32) });
for (let position = Number(first); ; position += 1) {
  await snapshots.save({ position, bytes: Buffer.alloc(bytesOfEach, position % 251) });
  process.send?.(position);
}
