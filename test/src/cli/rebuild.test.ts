import { expect } from 'chai';
import { describe, it } from 'mocha';
import { loadSettings } from '#config/load.js';
import { rebuild, type RebuildTools } from '#src/cli/rebuild.js';

const names = ['call-journey', 'call-records'];

const asked = (outcome: 'switched' | 'superseded' = 'switched', settings: Record<string, string> = {}) => {
  const said: string[] = [];
  const complaints: string[] = [];
  const built: (readonly string[])[] = [];
  const tools: RebuildTools = {
    settings: loadSettings(settings, {}),
    names,
    print: (line) => void said.push(line),
    complain: (line) => void complaints.push(line),
    rebuildOf: async (_settings, { names: wanted, log, onProgress }) => {
      built.push(wanted);
      onProgress({ position: 1_200, last: 3_000 });
      onProgress({ position: 3_000, last: 3_000 });
      log.warn({ model: 'call-journey', position: 7, reason: 'no tenant' }, 'event set aside by a read model');
      return outcome;
    },
  };
  return { said, complaints, built, tools };
};

describe('an operator who builds read models anew', () => {
  it('is told how many events became rows, and how fast', async () => {
    const { said, built, tools } = asked();
    expect(await rebuild('call-journey', tools)).to.equal(0);
    expect(built).to.deep.equal([['call-journey']]);
    expect(said.at(-1)).to.match(/^3,000 events in [\d.]+ s, [\d,]+\/s; the new rows answer now\.$/);
  });

  it('may have all of them at once, and hears of what was set aside', async () => {
    const { complaints, built, tools } = asked();
    expect(await rebuild('all', tools)).to.equal(0);
    expect(built).to.deep.equal([names]);
    expect(complaints.join('\n')).to.include('set aside').and.include('"position":7');
  });

  it('is asked which one, when there is none of that name', async () => {
    for (const name of [undefined, 'journeys', '']) {
      const { complaints, built, tools } = asked();
      expect(await rebuild(name, tools)).to.equal(2);
      expect(complaints.join()).to.include('call-journey, call-records, all');
      expect(built).to.deep.equal([]);
    }
  });

  it('is told when somebody else does the same, and when there is nothing to build from', async () => {
    const { complaints, tools } = asked('superseded');
    expect(await rebuild('all', tools)).to.equal(1);
    expect(complaints.join('\n')).to.include('theirs goes on');
    const memory = asked('switched', { eventStore: 'memory' });
    expect(await rebuild('all', memory.tools)).to.equal(2);
    expect(memory.built).to.deep.equal([]);
  });
});
