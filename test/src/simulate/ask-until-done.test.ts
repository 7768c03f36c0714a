import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { askUntilDone, triesInAll, tryAgainAfter, type AskingEnded } from '#src/simulate/ask-until-done.js';
import { fakeClock } from '#test/support/fake-clock.js';

type Answer = Readonly<{ ok: true } | { ok: false; code: string }>;

/** Asks to hold, of a server that answers one thing after the other. */
const asking = async (answers: readonly Answer[], goOn = (): boolean => true) => {
  const clock = fakeClock();
  let asked = 0;
  const line = {
    ask: async () => answers[Math.min(asked++, answers.length - 1)] ?? { ok: true as const },
    close: () => undefined,
  };
  let ended: AskingEnded | undefined;
  void askUntilDone({ line, clock, goOn }, { type: 'hold' }).then((end) => {
    ended = end;
  });
  for (let turn = 0; turn < 100 && ended === undefined; turn += 1) {
    await nextTurn();
    clock.advance(tryAgainAfter);
  }
  return { ended, asked };
};
const refused = (code: string): Answer => ({ ok: false, code });

describe('a robot that asks for something', () => {
  it('asks once when it is done at once', async () => {
    expect(await asking([{ ok: true }])).to.deep.equal({ ended: 'done', asked: 1 });
  });

  it('asks again when it was only too early', async () => {
    const answers = [refused('call-is-not-connected'), refused('rate-limited'), { ok: true } as const];
    expect(await asking(answers)).to.deep.equal({ ended: 'done', asked: 3 });
  });

  it('takes no for an answer that will not change', async () => {
    expect(await asking([refused('not-your-call')])).to.deep.equal({
      ended: { refusedFor: 'not-your-call' },
      asked: 1,
    });
  });

  it('loses patience some time', async () => {
    const { ended, asked } = await asking([refused('call-is-not-held')]);
    expect(ended).to.deep.equal({ refusedFor: 'call-is-not-held' });
    expect(asked).to.equal(triesInAll);
  });

  it('asks no more when the call is over', async () => {
    const { ended, asked } = await asking([refused('call-is-not-connected')], () => false);
    expect({ ended, asked }).to.deep.equal({ ended: 'given-up', asked: 1 });
  });
});
