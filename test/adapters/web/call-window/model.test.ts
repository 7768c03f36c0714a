import { expect } from 'chai';
import { describe, it } from 'mocha';
import { canCallAgain, isLive, isOver, wordsFor, type Model } from '#adapters/web/call-window/model.js';
import { instant } from '#domain/kernel/time.js';
import { windowOf } from './samples.js';

const modelOf = (changes: Partial<Model> = {}): Model => ({
  phase: 'called',
  code: '',
  kept: undefined,
  window: windowOf(),
  connected: true,
  hangingUp: false,
  told: undefined,
  pushed: undefined,
  outgoing: [],
  preferences: { share: { pages: true, forms: true, cookies: true }, askBeforeShowing: false },
  ...changes,
});

const kept = {
  click: { clickKey: 'k', icon: {} },
  seen: 'k',
  origin: 'https://shop.example',
  ahead: 0,
  sent: {},
};

describe('the call window', () => {
  it('has a call to control from the server’s first word to its last', () => {
    expect(isLive(modelOf({ window: undefined }))).to.equal(true);
    expect(isLive(modelOf({ window: windowOf({ state: 'held' }) }))).to.equal(true);
    expect(isLive(modelOf({ window: windowOf({ state: 'ended' }) }))).to.equal(false);
    expect(isLive(modelOf({ phase: 'placing' }))).to.equal(false);
  });

  it('says how long the customer has talked, holds included', () => {
    const window = windowOf({ state: 'ended', cause: 'normal-clearing', since: instant(200_000) });
    expect(wordsFor(modelOf({ window, kept: { ...kept, answeredAt: 8000 } })).hint).to.equal('You talked for 3:12.');
    expect(wordsFor(modelOf({ window, kept })).hint).to.equal('');
  });

  it('says that it is hanging up until the server says that it has', () => {
    expect(wordsFor(modelOf({ hangingUp: true })).state).to.equal('Hanging up');
    const over = modelOf({ hangingUp: true, window: windowOf({ state: 'ended' }) });
    expect(wordsFor(over).state).to.equal('Call ended');
  });

  it('offers to call again where that can help', () => {
    expect(canCallAgain(modelOf({ window: windowOf({ state: 'failed', cause: 'busy' }) }))).to.equal(true);
    expect(canCallAgain(modelOf({ phase: 'unreachable', window: undefined }))).to.equal(true);
    expect(canCallAgain(modelOf({ phase: 'refused', code: 'rate-limited', window: undefined }))).to.equal(true);
  });

  it('does not offer it where the same button would be refused again, or a call goes on', () => {
    for (const code of ['expired-token', 'foreign-origin', 'unknown-link']) {
      expect(canCallAgain(modelOf({ phase: 'refused', code, window: undefined })), code).to.equal(false);
    }
    expect(canCallAgain(modelOf())).to.equal(false);
    expect(canCallAgain(modelOf({ phase: 'no-page', window: undefined }))).to.equal(false);
    expect(isOver(modelOf({ phase: 'no-page', window: undefined }))).to.equal(true);
  });
});
