import { expect } from 'chai';
import { describe, it } from 'mocha';
import { judgeCall, type Verdict } from '#src/simulate/judge-call.js';
import type { Observation } from '#src/simulate/observation.js';
import { clears, click, handsOn, hangsUp, left, over, pop, story, talk } from './observations.js';

const page = 'https://shop.example/offers/7';
const judged = (observations: readonly Observation[], keyed: string | undefined = page): Verdict =>
  judgeCall({ observations, page: keyed, isRobot: (name) => name.startsWith('Robot-') });
const why = (verdict: Verdict): string => ('why' in verdict ? `${verdict.is}: ${verdict.why}` : verdict.is);

const plain = story(1, click, pop('anna'), talk('anna'), clears('anna'), left('anna'), over);

describe('a call of a load that went well', () => {
  it('popped, and was ended by its agent or by its customer', () => {
    expect(judged(plain).is).to.equal('popped');
    expect(judged(story(1, click, pop('anna'), talk('anna'), hangsUp, over, left('anna'))).is).to.equal('popped');
  });

  it('showed the customer the page that was keyed for it', () => {
    const told = story(1, click, pop('anna'), talk('anna'), { saw: 'page', url: page }, hangsUp, over, left('anna'));
    expect(judged(told).is).to.equal('popped');
  });

  it('went from hand to hand, and the first agent left because of that', () => {
    const told = [click, pop('anna'), talk('anna'), handsOn('anna'), pop('ben', 2), talk('ben', 'second-agent')];
    expect(judged(story(1, ...told, left('anna'), clears('ben'), left('ben'), over)).is).to.equal('popped');
  });

  it('was given up while it rang, or before', () => {
    expect(judged(story(1, click, hangsUp, over)).is).to.equal('abandoned');
    expect(judged(story(1, click, pop('anna'), hangsUp, left('anna'), over)).is).to.equal('popped');
  });

  it('was answered by a person, of whom nothing more is known', () => {
    expect(judged(story(1, click, { saw: 'answered', agentName: 'Rosa' }, over)).is).to.equal('elsewhere');
    const byRobot = story(1, click, { saw: 'answered', agentName: 'Robot-001' }, hangsUp, over);
    expect(judged(byRobot).is).to.equal('abandoned');
  });
});

describe('a pop that named the wrong customer', () => {
  it('is found out by keys, which go where the voice goes', () => {
    const other = { saw: 'page', url: 'https://shop.example/offers/8' } as const;
    const told = story(1, click, pop('anna'), talk('anna'), other, hangsUp, over, left('anna'));
    expect(why(judged(told))).to.equal('wrong: the customer was shown a page keyed for another');
    expect(judged(told, undefined).is, 'no code was to be keyed in this call').to.equal('wrong');
  });

  it('is found out when the call ends with nobody of it having hung up', () => {
    const told = story(1, click, pop('anna'), talk('anna'), over, clears('anna'), left('anna'));
    expect(why(judged(told))).to.equal('wrong: the call ended, and nobody of it had hung up');
  });

  it('is found out when the agent is cut off while the customer talks on', () => {
    const told = story(1, click, pop('anna'), talk('anna'), left('anna'), hangsUp, over);
    expect(why(judged(told))).to.equal('wrong: an agent was cut off, and nobody of the call had hung up');
  });

  it('is found out when another agent of the call is cut off than the one who handed it on', () => {
    const told = [click, pop('anna'), talk('anna'), handsOn('anna'), pop('ben', 2), talk('ben', 'second-agent')];
    expect(judged(story(1, ...told, left('ben'), clears('anna'), left('anna'), over)).is).to.equal('wrong');
  });
});

describe('a call that was lost', () => {
  const losses: readonly (readonly [string, readonly Observation[]])[] = [
    ['a phone rang without a pop', story(1, click, { saw: 'ring-without-pop', agent: 'anna' }, hangsUp, over)],
    ['never over', story(1, click, pop('anna'), talk('anna'), clears('anna'), left('anna'))],
    ['answered without a pop', story(1, click, talk('anna'), hangsUp, over, left('anna'))],
    ['an agent never left it', story(1, click, pop('anna'), talk('anna'), hangsUp, over)],
    [
      'broken off: network-lost',
      story(
        1,
        click,
        pop('anna'),
        talk('anna'),
        { saw: 'window-over', state: 'ended', cause: 'network-lost' },
        left('anna'),
      ),
    ],
  ];
  for (const [reason, told] of losses) {
    it(`is one: ${reason}`, () => {
      expect(why(judged(told))).to.equal(`lost: ${reason}`);
    });
  }

  it('is none when its customer was told that it failed, or was turned away at the click', () => {
    const failed = story(1, click, { saw: 'window-over', state: 'failed', cause: 'trunks-busy' });
    expect(why(judged(failed))).to.equal('failed: trunks-busy');
    expect(why(judged(story(1, click, { saw: 'click-refused', code: 'rate-limited' })))).to.equal(
      'refused: rate-limited',
    );
  });
});
