import { randomBytes } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { keyRing } from '#adapters/keys/key-ring.js';
import type { KeyStore } from '#adapters/keys/key-store.js';
import type { WrappingSecrets } from '#adapters/keys/key-wrapping.js';
import { memoryKeyStore } from '#adapters/keys/memory/memory.key-store.js';
import { openSqliteKeyStore, readSqliteKeyStore } from '#adapters/keys/sqlite/sqlite.key-store.js';
import { KeyFailure, type Opened, type SubjectKeys } from '#domain/contracts/keys.js';
import { contactId, merchantId } from '#domain/kernel/ids.js';
import { subjectOf, type Subject } from '#domain/privacy/subject.js';
import { freshDirectory } from '#test/support/fresh-directory.js';

const acme = merchantId('acme');
const subject = (name: string): Subject => subjectOf(contactId(acme, name));
const mary = subject('mary');
const secrets: WrappingSecrets = [randomBytes(32)];

const failureOf = (act: () => unknown): string => {
  try {
    act();
  } catch (thrown) {
    if (thrown instanceof KeyFailure) return thrown.failure;
    throw thrown;
  }
  return 'none';
};

const sealIn = async (keys: SubjectKeys, whose: Subject, text: string, context = 'here'): Promise<string> => {
  const sealed = keys.seal(whose, text, context);
  if (sealed.outcome === 'erased') throw new Error(`${whose} is erased`);
  await sealed.durable;
  return sealed.box;
};
const textIn = (opened: Opened): string => (opened.outcome === 'opened' ? opened.text : opened.outcome);

const kinds: readonly Readonly<{ kind: string; open: (directory: string) => Promise<KeyStore> }>[] = [
  { kind: 'in memory', open: () => Promise.resolve(memoryKeyStore()) },
  { kind: 'in SQLite', open: (directory) => openSqliteKeyStore(join(directory, 'keys.db')) },
];

