import { expect } from 'chai';
import { describe, it } from 'mocha';
import { instant } from '#domain/kernel/time.js';
import { CallBook } from '#src/simulate/call-book.js';
import { clears, click, hangsUp, left, over, pop, story, talk } from './observations.js';

const book = (pageOf: (call: number) => string | undefined = () => undefined): CallBook =>
  new CallBook({ pageOf, isRobot: () => true, refOf: (call) => `load-${call}` });
const plain = (call: number) => story(call, click, pop('anna'), talk('anna'), clears('anna'), left('anna'), over);

describe('the book of a load', () => {
  it('says how it gets on while it goes on', () => {
    const kept = book();
    plain(1).slice(0, 2).forEach(kept.note);
    plain(2).forEach(kept.note);
    story(3, click, { saw: 'window-over', state: 'failed', cause: 'trunks-busy' }).forEach(kept.note);
    story(4, { saw: 'click-refused', code: 'rate-limited' }).forEach(kept.note);
    expect(kept.progress()).to.deep.equal({ clicks: 4, inProgress: 1, popped: 2, ended: 1, failed: 2 });
  });

  it('waits with its verdict for what the other end may still have to tell', () => {
    const kept = book(() => 'https://shop.example/offers/7');
    const told = plain(1);
    const at = told.at(-1)?.at ?? instant(0);
    told.forEach(kept.note);
    kept.settle(instant(at + 1_000));
    kept.note({ call: 1, at, saw: 'page', url: 'https://shop.example/offers/8' });
    kept.settle(instant(at + 2_000));
    expect(kept.close().verdicts).to.include({ wrong: 1, popped: 0 });
  });

  it('takes no more notice of a call that it has judged', () => {
    const kept = book();
    const told = plain(1);
    told.forEach(kept.note);
    kept.settle(instant((told.at(-1)?.at ?? 0) + 2_000));
    kept.note({ call: 1, at: instant(99_000), saw: 'request-refused', agent: 'anna', request: 'ready', code: 'late' });
    expect(kept.close()).to.deep.include({ calls: 1, requestsRefused: {} });
  });

  it('counts each call once, by its verdict, and why', () => {
    const kept = book();
    plain(1).forEach(kept.note);
    story(2, click, hangsUp, over).forEach(kept.note);
    story(3, click, pop('anna')).forEach(kept.note);
    story(4, click, pop('anna')).forEach(kept.note);
    const findings = kept.close();
    expect(findings.verdicts).to.deep.include({ popped: 1, abandoned: 1, lost: 2, wrong: 0 });
    expect(findings.lost).to.deep.equal({ 'never over': 2 });
    expect(findings.suspects).to.deep.equal(['load-3', 'load-4']);
  });

  it('measures from the click to the window and to the first pop, and from each ring to its pop', () => {
    const kept = book();
    const rung = { saw: 'pop', agent: 'ben', hop: 2, afterRing: 40 } as const;
    story(1, click, { saw: 'window' }, pop('anna'), rung).forEach(kept.note);
    const { clickToWindow, clickToPop, ringToPop, pops } = kept.close();
    expect({ clickToWindow, clickToPop, ringToPop, pops }).to.deep.equal({
      clickToWindow: { p50: 1_000, p99: 1_000 },
      clickToPop: { p50: 2_000, p99: 2_000 },
      ringToPop: { p50: 5, p99: 40 },
      pops: 2,
    });
  });

  it('tells which calls were proven by keys that reached the customer', () => {
    const page = 'https://shop.example/offers/7';
    const kept = book(() => page);
    plain(1).forEach(kept.note);
    [...plain(2), ...story(2, { saw: 'page', url: page })].forEach(kept.note);
    expect(kept.close().provenByKeys).to.equal(1);
  });
});
