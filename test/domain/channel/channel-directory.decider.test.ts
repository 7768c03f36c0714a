import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import type { ChannelDirectoryCommand, ChannelDirectoryEvent } from '#domain/channel/channel.events.js';
import { channelDirectoryDecider, type ChannelDirectory } from '#domain/channel/channel-directory.decider.js';
import { agentId, channelDirectoryOf } from '#domain/kernel/ids.js';
import { instant } from '#domain/kernel/time.js';
import { scenarioFor } from '#test/support/scenario.js';
import { acme } from '../merchant/acme.js';
import { expectStatesKept } from '../support/history.js';

const given = scenarioFor(channelDirectoryDecider);
const target = channelDirectoryOf(acme);
const at = instant(0);
const who = (name: string) => agentId(acme, name);

const assign = (name: string, seed: number): ChannelDirectoryCommand => ({
  type: 'AssignChannel',
  target,
  at,
  data: { agentId: who(name), seed },
});
const release = (name: string): ChannelDirectoryCommand => ({
  type: 'ReleaseChannel',
  target,
  at,
  data: { agentId: who(name) },
});
const assigned = (name: string, code: string): ChannelDirectoryEvent => ({
  type: 'ChannelAssigned',
  data: { agentId: who(name), code },
});
const released = (name: string, code: string): ChannelDirectoryEvent => ({
  type: 'ChannelReleased',
  data: { agentId: who(name), code },
});
const everyCode = Array.from({ length: 10_000 }, (_, number) => String(number).padStart(4, '0'));

describe('the channel code of an agent', () => {
  it('has four digits, wherever the search begins', () => {
    given().when(assign('anna', 4711)).thenHappened(assigned('anna', '4711'));
    given().when(assign('anna', 7)).thenHappened(assigned('anna', '0007'));
    given().when(assign('anna', 10_000)).thenHappened(assigned('anna', '0000'));
    given()
      .when(assign('anna', 2 ** 48 - 1))
      .thenHappened(assigned('anna', '0655'));
  });

  it('is the next free one when somebody has it, and begins anew after 9999', () => {
    given(assigned('ben', '4711'), assigned('cleo', '4712'))
      .when(assign('anna', 4711))
      .thenHappened(assigned('anna', '4713'));
    given(assigned('ben', '9999')).when(assign('anna', 9999)).thenHappened(assigned('anna', '0000'));
  });

  it('is one for as long as she is logged on', () => {
    given(assigned('anna', '4711')).when(assign('anna', 1)).thenNothing();
  });

  it('is given back when she logs off, once', () => {
    given(assigned('anna', '4711')).when(release('anna')).thenHappened(released('anna', '4711'));
    given(assigned('anna', '4711'), released('anna', '4711')).when(release('anna')).thenNothing();
    given().when(release('anna')).thenNothing();
  });

  it('is another one at the next log-on, and may be a colleague’s then', () => {
    const before = [assigned('anna', '4711'), released('anna', '4711')];
    given(...before)
      .when(assign('anna', 4711))
      .thenHappened(assigned('anna', '4712'));
    given(...before)
      .when(assign('ben', 4711))
      .thenHappened(assigned('ben', '4711'));
  });

  it('cannot be had when all ten thousand are given out; the last one may be the same again', () => {
    const after = (directory: ChannelDirectory, ...events: readonly ChannelDirectoryEvent[]) =>
      events.reduce(channelDirectoryDecider.evolve, directory);
    const others = everyCode.slice(1).map((code) => ({ agentId: who(`a${code}`), code }));
    const allButOne = after(others, assigned('anna', '0000'), released('anna', '0000'));
    expect(channelDirectoryDecider.decide(assign('anna', 1), allButOne)).to.deep.equal({
      outcome: 'accepted',
      events: [assigned('anna', '0000')],
    });
    const refused = { outcome: 'rejected', reason: 'no-code-left' };
    const all = after(allButOne, assigned('ben', '0000'));
    expect(channelDirectoryDecider.decide(assign('anna', 1), all)).to.deep.equal(refused);
    expect(channelDirectoryDecider.decide(assign('cleo', 1), all)).to.deep.equal(refused);
  });

  it('is never that of another, nor the beginning of another', () => {
    const command = fc
      .tuple(fc.nat(30), fc.nat(40), fc.boolean())
      .map(([name, seed, comes]) => (comes ? assign(`a${name}`, seed) : release(`a${name}`)));
    fc.assert(
      fc.property(fc.array(command, { maxLength: 200 }), (commands) => {
        let directory = channelDirectoryDecider.initialState;
        for (const each of commands) {
          const decision = channelDirectoryDecider.decide(each, directory);
          if (decision.outcome === 'accepted') {
            directory = decision.events.reduce(channelDirectoryDecider.evolve, directory);
          }
          const out = directory.flatMap(({ code }) => code ?? []);
          expect(new Set(out).size).to.equal(out.length);
          expect(out.every((code) => /^\d{4}$/.test(code))).to.be.true;
          expect(new Set(directory.map((holder) => holder.agentId)).size).to.equal(directory.length);
        }
      }),
    );
  });

  it('was what it was, whatever happens after', () => {
    expectStatesKept(channelDirectoryDecider, [
      assigned('anna', '4711'),
      assigned('ben', '4712'),
      released('anna', '4711'),
      assigned('anna', '4713'),
    ]);
  });
});
