import { execFileSync } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { after, afterEach, before, describe, it } from 'mocha';
import { paint, textItem } from '#adapters/customer-records/tn3270/host/paint.js';
import { openTerminal, type TerminalSettings } from '#adapters/customer-records/tn3270/terminal/terminal.js';
import { printed } from '#adapters/customer-records/tn3270/terminal/screen.js';
import { TerminalFailure } from '#adapters/customer-records/tn3270/terminal/terminal-failure.js';
import { freePort } from '#test/support/free-port.js';
import { skipWithout } from '#test/support/outside-service.js';
import { form, hostThat, terminalRoom } from '#test/support/tn3270/hosts.js';
import { failureOf } from '#test/support/tn3270/failure.js';
import { emulator, missingEmulator } from '#test/support/tn3270/s3270.js';

describe('an emulator that is not as it should be', () => {
  let folder = '';
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'emulator-'));
  });
  after(() => rm(folder, { recursive: true }));

  const settings = { host: '127.0.0.1', port: 23, tls: 'off', model: '2', codePage: 'cp037' } as const;
  const opening = async (script: string, within = 200) => {
    const file = join(folder, 's3270');
    await writeFile(file, `#!/bin/sh\n${script}\n`);
    await chmod(file, 0o700);
    return failureOf(openTerminal({ ...settings, emulator: file }, within), TerminalFailure);
  };

  it('is missed by its name, with the way to get it', async () => {
    const { fault, message } = await failureOf(
      openTerminal({ ...settings, emulator: 'no-such-s3270' }, 1_000),
      TerminalFailure,
    );
    expect(fault).to.equal('emulator-missing');
    expect(message).to.include('no-such-s3270').and.include('apt install s3270');
  });

  it('is ended when it does not answer', async () => {
    const pid = join(folder, 'pid');
    const { fault } = await opening(`echo $$ > ${pid}; exec sleep 600`);
    expect(fault).to.equal('stuck');
    const number = Number(await readFile(pid, 'utf8'));
    expect(() => process.kill(number, 0), 'no process is left').to.throw('ESRCH');
  });

  it('is given up when it ends by itself', async () => {
    expect((await opening('exit 3', 5_000)).fault).to.equal('emulator-ended');
  });

  it('may print memory of its own: that is believed by nobody and told to nobody', async () => {
    const junk = `printf 'data: Connection failed:\\n\\377\\001canary-heap\\nU F U N N 2 24 80 0 0 0x0 0.1\\nerror\\n'; cat`;
    const { fault, message } = await opening(junk, 5_000);
    expect(fault).to.equal('not-connected');
    expect(message).to.not.include('canary');
    expect((await opening(`printf 'canary\\nok\\n'; cat`, 5_000)).fault).to.equal('emulator-ended');
  });
});

describe('a connection to a host', () => {
  const room = terminalRoom();
  let folder = '';
  let certificate: Readonly<{ key: string; cert: string; file: string }>;
  before(async function () {
    skipWithout(this, missingEmulator());
    folder = await mkdtemp(join(tmpdir(), 'certificate-'));
    const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
    const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'];
    const kindOfKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1'];
    const request = ['req', '-x509', '-nodes', '-days', '2', ...kindOfKey, '-keyout', key, '-out', cert, ...subject];
    execFileSync('openssl', request, { stdio: 'ignore' });
    certificate = { key: await readFile(key, 'utf8'), cert: await readFile(cert, 'utf8'), file: cert };
  });
  afterEach(room.close);
  after(async () => {
    if (folder !== '') await rm(folder, { recursive: true });
  });

  it('says whom it cannot reach', async () => {
    const port = await freePort();
    const settings: TerminalSettings = { emulator, host: 'localhost', port, tls: 'off', model: '2', codePage: 'cp037' };
    const { fault, message } = await failureOf(openTerminal(settings, 5_000), TerminalFailure);
    expect(fault).to.equal('not-connected');
    expect(message).to.equal(`no connection to localhost:${port}`);
  });

  it('asks for its logical unit, in both ways that there are', async () => {
    for (const tn3270e of [true, false]) {
      const port = await room.listen({
        tn3270e,
        serve: (terminal) => hostThat(paint([textItem(1, 2, `LU ${terminal.lu ?? 'NONE'}`)]))(terminal),
      });
      const terminal = await room.open(port, { lu: 'TRUNK017' });
      await terminal.until((screen) => printed(screen).includes('LU TRUNK017'), 5_000);
    }
  });

  it('is refused to a name that is none', async () => {
    const port = await room.listen({ serve: hostThat(form()) });
    for (const lu of ['A") Quit(', 'A B', 'A@b']) {
      expect((await failureOf(room.open(port, { lu }), TerminalFailure)).fault, lu).to.equal('refused');
    }
  });

  it('over TLS is made with a host that shows a trusted certificate for its name, and with no other', async () => {
    const { key, cert, file } = certificate;
    const port = await room.listen({ serve: hostThat(form()), tls: { key, cert } });
    const secure = { host: 'localhost', tls: 'verified' } as const;
    expect((await failureOf(room.open(port, secure), TerminalFailure)).fault, 'nobody vouches for it').to.equal(
      'not-connected',
    );
    const elsewhere = { ...secure, host: '127.0.0.1', caFile: file };
    expect((await failureOf(room.open(port, elsewhere), TerminalFailure)).fault, 'it has another name').to.equal(
      'not-connected',
    );
    const terminal = await room.open(port, { ...secure, caFile: file });
    await terminal.until((screen) => printed(screen).includes('CUSTOMER LOOK-UP'), 5_000);
  });
});
