import { expect } from 'chai';
import { afterEach, describe, it } from 'mocha';
import { gatewayId, platform } from '#domain/kernel/ids.js';
import { after, type Milliseconds } from '#domain/kernel/time.js';
import { anna, newWorld, startTrunkline, type TestTrunkline, type World } from '#test/support/trunkline.js';

describe('a call that is on its way when the clock', () => {
  let world: World;
  let trunkline: TestTrunkline;
  afterEach(() => trunkline.stop());

  const open = async (): Promise<void> => {
    world = newWorld();
    trunkline = await startTrunkline(world);
    await trunkline.agentReady(anna);
  };
  const put = (by: Milliseconds): void => {
    world.clock.set(after(world.clock.now(), by));
  };
  const clickAndWait = async (): Promise<string> => {
    const { sessionId } = await trunkline.click();
    await trunkline.until('its port is leased', () => trunkline.window(sessionId).state !== 'requested');
    return sessionId;
  };
  const belief = async () => {
    await trunkline.until("Anna's phone rings", () => trunkline.desktop(anna).contact?.pop === 'offered');
    return trunkline.desktop(anna).contact?.belief;
  };

  it('goes on as ever is certain', async () => {
    await open();
    await clickAndWait();
    expect((await belief())?.verdict).to.equal('certain');
    expect(await trunkline.eventsOf('ClockStepped')).to.deep.equal([]);
  });

  it('is put back is probable, and the operator is told; the next is certain once the clock is right again', async () => {
    await open();
    const { sessionId } = await trunkline.click();
    await trunkline.until('its port is leased', () => trunkline.window(sessionId).state !== 'requested');
    put(-60_000);
    expect(await belief()).to.deep.include({ verdict: 'probable', rule: 'live-lease-of-ani' });
    const [step] = await trunkline.eventsOf('ClockStepped');
    expect(step?.data.by).to.be.within(-60_001, -59_999);
    expect(step?.meta.actor).to.equal('schedule');
    expect(world.complaints.join()).to.include('the clock has been put back');
    const [decided] = await trunkline.eventsOf('CorrelationDecided');
    expect(decided?.data.candidates[0]?.why).to.include('the clocks do not agree');

    await trunkline.customerDesk.request(sessionId, { type: 'hang-up' });
    await trunkline.pass(130_000);
    await trunkline.tryToAsk(anna, { type: 'ready' });
    await trunkline.click();
    expect((await belief())?.verdict).to.equal('certain');
  });

  it('was put back by an hour finds a port, call after call: those of before have rested meanwhile', async () => {
    await open();
    put(-3_600_000);
    for (let call = 0; call < 55; call += 1) {
      const { sessionId } = await trunkline.click();
      await trunkline.pass(1_000);
      await trunkline.customerDesk.request(sessionId, { type: 'hang-up' });
      await trunkline.pass(4_000);
    }
    expect(await trunkline.eventsOf('PortLeased'), 'more than there are ports').to.have.length(55);
    expect(await trunkline.eventsOf('PoolExhausted')).to.deep.equal([]);
  });

  it('was put back by an hour is taken back from a phone that nobody answers', async () => {
    await open();
    await trunkline.pass(1_000);
    put(-3_600_000);
    await trunkline.click();
    await belief();
    await trunkline.until('somebody else may have it', () => trunkline.desktop(anna).state === 'not-ready');
    expect(await trunkline.eventsOf('AgentDidNotAnswer')).to.have.length(1);
  });

  it('is put forward stays certain', async () => {
    await open();
    await clickAndWait();
    put(3_600_000);
    expect((await belief())?.verdict).to.equal('certain');
    expect(await trunkline.eventsOf('ClockStepped')).to.have.length(1);
  });

  it('is put back while nothing runs is probable', async () => {
    await open();
    await clickAndWait();
    trunkline.kill();
    put(-60_000);
    trunkline = await startTrunkline(world);
    expect((await belief())?.verdict).to.equal('probable');
    expect(await trunkline.eventsOf('ClockStepped')).to.have.length(1);
  });
});

describe('an operator who defines a gateway that rests too briefly', () => {
  it('is told so, then and at each start', async () => {
    const world = newWorld();
    const first = await startTrunkline(world);
    const warnings = () => world.complaints.filter((each) => each.includes('rest too briefly'));
    expect(warnings()).to.deep.equal([]);
    const ports = [{ port: 1, ani: '+2975829901' as const }];
    const location = { latitude: 12.5, longitude: -70 };
    const data = {
      name: 'Hasty',
      location,
      pilotNumber: '+2975829900' as const,
      trunkGroup: 'aw-9',
      ports,
      quarantine: 10_999,
    };
    const target = gatewayId(platform, 'hasty');
    const command = { type: 'DefineGateway', target, at: world.clock.now(), data } as const;
    await first.commands.dispatch(command, { actor: 'operator' });
    await first.until('the operator is warned', () => warnings().length === 1);
    expect(warnings()[0]).to.include('"quarantineMs":10999,"neededMs":11001');
    await first.stop();
    const second = await startTrunkline(world);
    expect(warnings()).to.have.length(2);
    await second.stop();
  });
});
