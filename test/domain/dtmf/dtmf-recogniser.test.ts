import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import type { KeyedChannel } from '#domain/call/call.commands.js';
import {
  emptyDtmfBuffer,
  interDigitTimeout,
  recognise,
  wrongTriesAllowed,
  type DtmfBuffer,
  type DtmfOutcome,
} from '#domain/dtmf/dtmf-recogniser.js';
import { agentId, merchantId } from '#domain/kernel/ids.js';
import { instant } from '#domain/kernel/time.js';
import type { DtmfEntry } from '#domain/merchant/merchant.events.js';

const acme = merchantId('acme');
const page = (code: string): DtmfEntry => ({
  code,
  label: `page ${code}`,
  action: { kind: 'page', origin: 'https://shop.example', path: `/${code.slice(1)}` },
});
const channel = (code: string, onThisCall = true): KeyedChannel => ({
  code,
  agentId: agentId(acme, `of-${code}`),
  onThisCall,
});

const table = [page('*76'), page('*22'), page('*88'), page('*7654'), page('#5'), page('*1*2')];
const anna = channel('4711');
const boris = channel('4712', false);
const channels = [anna, boris, channel('12'), channel('1234')];

/** Keys one report after another, each so many milliseconds after the one before. */
const keying = (...reports: readonly (readonly [digits: string, pause: number])[]) => {
  let at = 1_000_000;
  let buffer: DtmfBuffer = emptyDtmfBuffer;
  const outcomes: DtmfOutcome[] = [];
  for (const [digits, pause] of reports) {
    at += pause;
    const heard = recognise(buffer, { digits, at: instant(at) }, table, channels);
    buffer = heard.buffer;
    outcomes.push(...heard.outcomes);
  }
  return { buffer, outcomes };
};
const told = (...reports: readonly (readonly [string, number])[]) => keying(...reports).outcomes.map(inWords);
const inWords = (outcome: DtmfOutcome): string => {
  switch (outcome.kind) {
    case 'command':
      return outcome.entry.code;
    case 'channel':
      return `channel ${outcome.channel.code}`;
    case 'refused':
      return `${outcome.code}: ${outcome.reason}`;
  }
};

