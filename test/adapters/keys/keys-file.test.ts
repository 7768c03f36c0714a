import { randomBytes } from 'node:crypto';
import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { readKeysFile } from '#adapters/keys/keys-file.js';
import { openKeys, readKeys } from '#adapters/keys/open-keys.js';
import { contactId, merchantId } from '#domain/kernel/ids.js';
import { subjectOf } from '#domain/privacy/subject.js';
import { freshDirectory } from '#test/support/fresh-directory.js';
import { rejectionOf } from '#test/support/rejection.js';

const mary = subjectOf(contactId(merchantId('acme'), 'mary'));

describe('an operator’s own keys file', () => {
  const directory = freshDirectory();
  const file = (): string => join(directory.path, 'secrets');
  const write = (text: string): Promise<void> => writeFile(file(), text, { mode: 0o600 });
  const [one, other] = [randomBytes(32), randomBytes(32)];
  const line = (secret: Buffer): string => secret.toString('base64url');

  it('holds one secret in a line, the one in use first', async () => {
    await write(`${line(one)}\n\n  ${line(other)}\n`);
    expect(await readKeysFile(file())).to.deep.equal([one, other]);
  });

  it('is refused when it is empty, holds something else, can be read by others, or is not there', async () => {
    expect(await rejectionOf(readKeysFile(file()))).to.include('cannot be read');
    for (const text of ['', 'secret', `${line(one)}\nshort`]) {
      await write(text);
      expect(await rejectionOf(readKeysFile(file()))).to.include('256 bits');
    }
    await write(line(one));
    await chmod(file(), 0o644);
    expect(await rejectionOf(readKeysFile(file()))).to.include('chmod 600');
  });

  it('is used in place of the installation’s secret, and what it wrapped needs it', async () => {
    await write(line(one));
    const settings = { folder: directory.path, installationSecret: () => Promise.resolve(other) };
    const keys = await openKeys({ ...settings, keysFile: file() });
    const sealed = keys.seal(mary, 'x', 'here');
    if (sealed.outcome === 'erased') throw new Error('not erased');
    await sealed.durable;
    await keys.close();

    expect(await rejectionOf(openKeys(settings))).to.match(/restore the installation\.secret, or the keys file/);
    const reading = await readKeys({ ...settings, keysFile: file() });
    expect(reading.open(mary, sealed.box, 'here')).to.deep.equal({ outcome: 'opened', text: 'x' });
    expect(await rejectionOf(reading.destroy([mary]))).to.include('opened for reading');
    await reading.close();
  });

  it('need not be there to read a folder without keys', async () => {
    const keys = await readKeys({
      folder: directory.path,
      keysFile: file(),
      installationSecret: () => Promise.reject(new Error('there is none')),
    });
    expect(keys.stateOf(mary)).to.equal('unknown');
    await keys.close();
  });
});
