import { expect } from 'chai';
import { describe, it } from 'mocha';
import { formatFindings, formatProgress } from '#src/cli/format-load.js';
import type { Findings } from '#src/simulate/call-book.js';

const findings: Findings = {
  calls: 12,
  verdicts: { popped: 8, abandoned: 1, elsewhere: 0, refused: 0, failed: 2, wrong: 0, lost: 1 },
  wrong: {},
  lost: { 'never over': 1 },
  failed: { 'trunks-busy': 2 },
  refused: {},
  suspects: ['load-4f2a-7'],
  requestsRefused: {},
  pops: 10,
  clickToWindow: { p50: 12, p99: 60 },
  clickToPop: { p50: 800, p99: 1_200 },
  ringToPop: {},
  provenByKeys: 3,
};

describe('what is told of a load', () => {
  it('is one line each second', () => {
    const line = formatProgress(7, { clicks: 5, inProgress: 2, popped: 4, ended: 3, failed: 0 });
    expect(line.replace(/ +/g, ' ')).to.equal(' 7 s clicks 5 in progress 2 popped 4 ended 3 failed 0');
  });

  it('is at the end how every call went, with the reasons of those that went wrong', () => {
    const told = formatFindings(findings).map((line) => line.trim().replace(/ +/g, ' '));
    expect(told).to.include('Calls 12');
    expect(told).to.include('popped and over 8, 3 of them proven by keys that reached the customer');
    expect(told.indexOf('2 × trunks-busy')).to.equal(told.indexOf('failed 2') + 1);
    expect(told.indexOf('1 × never over')).to.equal(told.indexOf('lost 1') + 1);
    expect(told).to.include('look up by customer load-4f2a-7');
    expect(told).to.include('click → pop p50 800 ms, p99 1200 ms');
    expect(told).to.include('ring → pop none');
    expect(told.join()).to.not.include('Requests refused');
  });

  it('names requests that agents were refused, when there were some', () => {
    const told = formatFindings({ ...findings, requestsRefused: { 'hold: call-is-over': 2 } });
    expect(told.slice(-2).map((line) => line.trim())).to.deep.equal([
      'Requests refused to agents',
      '2 × hold: call-is-over',
    ]);
  });
});
