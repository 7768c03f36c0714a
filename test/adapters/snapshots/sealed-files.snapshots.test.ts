import { fork } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, mkdtemp, readFile, readdir, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { sealedFileSnapshots } from '#adapters/snapshots/sealed-files.snapshots.js';
import { snapshotsContract } from '#test/contracts/snapshots.contract.js';

describe('snapshots in sealed files', () => {
  const secret = new Uint8Array(32);
  const words = 'Rosa Maduro wants size 39';
  let folder: string;
  let directory: string;
  const open = () => sealedFileSnapshots({ directory, secret });
  const fileOf = (position: number): string => join(directory, `${position}.snapshot`);
  const outcomeOf = async (position: number): Promise<string> => (await open().load(position)).outcome;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'trunkline-snapshots-'));
    directory = join(folder, 'snapshots');
  });
  afterEach(() => rm(folder, { recursive: true }));

  snapshotsContract(() => Promise.resolve(open()));

  it('can be read by nobody who has but the files, and by no other user of the machine', async () => {
    await open().save({ position: 5, bytes: Buffer.from(words) });
    expect((await readFile(fileOf(5))).includes('Rosa')).to.equal(false);
    expect((await stat(fileOf(5))).mode & 0o777).to.equal(0o600);
    expect((await stat(directory)).mode & 0o777).to.equal(0o700);
    const foreign = await sealedFileSnapshots({ directory, secret: new Uint8Array(32).fill(1) }).load(5);
    expect(foreign).to.deep.include({ outcome: 'unusable' });
  });

  it('are not used when any one byte is not what was written', async () => {
    await open().save({ position: 5, bytes: Buffer.from(words) });
    const whole = await readFile(fileOf(5));
    for (let index = 0; index < whole.length; index += 1) {
      const damaged = Buffer.from(whole);
      damaged.writeUInt8((damaged[index] ?? 0) ^ 1, index);
      await writeFile(fileOf(5), damaged);
      expect(await outcomeOf(5), `byte ${index}`).to.equal('unusable');
    }
  });

  it('are not used when they end too early, or stand under another name', async () => {
    await open().save({ position: 5, bytes: Buffer.from(words) });
    await copyFile(fileOf(5), fileOf(6));
    expect(await outcomeOf(6)).to.equal('unusable');
    for (const length of [30, 9, 0]) {
      await truncate(fileOf(5), length);
      expect(await outcomeOf(5), `${length} bytes`).to.equal('unusable');
    }
  });

  it('are opened by another thread as they are by this one', async () => {
    const { module, settings } = open().elsewhere;
    const { open: reopen } = (await import(module)) as { open: typeof sealedFileSnapshots };
    await reopen(structuredClone(settings) as Parameters<typeof reopen>[0]).save({
      position: 5,
      bytes: Buffer.from(words),
    });
    const loaded = await open().load(5);
    expect(loaded.outcome === 'loaded' && Buffer.from(loaded.bytes).toString()).to.equal(words);
  });

  it('leave nothing behind of one that was not finished', async () => {
    await open().save({ position: 5, bytes: Buffer.from(words) });
    await writeFile(`${fileOf(6)}.draft`, 'half a');
    expect(await open().kept()).to.deep.equal([5]);
    await open().save({ position: 7, bytes: Buffer.from(words) });
    expect((await readdir(directory)).sort()).to.deep.equal(['5.snapshot', '7.snapshot']);
  });

  it('are whole whenever the process that writes them is killed', async function () {
    this.timeout(60_000);
    const child = fileURLToPath(new URL('../../support/saves-snapshots.child.js', import.meta.url));
    const bytesOfEach = 8_000_000;
    const isHalfWritten = async (name: string): Promise<boolean> => {
      const { size } = await stat(join(directory, name)).catch(() => ({ size: Infinity }));
      return size > 0 && size < bytesOfEach;
    };
    const untilHalfWritten = async (): Promise<void> => {
      for (;;) {
        const halfWritten = await Promise.all((await readdir(directory)).map(isHalfWritten));
        if (halfWritten.includes(true)) return;
      }
    };
    let newest = 0;
    for (let life = 0; life < 4; life += 1) {
      const process = fork(child, [directory, String(newest + 1), String(bytesOfEach)]);
      process.on('message', (position: number) => {
        newest = position;
      });
      await once(process, 'message');
      await untilHalfWritten();
      process.kill('SIGKILL');
      await once(process, 'exit');
      const kept = await open().kept();
      expect(kept[0], 'the newest that was said to be durable').to.be.at.least(newest);
      for (const position of kept) expect(await outcomeOf(position), `snapshot ${position}`).to.equal('loaded');
      newest = kept[0] ?? newest;
    }
  });
});
