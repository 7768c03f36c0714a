import { createHmac } from 'node:crypto';
import { expect } from 'chai';
import { afterEach, beforeEach, describe, it } from 'mocha';
import type { CommandBus } from '#domain/contracts/command-bus.js';
import type { EffectLedger } from '#domain/contracts/effect-ledger.js';
import type { Fact, FactOutcome } from '#domain/contracts/sent-facts.js';
import { agentId, contactId, merchantId, merchantStream } from '#domain/kernel/ids.js';
import { createTakeFact, type TakeFactTools } from '#src/application/take-fact.js';
import { anna, newWorld, palmPier, startTrunkline, type TestTrunkline, type World } from '#test/support/trunkline.js';

const keyId = 'KEY-OF-THE-CRM';
const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
const gold: Fact = { type: 'CustomerRecordChanged', customerRef: 'rosa', changes: { tier: 'gold' } };

describe('what a merchant’s CRM tells', () => {
  let world: World;
  let trunkline: TestTrunkline;

  beforeEach(async () => {
    world = newWorld();
    trunkline = await startTrunkline(world);
    const issued = { keyId, label: 'CRM', sha256: '0'.repeat(64) };
    const { clock, commands } = trunkline;
    const to = { target: merchantStream(palmPier), at: clock.now() };
    await commands.dispatch({ type: 'IssueApiKey', ...to, data: issued }, { actor: 'operator' });
    await trunkline.pass(10);
  });
  afterEach(() => trunkline.stop());

  const tell = (id: string, fact: Fact, tools: Partial<TakeFactTools> = {}): Promise<FactOutcome> => {
    const { commands, views, access, backOffice, clock } = trunkline;
    const take = createTakeFact({
      commands,
      views,
      access,
      backOffice,
      clock,
      store: world.store,
      log: silent,
      ...tools,
    });
    const signed = Buffer.from(JSON.stringify({ id, fact }));
    const secret = access.factSecret(palmPier, keyId);
    const signature = `v1,${createHmac('sha256', secret).update(signed).digest('base64')}`;
    const proof = { keyId, signature, signed };
    return take({ id, merchantId: palmPier, from: 'salesforce', at: clock.now(), fact, proof });
  };
  const rosaTalks = async (): Promise<void> => {
    await trunkline.agentReady(anna);
    await trunkline.click({ link: 'link-palm-pier.shoes', customer: 'rosa' });
    await trunkline.until('it rings', () => trunkline.desktop(anna).contact?.pop === 'offered');
    await trunkline.ask(anna, { type: 'answer' });
    await trunkline.until('they talk', () => trunkline.desktop(anna).state === 'busy');
  };
  const wrapUp = async () => {
    await rosaTalks();
    await trunkline.ask(anna, { type: 'clear' });
    await trunkline.until('wrap-up begins', () => trunkline.desktop(anna).state === 'working-after-call');
    const contact = trunkline.desktop(anna).contact?.contactId ?? contactId(palmPier, 'none');
    return { type: 'DispositionRecorded', contactId: contact, agentId: anna, code: 'sold' } as const;
  };
  const changes = async () =>
    (await trunkline.eventsOf('CallDataChanged')).map(({ data, meta }) => [data.changes, meta.actor]);

  it('reaches the agent who talks with that customer, once, as told by the CRM', async () => {
    await rosaTalks();
    expect(await tell('one', gold)).to.deep.equal({ outcome: 'taken' });
    expect(await tell('two', { ...gold, changes: { tier: '' } })).to.deep.equal({ outcome: 'taken' });
    expect(await tell('one', gold)).to.deep.equal({ outcome: 'taken' });
    expect(await changes()).to.deep.equal([
      [{ tier: 'gold' }, 'crm:salesforce'],
      [{ tier: '' }, 'crm:salesforce'],
    ]);
  });

  it('needs nothing done while nobody talks with that customer', async () => {
    expect(await tell('one', gold)).to.deep.equal({ outcome: 'taken' });
    expect(await changes()).to.deep.equal([]);
  });

  it('ends the wrap-up of the agent who had the contact', async () => {
    const sold = await wrapUp();
    expect(await tell('one', sold)).to.deep.equal({ outcome: 'taken' });
    await trunkline.until('the agent is ready', () => trunkline.desktop(anna).state === 'ready');
    const [recorded] = await trunkline.eventsOf('DispositionRecorded');
    expect([recorded?.data.code, recorded?.meta.actor]).to.deep.equal(['sold', 'crm:salesforce']);
  });

  it('is known after a crash in which it was recorded and not yet remembered', async () => {
    const sold = await wrapUp();
    await tell('one', sold);
    await trunkline.until('the agent is ready', () => trunkline.desktop(anna).state === 'ready');
    const effects: EffectLedger = { begin: async () => 'in-doubt', complete: async () => undefined };
    const store = { events: world.store.events, effects };
    expect(await tell('one', sold, { store })).to.deep.equal({ outcome: 'taken' });
    expect(await tell('never-recorded', sold, { store })).to.deep.equal({
      outcome: 'refused',
      reason: 'not-your-contact',
    });
  });

  it('is refused when it is about somebody else’s contact or agent', async () => {
    const sold = await wrapUp();
    const globex = merchantId('globex');
    const foreign = [
      { ...sold, contactId: contactId(globex, 'c') },
      { ...sold, agentId: agentId(globex, 'anna') },
    ];
    for (const [nth, fact] of foreign.entries()) {
      expect(await tell(`foreign-${nth}`, fact)).to.deep.equal({ outcome: 'refused', reason: 'not-found' });
    }
  });

  it('is not believed any more once the key is revoked, and the access log says so', async () => {
    const { clock, commands } = trunkline;
    const revoke = {
      type: 'RevokeApiKey',
      target: merchantStream(palmPier),
      at: clock.now(),
      data: { keyId },
    } as const;
    await commands.dispatch(revoke, { actor: 'operator' });
    await trunkline.pass(10);
    await rosaTalks();
    expect(await tell('one', gold)).to.deep.equal({ outcome: 'refused', reason: 'forged-signature' });
    await trunkline.pass(10);
    expect(await changes()).to.deep.equal([]);
    expect((await trunkline.eventsOf('AccessRefused')).map(({ data }) => data.why)).to.deep.equal(['forged-token']);
  });

  it('waits until the log can take it', async () => {
    await rosaTalks();
    let refusals = 3;
    const full: CommandBus = {
      dispatch: async (command, cause) => {
        refusals -= 1;
        return refusals >= 0
          ? { outcome: 'failed', failure: 'disk full' }
          : trunkline.commands.dispatch(command, cause);
      },
    };
    let outcome: FactOutcome | undefined;
    void tell('one', gold, { commands: full }).then((taken) => {
      outcome = taken;
    });
    await trunkline.until('it is taken', () => outcome !== undefined);
    expect(outcome).to.deep.equal({ outcome: 'taken' });
    expect(await changes()).to.have.length(1);
  });
});