describe('digits that an agent keys', () => {
  it('push the page of *22 whether they come at once or one by one', () => {
    expect(told(['*22', 0])).to.deep.equal(['*22']);
    expect(told(['*', 0], ['2', 900], ['2', 900])).to.deep.equal(['*22']);
  });

  it('make two commands when two are keyed in one go', () => {
    expect(told(['*22*88', 0])).to.deep.equal(['*22', '*88']);
  });

  it('wait after *76, which begins *7654, and take the longer when it comes in time', () => {
    expect(told(['*76', 0])).to.deep.equal([]);
    expect(told(['*76', 0], ['54', 1_000])).to.deep.equal(['*7654']);
  });

  it('take *76 when the pause is over, when # ends it, or when another code begins', () => {
    expect(told(['*76', 0], ['', interDigitTimeout - 1])).to.deep.equal([]);
    expect(told(['*76', 0], ['', interDigitTimeout])).to.deep.equal(['*76']);
    expect(told(['*76', 0], ['', 2_000], ['', 1_000])).to.deep.equal(['*76']);
    expect(told(['*76', 0], ['5', interDigitTimeout])).to.deep.equal(['*76']);
    expect(told(['*76#', 0])).to.deep.equal(['*76']);
    expect(told(['*76*22', 0])).to.deep.equal(['*76', '*22']);
    expect(told(['*764711', 0])).to.deep.equal(['*76', 'channel 4711']);
  });

  it('know codes that hold * and begin with #, and hear a lone # as an end only', () => {
    expect(told(['*1*2', 0])).to.deep.equal(['*1*2']);
    expect(told(['#5', 0])).to.deep.equal(['#5']);
    expect(told(['##', 0], ['', 5_000])).to.deep.equal([]);
    expect(told(['*76#4711', 0])).to.deep.equal(['*76', 'channel 4711']);
    expect(told(['*76##5', 0])).to.deep.equal(['*76', '#5']);
  });

  it('join the channel of the agent who is on the call', () => {
    expect(keying(['4711', 0]).outcomes).to.deep.equal([{ kind: 'channel', channel: anna }]);
    expect(told(['12#', 0])).to.deep.equal(['channel 12']);
    expect(told(['12', 0], ['34', 500])).to.deep.equal(['channel 1234']);
  });

  it('do not join the channel of an agent who is on another call', () => {
    expect(keying(['4712', 0])).to.deep.equal({
      buffer: { digits: '', lastAt: 1_000_000, wrongTries: 1 },
      outcomes: [{ kind: 'refused', code: '4712', reason: 'agent-not-on-this-call' }],
    });
  });

  it('are refused at the end of a wrong code, not at its first wrong digit', () => {
    expect(told(['999', 0])).to.deep.equal([]);
    expect(told(['9999', 0])).to.deep.equal(['9999: unknown-code']);
    expect(told(['9', 0], ['4711', interDigitTimeout])).to.deep.equal(['9: unknown-code', 'channel 4711']);
    expect(told(['*99#', 0])).to.deep.equal(['*99: unknown-code']);
    expect(told(['47*22', 0])).to.deep.equal(['47: unknown-code', '*22']);
  });

  it('command nothing any more in this call after five wrong codes', () => {
    const wrong = Array.from({ length: wrongTriesAllowed }, () => ['9999', 100] as const);
    expect(told(...wrong.slice(1), ['4711', 100])).to.deep.equal([
      ...wrong.slice(1).map(() => '9999: unknown-code'),
      'channel 4711',
    ]);
    expect(told(...wrong, ['4711', 100], ['*22', 100])).to.deep.equal([
      ...wrong.map(() => '9999: unknown-code'),
      '4711: too-many-tries',
      '*22: too-many-tries',
    ]);
  });

  it('that are no keys of a telephone are nothing', () => {
    expect(told(['*٢2A\r\n2', 0])).to.deep.equal(['*22']);
    expect(told(['٢٢', 0])).to.deep.equal([]);
  });

  it('are heard the same after the clock has been put back', () => {
    expect(told(['*2', 0], ['2', -3_600_000], ['*22', 500])).to.deep.equal(['*22', '*22']);
    expect(told(['*76', 0], ['', -3_600_000], ['54', 100])).to.deep.equal(['*7654']);
    expect(told(['*7', 0], ['6', -3_600_000], ['', interDigitTimeout])).to.deep.equal(['*76']);
  });

  it('mean nothing to a merchant without table and channels', () => {
    const { outcomes } = recognise(emptyDtmfBuffer, { digits: '*761234', at: instant(1) }, [], []);
    expect(outcomes.map(inWords)).to.deep.equal(['*76: unknown-code', '1234: unknown-code']);
  });

  const key = fc.constantFrom(...'0123456789*#'.split(''));
  const report = fc.tuple(
    fc.string({ unit: fc.oneof({ weight: 20, arbitrary: key }, fc.constantFrom('A', 'é', '٣')) }),
    fc.nat(4_000),
  );

  it('never command anything off the table, in 10 000 random strings', () => {
    const digits = fc.string({ unit: key, minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(digits, (keyed) => {
        for (const outcome of keying([keyed, 0], ['', 10_000]).outcomes) {
          if (outcome.kind === 'command') expect(table).to.include(outcome.entry);
          if (outcome.kind === 'channel') {
            expect(channels.filter(({ onThisCall }) => onThisCall)).to.include(outcome.channel);
          }
          if (outcome.kind !== 'refused') expect(keyed).to.include(inWords(outcome).replace('channel ', ''));
        }
      }),
      { numRuns: 10_000 },
    );
  });

  it('never yield more than five guesses, nor grow the buffer, however they are reported', () => {
    fc.assert(
      fc.property(fc.array(report, { maxLength: 30 }), (reports) => {
        const { buffer, outcomes } = keying(...reports);
        const refused = outcomes.flatMap((outcome) => (outcome.kind === 'refused' ? [outcome.reason] : []));
        const wrong = refused.filter((reason) => reason !== 'too-many-tries').length;
        expect(buffer.wrongTries).to.equal(wrong);
        expect(wrong).to.be.at.most(wrongTriesAllowed);
        expect(buffer.digits).to.match(/^[0-9*#]{0,7}$/);
      }),
    );
  });

  it('come to the same in one report as key by key', () => {
    fc.assert(
      fc.property(fc.string({ unit: key, maxLength: 30 }), (keyed) => {
        const oneByOne = keyed.split('').map((digit) => [digit, 0] as const);
        expect(keying(...oneByOne)).to.deep.equal(keying(...(keyed ? [[keyed, 0] as const] : [])));
      }),
    );
  });

  it('are read in time even when a megabyte of them comes at once', () => {
    const flood = { digits: '*99#'.repeat(250_000), at: instant(1) };
    const { outcomes } = recognise(emptyDtmfBuffer, flood, table, channels);
    expect(outcomes).to.have.length(250_000);
  }).timeout(20_000);
});