for (const { kind, open } of kinds) {
  describe(`the keys of customers, ${kind}`, () => {
    const directory = freshDirectory();

    it('open what they have sealed, and nothing else', async () => {
      const keys = keyRing(await open(directory.path), secrets);
      const box = await sealIn(keys, mary, 'Mary Ann Øst ☎');
      expect(textIn(keys.open(mary, box, 'here'))).to.equal('Mary Ann Øst ☎');
      expect(failureOf(() => keys.open(mary, box, 'elsewhere'))).to.equal('forged-box');
      await sealIn(keys, subject('john'), 'x');
      expect(failureOf(() => keys.open(subject('john'), box, 'here'))).to.equal('forged-box');
      for (const bit of [0, 100, 8 * Buffer.from(box, 'base64').length - 1]) {
        const bytes = Buffer.from(box, 'base64');
        bytes.writeUInt8(bytes.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
        expect(failureOf(() => keys.open(mary, bytes.toString('base64'), 'here'))).to.equal('forged-box');
      }
      expect(failureOf(() => keys.open(mary, 'AAAA', 'here'))).to.equal('forged-box');
      await keys.close();
    });

    it('seal the same words otherwise each time', async () => {
      const keys = keyRing(await open(directory.path), secrets);
      const boxes = await Promise.all(Array.from({ length: 500 }, () => sealIn(keys, mary, 'same words')));
      expect(new Set(boxes.map((box) => box.slice(0, 16))).size).to.equal(500);
      await keys.close();
    });

    it('are gone for good when they are destroyed, and those of others are not', async () => {
      const keys = keyRing(await open(directory.path), secrets);
      const [box, other] = [await sealIn(keys, mary, 'x'), await sealIn(keys, subject('john'), 'y')];
      const destroying = keys.destroy([mary]);
      expect(keys.open(mary, box, 'here')).to.deep.equal({ outcome: 'erased' });
      await destroying;
      await keys.destroy([mary]);
      expect(keys.seal(mary, 'late', 'here')).to.deep.equal({ outcome: 'erased' });
      expect(keys.stateOf(mary)).to.equal('destroyed');
      expect(textIn(keys.open(subject('john'), other, 'here'))).to.equal('y');
      await keys.close();
    });

    it('of whom nothing was ever sealed can be destroyed beforehand', async () => {
      const keys = keyRing(await open(directory.path), secrets);
      expect(keys.stateOf(mary)).to.equal('unknown');
      await keys.destroy([mary]);
      expect(keys.stateOf(mary)).to.equal('destroyed');
      await keys.close();
    });

    it('that are not there are missed by name, not taken for erased', async () => {
      const keys = keyRing(await open(directory.path), secrets);
      const box = await sealIn(keys, mary, 'x');
      const others = keyRing(memoryKeyStore(), secrets);
      expect(() => others.open(mary, box, 'here')).to.throw(KeyFailure, /contact-acme\.mary.*restore the keys\.db/);
      await keys.close();
    });

    it('are wrapped anew, and open what they opened before', async () => {
      const store = await open(directory.path);
      const keys = keyRing(store, secrets);
      const box = await sealIn(keys, mary, 'x');
      const before = store.find(mary);
      await keys.destroy([subject('gone')]);
      expect(await keys.rewrap()).to.equal(1);
      expect(store.find(mary)).not.to.deep.equal(before);
      expect(textIn(keyRing(store, secrets).open(mary, box, 'here'))).to.equal('x');
      await keys.close();
    });

    it('pass from an old secret to a new one, after which the old one is of no use', async () => {
      const store = await open(directory.path);
      const [before, after] = [randomBytes(32), randomBytes(32)];
      const box = await sealIn(keyRing(store, [before]), mary, 'x');
      await keyRing(store, [after, before]).rewrap();
      expect(textIn(keyRing(store, [after]).open(mary, box, 'here'))).to.equal('x');
      expect(failureOf(() => keyRing(store, [before]))).to.equal('wrong-secret');
      await store.close();
    });
  });
}

describe('the file of the keys', () => {
  const directory = freshDirectory();
  const file = (): string => join(directory.path, 'keys.db');
  const bytesOnDisk = async (): Promise<Buffer> =>
    Buffer.concat(
      await Promise.all((await readdir(directory.path)).map((name) => readFile(join(directory.path, name)))),
    );

  it('holds the keys after a restart, and says who is erased', async () => {
    const first = keyRing(await openSqliteKeyStore(file()), secrets);
    const box = await sealIn(first, mary, 'x');
    await first.destroy([subject('john')]);
    await first.close();
    const again = keyRing(await openSqliteKeyStore(file()), secrets);
    expect(textIn(again.open(mary, box, 'here'))).to.equal('x');
    expect(again.stateOf(subject('john'))).to.equal('destroyed');
    await again.close();
  });

  it('is read beside the process that writes it', async () => {
    const writing = keyRing(await openSqliteKeyStore(file()), secrets);
    const box = await sealIn(writing, mary, 'x');
    const beside = keyRing(readSqliteKeyStore(file()), secrets);
    expect(textIn(beside.open(mary, box, 'here'))).to.equal('x');
    await beside.close();
    await writing.close();
  });

  it('has one owner at a time', async () => {
    const owner = await openSqliteKeyStore(file());
    const second = await openSqliteKeyStore(file()).then(
      () => 'opened',
      (thrown: unknown) => (thrown instanceof KeyFailure ? thrown.failure : String(thrown)),
    );
    expect(second).to.equal('locked-by-another-process');
    await owner.close();
  });

  it('keeps no byte of a destroyed key, among thousands of others, in any of its files', async function () {
    this.timeout(20_000);
    const store = await openSqliteKeyStore(file());
    const keys = keyRing(store, secrets);
    const all = Array.from({ length: 3_000 }, (_, index) => subject(`c-${(index * 7_919) % 100_003}`));
    await Promise.all(all.map((each) => sealIn(keys, each, 'x')));
    const erased = all.filter((_, index) => index % 3 === 0);
    const wrapped = erased.map((each) => store.find(each));
    const before = await bytesOnDisk();
    for (const key of wrapped) expect(before.includes(key as Buffer)).to.equal(true);

    await keys.destroy(erased);

    const after = await bytesOnDisk();
    const left = wrapped.filter((key) => after.includes((key as Buffer).subarray(0, 16)));
    expect(left).to.have.length(0);
    expect(store.find(all[1] ?? mary)).to.be.instanceOf(Buffer);
    await keys.close();
  });

  it('is refused with another secret than its own, before anything is lost', async () => {
    const first = keyRing(await openSqliteKeyStore(file()), secrets);
    await sealIn(first, mary, 'x');
    await first.close();
    const store = await openSqliteKeyStore(file());
    expect(() => keyRing(store, [randomBytes(32)])).to.throw(KeyFailure, /restore the installation\.secret/);
    await store.close();
  });
});
