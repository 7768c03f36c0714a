import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import { mainframe, type MainframeOptions } from '#src/cli/mainframe.js';
import { mainframeTools } from '#src/operate.js';
import { projectRoot } from '#test/architecture/project.js';
import { fixture, missingFixture } from '#test/support/fixtures.js';
import { skipWithout } from '#test/support/outside-service.js';
import { emulator, missingEmulator } from '#test/support/tn3270/s3270.js';

const shipped = join(projectRoot, 'config/opening-data/demo-mainframe.yaml');
const logOn = { user: 'AGENT1', password: 'canary77' };

describe('the terminal, for those who describe a mainframe', () => {
  let folder = '';
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mainframe-'));
  });
  after(() => rm(folder, { recursive: true }));

  const write = async (name: string, text: string): Promise<string> => {
    await writeFile(join(folder, name), text);
    return join(folder, name);
  };

  const asked = async (given: readonly string[], options: MainframeOptions = {}) => {
    const [printed, complained]: [string[], string[]] = [[], []];
    const code = await mainframe(given, options, {
      ...mainframeTools,
      print: (line) => void printed.push(line),
      complain: (line) => void complained.push(line),
    });
    return { code, printed: printed.join('\n'), complained: complained.join('\n') };
  };

  it('says what there is to say when it is not understood', async () => {
    for (const given of [[], ['help'], ['check'], ['try', shipped]]) {
      const { code, complained } = await asked(given);
      expect(code, given.join(' ')).to.equal(2);
      expect(complained).to.include('mainframe check').and.include('mainframe try');
    }
  });

  it('says that nothing is wrong with a map, or all that is', async () => {
    expect((await asked(['check', shipped])).printed).to.include('6 screens; lookup, lookup-account, save-remark');
    const bad = (await readFile(shipped, 'utf8'))
      .replace('parking: menu', 'parking: garage')
      .replace('to: [menu]', 'to: [m]');
    const { code, complained } = await asked(['check', await write('bad.yaml', bad)]);
    expect(code).to.equal(1);
    expect(complained).to.include('parking: there is no screen garage').and.include('links.0: there is no screen m');
  });

  it('says which file cannot be read', async () => {
    const { code, complained } = await asked(['check', join(folder, 'none.yaml')]);
    expect(code).to.equal(1);
    expect(complained).to.include('none.yaml');
  });

  it('prints a JSON Schema that an editor can use', async () => {
    const { code, printed } = await asked(['schema']);
    expect(code).to.equal(0);
    const schema = JSON.parse(printed) as { properties: object; additionalProperties: boolean };
    expect(Object.keys(schema.properties)).to.include.members(['host', 'screens', 'links', 'operations']);
    expect(schema.additionalProperties).to.equal(false);
  });

  it('shows which screens of a recording the map knows', async function () {
    skipWithout(this, missingEmulator() ?? missingFixture('tn3270'));
    const recording = await write('wrap.json', fixture('tn3270/json/wrap.json'));
    const unknown = await asked(['check', shipped], { recording, emulator });
    expect(unknown.code).to.equal(1);
    expect(unknown.printed).to.include('┌─ unknown').and.include('CICS Trace Control Facility');
    const map = await write(
      'cics.yaml',
      ['host: { address: localhost }', 'screens: { trace: { when: [{ row: 1, text: CETR }] } }', 'operations: {}'].join(
        '\n',
      ),
    );
    const known = await asked(['check', map], { recording, emulator });
    expect([known.code, known.printed.includes('┌─ trace')]).to.deep.equal([0, true]);
    const notOne = await asked(['check', map], { recording: await write('other.json', '{"steps": 1}'), emulator });
    expect([notOne.code, notOne.complained.includes('The recording cannot be used')]).to.deep.equal([1, true]);
  });

  it('tries an operation at a living host, shows the screens, and never the password', async function () {
    skipWithout(this, missingEmulator());
    const host = await mainframeTools.startDemoMainframe({ ...logOn, port: 0, nasty: false, thinking: 0 });
    try {
      const map = (await readFile(shipped, 'utf8')).replace('port: 3270', `port: ${host.port}`);
      const file = await write('map.yaml', map);
      const options = { emulator, logOn: await write('log-on.json', JSON.stringify(logOn)) };
      const found = await asked(['try', file, 'lookup', 'phone=5829001'], options);
      expect(found.code).to.equal(0);
      expect(found.printed)
        .to.include('┌─ log-on')
        .and.include('┌─ guest')
        .and.match(/name +ROSA MADURO/);
      const several = await asked(['try', file, 'lookup', 'phone=5829003'], options);
      expect(several.printed).to.include('with 2 lines').and.include('LENA NUNES');
      const nobody = await asked(['try', file, 'lookup', 'phone=404'], options);
      expect([nobody.code, nobody.complained]).to.deep.equal([1, 'the host said not-found on search']);
      const wrong = { emulator, logOn: await write('wrong.json', JSON.stringify({ ...logOn, password: 'canary78' })) };
      const refused = await asked(['try', file, 'lookup', 'phone=5829001'], wrong);
      expect([refused.code, refused.complained]).to.deep.equal([1, 'the host said log-on-refused on log-on']);
      expect(JSON.stringify([found, several, nobody, refused])).to.not.include('canary');
      const nonsense = await asked(['try', file, 'lookup', '5829001'], options);
      expect(nonsense.complained).to.include('expected name=value');
    } finally {
      await host.stop();
    }
  });
});
