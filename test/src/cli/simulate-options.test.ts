import { expect } from 'chai';
import { describe, it } from 'mocha';
import { readSimulateOptions, type Flags } from '#src/cli/simulate-options.js';

const faultsOf = (flags: Flags): readonly string[] => {
  const reading = readSimulateOptions(flags);
  return reading.ok ? [] : reading.faults;
};

describe('the flags of a simulated load', () => {
  it('need not be given', () => {
    const reading = readSimulateOptions({});
    if (!reading.ok) expect.fail(reading.faults.join());
    const { mix, ...options } = reading.options;
    expect(options).to.deep.equal({
      server: 'http://127.0.0.1:8080',
      merchant: 'palm-pier',
      apiKey: undefined,
      agents: 10,
      signed: 0.25,
    });
    expect(mix).to.deep.include({ callsPerSecond: 1, duration: 60_000, seed: 1 });
  });

  it('say how much, for how long, of what and for whom', () => {
    const reading = readSimulateOptions({
      server: 'https://trunkline.example/',
      merchant: 'acme',
      'api-key': 'secret',
      'calls-per-second': '2.5',
      duration: '30',
      agents: '40',
      seed: '7',
      mix: 'transferred=0.3,signed=1',
    });
    if (!reading.ok) expect.fail(reading.faults.join());
    const { mix, ...options } = reading.options;
    expect(options).to.deep.equal({
      server: 'https://trunkline.example',
      merchant: 'acme',
      apiKey: 'secret',
      agents: 40,
      signed: 1,
    });
    expect(mix).to.deep.include({ callsPerSecond: 2.5, duration: 30_000, seed: 7, transferred: 0.3 });
  });

  for (const [flags, fault] of [
    [{ agents: '0' }, '--agents is a whole number above 0, up to 5000, not “0”'],
    [{ agents: '2.5' }, '--agents is a whole number above 0, up to 5000, not “2.5”'],
    [{ duration: '-5' }, '--duration is a number above 0, not “-5”'],
    [{ 'calls-per-second': 'ten' }, '--calls-per-second is a number above 0, not “ten”'],
    [{ server: 'trunkline.example' }, '--server is an address such as http://127.0.0.1:8080'],
    [{ server: 'ftp://trunkline.example' }, '--server is an address such as http://127.0.0.1:8080'],
    [{ mix: 'transferred=0.6,conferenced=0.6' }, '--mix: the fates are more than all calls'],
    [{ mix: 'held=2' }, '--mix: held is a share, 0 to 1'],
    [{ mix: 'signed=2' }, '--mix: signed is a share, 0 to 1'],
    [{ mix: 'updates=0.5' }, '--mix: dataUpdates is a whole number, 0 or more'],
  ] as const) {
    it(`are refused: ${fault}`, () => {
      expect(faultsOf(flags)).to.deep.equal([fault]);
    });
  }

  it('are refused with every fault at once', () => {
    expect(faultsOf({ agents: 'x', duration: 'y' })).to.have.length(2);
    expect(faultsOf({ server: 'x', mix: 'nothing=1,held=2' })).to.have.length(3);
  });
});
