import { sealedFileSnapshots } from '#adapters/snapshots/sealed-files.snapshots.js';

/** Saves snapshots one after another, and tells of each that it is done with, until it is killed. */
const [, , directory = '', first = '1'] = process.argv;
const snapshots = sealedFileSnapshots({ directory, secret: new Uint8Array(32) });
for (let position = Number(first); ; position += 1) {
  await snapshots.save({ position, bytes: Buffer.alloc(2_000_000, position % 251) });
  process.send?.(position);
}
