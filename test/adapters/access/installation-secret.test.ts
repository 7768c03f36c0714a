import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { passingSecret, openInstallationSecret } from '#adapters/access/installation-secret.js';
import { rejectionOf } from '#test/support/rejection.js';

describe('the secret of an installation', () => {
  let directory: string;
  let file: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'trunkline-secret-'));
    file = join(directory, 'data', 'installation.secret');
  });
  afterEach(() => rm(directory, { recursive: true }));

  it('is made at the first start, for its owner’s eyes only, and is the same at the next', async () => {
    const first = await openInstallationSecret(file);
    expect(first).to.have.length(32);
    expect((await stat(file)).mode & 0o777).to.equal(0o600);
    expect(await openInstallationSecret(file)).to.deep.equal(first);
  });

  it('is one, however many processes start at the same time', async () => {
    const secrets = await Promise.all(Array.from({ length: 20 }, () => openInstallationSecret(file)));
    for (const secret of secrets) expect(secret).to.deep.equal(secrets[0]);
    expect(await readdir(join(directory, 'data')), 'no drafts are left').to.deep.equal(['installation.secret']);
  });

  it('is never overwritten when it is damaged: the operator is told', async () => {
    await openInstallationSecret(file);
    await writeFile(file, 'oops');
    expect(await rejectionOf(openInstallationSecret(file))).to.match(/does not hold a secret/);
    expect(await readFile(file, 'utf8')).to.equal('oops');
  });

  it('is refused when others can read it', async () => {
    await openInstallationSecret(file);
    await chmod(file, 0o640);
    expect(await rejectionOf(openInstallationSecret(file))).to.match(/can be read by others/);
  });

  it('that nobody keeps is another one each time', () => {
    expect(passingSecret()).to.have.length(32).and.not.deep.equal(passingSecret());
  });
});
