import { expect } from 'chai';
import { describe, it } from 'mocha';
import { elapsed, otherWords, refusalWords, wordsOf } from '#adapters/web/call-window/call-words.js';
import type { CallCause } from '#domain/call/call.events.js';
import type { CallWindowState } from '#domain/views/call-window.js';
import { windowOf } from './samples.js';

describe('what a customer reads about the call', () => {
  it('says with whom they are talking, by first name', () => {
    expect(wordsOf(windowOf({ state: 'talking', agentName: 'Anna' })).state).to.equal('Talking to Anna');
    expect(wordsOf(windowOf({ state: 'talking' })).state).to.equal('Connected');
  });

  it('says who will be back when the call is on hold', () => {
    expect(wordsOf(windowOf({ state: 'held', agentName: 'Anna' })).hint).to.equal('Anna will be back with you.');
  });

  it('is another sentence in each state', () => {
    const states: readonly CallWindowState[] = [
      'requested',
      'dialling',
      'ringing',
      'queued',
      'talking',
      'held',
      'ended',
    ];
    expect(new Set(states.map((state) => wordsOf(windowOf({ state })).state))).to.have.property('size', states.length);
  });

  it('says why a call did not come about, and what to do, for every cause', () => {
    const causes: readonly CallCause[] = [
      'busy',
      'no-answer',
      'rejected',
      'destination-not-obtainable',
      'trunks-busy',
      'network-lost',
      'refused-by-policy',
      'centre-closed',
      'centre-full',
      'lost-in-restart',
    ];
    for (const cause of causes) {
      const words = wordsOf(windowOf({ state: 'failed', cause }));
      expect(words.tone).to.equal('failed');
      expect(words.state, cause).not.to.equal('Call ended');
      expect(words.hint, cause).to.match(/\.$/);
    }
  });

  it('asks for nothing when the call simply ended', () => {
    expect(wordsOf(windowOf({ state: 'ended', cause: 'normal-clearing' }))).to.deep.equal({
      tone: 'calm',
      state: 'Call ended',
      hint: '',
    });
  });

  it('says what to do when the button has grown old, and admits what it cannot explain', () => {
    expect(refusalWords('expired-token').hint).to.contain('Load the shop’s page again');
    expect(refusalWords('something-new').state).to.equal('This call cannot be placed');
    expect(otherWords['no-page'].hint).to.contain('shop’s page');
  });
});

describe('how long a call has lasted', () => {
  it('is counted in minutes and seconds, from an hour on in hours', () => {
    expect(elapsed(0)).to.equal('0:00');
    expect(elapsed(65_400)).to.equal('1:05');
    expect(elapsed(3_725_000)).to.equal('1:02:05');
  });

  it('is nothing yet where the customer’s clock is behind', () => {
    expect(elapsed(-5000)).to.equal('0:00');
  });
});
