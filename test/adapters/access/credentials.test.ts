import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { openJsonFileCredentials } from '#adapters/access/json-file.credentials.js';
import { memoryCredentials } from '#adapters/access/memory.credentials.js';
import type { Credentials } from '#domain/contracts/credentials.js';
import { agentId, merchantId } from '#domain/kernel/ids.js';
import { rejectionOf } from '#test/support/rejection.js';

const acme = merchantId('acme');
const anna = agentId(acme, 'anna');
const hash = (number: number): string => `$argon2id$v=19$m=64,t=1,p=1$${number}`;

const credentialsContract = (open: () => Promise<Credentials>): void => {
  it('knows nothing of an agent at first, and then what was saved last', async () => {
    const credentials = await open();
    expect(await credentials.load(anna)).to.equal(undefined);
    await credentials.save(anna, hash(1));
    await credentials.save(anna, hash(2));
    expect(await credentials.load(anna)).to.equal(hash(2));
  });
};

describe('password hashes in memory', () => {
  credentialsContract(async () => memoryCredentials());
});

describe('password hashes in a file', () => {
  let directory: string;
  let file: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'trunkline-credentials-'));
    file = join(directory, 'credentials.json');
  });
  afterEach(() => rm(directory, { recursive: true }));

  credentialsContract(() => openJsonFileCredentials(file));

  it('are there after a restart, all of those that were saved at once', async () => {
    const credentials = await openJsonFileCredentials(file);
    const agents = Array.from({ length: 25 }, (_none, number) => agentId(acme, `agent${number}`));
    await Promise.all(agents.map((agent, number) => credentials.save(agent, hash(number))));
    const reopened = await openJsonFileCredentials(file);
    expect(await Promise.all(agents.map((agent) => reopened.load(agent)))).to.deep.equal(
      agents.map((_agent, number) => hash(number)),
    );
  });

  it('are for their owner’s eyes only, and leave no draft behind', async () => {
    const credentials = await openJsonFileCredentials(file);
    await credentials.save(anna, hash(1));
    expect((await stat(file)).mode & 0o777).to.equal(0o600);
    expect(await readdir(directory)).to.deep.equal(['credentials.json']);
  });

  it('that could not be written are not believed to be saved, and the next try is made', async () => {
    const credentials = await openJsonFileCredentials(file);
    await credentials.save(anna, hash(1));
    await rm(directory, { recursive: true });
    await rejectionOf(credentials.save(anna, hash(2)));
    expect(await credentials.load(anna)).to.equal(hash(1));
    directory = await mkdtemp(join(tmpdir(), 'trunkline-credentials-'));
  });

  it('that somebody damaged are not silently forgotten', async () => {
    await writeFile(file, '{"version":1,"passwordHashes":{"agent-acme.anna":"plain text"}}');
    await rejectionOf(openJsonFileCredentials(file));
    expect(await readFile(file, 'utf8')).to.include('plain text');
  });
});
