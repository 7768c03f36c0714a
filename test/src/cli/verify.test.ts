import { expect } from 'chai';
import { describe, it } from 'mocha';
import { loadSettings } from '#config/load.js';
import { progressOn } from '#src/cli/progress.js';
import { verify, type VerifyTools } from '#src/cli/verify.js';

const head = 'a'.repeat(64);
type Verified = Awaited<ReturnType<VerifyTools['verifyLog']>>;

const run = async (verified: Verified, expected: readonly string[] = []) => {
  const said: string[] = [];
  const asked: unknown[] = [];
  const code = await verify(expected, {
    settings: loadSettings({ data: 'somewhere' }, {}),
    verifyLog: (settings, ask) => {
      asked.push(settings.data, ask.expected);
      return Promise.resolve(verified);
    },
    print: (line) => void said.push(line),
    complain: (line) => void said.push(line),
  });
  return { code, said: said.join('\n'), asked };
};

describe('what an operator is told of the log', () => {
  const heads = [{ tenant: 'palm-pier', head, position: 7 }];

  it('when nothing is wrong: how many events, and the heads in the form in which they are expected later', async () => {
    const { code, said } = await run({ events: 1_234_567, heads, findings: [] });
    expect(code).to.equal(0);
    expect(said).to.match(/Nothing is wrong with the log in somewhere: 1,234,567 events, [\d,]+\/s\./);
    expect(said).to.contain(`\n  palm-pier=${head}`);
    const again = await run({ events: 7, heads, findings: [] }, [`palm-pier=${head}`]);
    expect(again.asked).to.deep.equal(['somewhere', [{ tenant: 'palm-pier', head }]]);
    expect(again.said).to.contain('It holds what stood for the head expected.');
  });

  it('when it is damaged: the first bad event in one line, in which nothing of the log acts', async () => {
    const wrong = { position: 8, stream: 'call-\u001b[2Jacme.1', type: 'CallHeld', wrong: 'it is not what was sealed' };
    const { code, said } = await run({ events: 7, heads, findings: [wrong, { wrong: 'SQLite: row 8 missing' }] });
    expect(code).to.equal(1);
    expect(said.split('\n')).to.deep.equal([
      'The log in somewhere is damaged. 7 events are as they were written, then:',
      '  position 8, call-·[2Jacme.1, CallHeld, it is not what was sealed',
      '  SQLite: row 8 missing',
    ]);
  });

  it('of a long piece of work how far it has come, once in a second at most', () => {
    const said: string[] = [];
    let now = 5000;
    const tell = progressOn(
      'events',
      (line) => void said.push(line),
      () => now,
    );
    for (let done = 0; done < 1000; done += 1) tell(done, 1000);
    expect(said).to.deep.equal([]);
    now += 1000;
    tell(600_000, 5_000_000);
    tell(600_001, 5_000_000);
    now += 1000;
    tell(1_300_000, 5_000_000);
    expect(said).to.deep.equal([
      '  600,000 of 5,000,000 events, 600,000/s',
      '  1,300,000 of 5,000,000 events, 650,000/s',
    ]);
  });
});
