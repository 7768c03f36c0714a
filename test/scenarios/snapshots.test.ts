import { copyFile, readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { readWholeLog } from '#test/support/read-on.js';
import { startProduct, type Product } from '#test/support/product.js';
import { temporarySnapshots } from '#test/support/temporary-snapshots.js';
import { anna, newWorld, startTrunkline, type Click, type TestTrunkline, type World } from '#test/support/trunkline.js';

type Health = Readonly<{ ready: boolean; position: number }>;

const until = async (what: string, holds: () => Promise<boolean>): Promise<void> => {
  const patience = Date.now() + 60_000;
  while (!(await holds())) {
    if (Date.now() > patience) throw new Error(`waited in vain until ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};

describe('the product and its snapshots', function () {
  this.timeout(120_000);
  let product: Product;
  const directory = (): string => join(product.data, 'snapshots');
  const kept = async (): Promise<readonly string[]> => (await readdir(directory())).sort();
  const health = async (): Promise<Health> => (await (await fetch(`${product.url}/healthz`)).json()) as Health;
  let clicks = 0;
  /** A customer clicks, and goes away again: the whole of a short call. */
  const click = async (): Promise<void> => {
    clicks += 1;
    const answer = await fetch(`${product.url}/v1/clicks`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: product.shopUrl },
      body: JSON.stringify({
        clickKey: `snapshots-test-${clicks}`,
        icon: { link: 'link-palm-pier.shoes' },
        origin: product.shopUrl,
        context: { page: { url: `${product.shopUrl}/`, title: 'Shop', at: Date.now() } },
      }),
    });
    expect(answer.status, await answer.clone().text()).to.equal(201);
  };
  /** So many calls that snapshots have been taken. */
  const manyCalls = async (): Promise<void> => {
    const { position } = await health();
    for (let call = 0; call < 40; call += 1) await click();
    await until('the calls are under way', async () => (await health()).position > position + 300);
  };
  beforeEach(async () => {
    product = await startProduct({ TRUNKLINE_SNAPSHOT_EVERY: '100', TRUNKLINE_CUSTOMER_GONE_AFTER: '500' });
  });
  afterEach(async () => {
    await product.stop();
    await product.remove();
  });

  it('keeps two while it runs, and goes on from one after it was killed', async () => {
    await manyCalls();
    await until('there are two', async () => (await kept()).filter((name) => name.endsWith('.snapshot')).length === 2);
    await product.kill();
    await product.startAgain();
    expect((await health()).ready).to.equal(true);
    await manyCalls();
  });

  it('goes on when all that it has kept is damaged, of another place, half written or gone', async () => {
    await manyCalls();
    await product.stop();
    const [first = '', second = ''] = await kept();
    const whole = await readFile(join(directory(), second));
    await copyFile(join(directory(), first), join(directory(), '999999.snapshot'));
    await writeFile(join(directory(), first), whole.fill(7, 100, 120));
    await writeFile(join(directory(), second), whole.subarray(0, 200));
    await writeFile(join(directory(), '77.snapshot.draft'), 'half');
    await product.startAgain();
    expect((await health()).ready).to.equal(true);
    await manyCalls();
  });
});

describe('a product that starts with a snapshot', () => {
  let snapshots: ReturnType<typeof temporarySnapshots>;
  beforeEach(() => {
    snapshots = temporarySnapshots();
  });
  afterEach(() => {
    snapshots.remove();
  });

  /** A world that tells which snapshots were loaded. */
  const observedWorld = (): Readonly<{ world: World; loaded: number[] }> => {
    const loaded: number[] = [];
    const load = (position: number): ReturnType<typeof snapshots.load> => {
      loaded.push(position);
      return snapshots.load(position);
    };
    return { world: newWorld({ snapshots: { ...snapshots, load } }), loaded };
  };
  const talking = async (it: TestTrunkline): Promise<Click> => {
    const click = await it.click();
    it.customerDesk.present(click.sessionId);
    await it.until('her phone rings', () => it.desktop(anna).contact?.pop === 'offered');
    await it.ask(anna, { type: 'answer' });
    await it.until('they talk', () => it.window(click.sessionId).state === 'talking');
    return click;
  };
  const wrappedUp = async (it: TestTrunkline, { sessionId }: Click): Promise<void> => {
    it.customerDesk.present(sessionId);
    await it.ask(anna, { type: 'clear' });
    await it.until('she wraps up', () => it.desktop(anna).state === 'working-after-call');
    await it.ask(anna, { type: 'ready' });
    await it.pass(1_000);
  };
  const expectAsRebuilt = async (world: World, it: TestTrunkline): Promise<void> => {
    const rebuilt = await readWholeLog(world.store.events);
    const plain = (view: object): object => ({ ...view, changed: undefined, justEnded: undefined });
    for (const name of Object.keys(rebuilt.folds) as (keyof typeof rebuilt.folds)[]) {
      expect(plain(rebuilt.folds[name]), name).to.deep.equal(plain(it.views.folds[name]));
    }
  };

  it('stopped or killed in mid-call goes on with the call, and knows what the whole log says', async () => {
    for (const [way, end] of [
      ['stopped', (it: TestTrunkline) => it.stop()],
      [
        'killed',
        async (it: TestTrunkline) => {
          it.kill();
        },
      ],
    ] as const) {
      await snapshots.forgetBefore(Infinity);
      const { world, loaded } = observedWorld();
      const first = await startTrunkline(world);
      await first.agentReady(anna);
      for (let call = 0; call < 2; call += 1) await wrappedUp(first, await talking(first));
      const click = await talking(first);
      await first.pass(1_000);
      await until('a snapshot is kept', async () => way === 'stopped' || (await snapshots.kept()).length > 0);
      await end(first);
      const [newest] = await snapshots.kept();

      const second = await startTrunkline(world);
      expect(loaded, way).to.deep.equal([newest]);
      expect(world.complaints, way).to.deep.equal([]);
      await wrappedUp(second, click);
      await wrappedUp(second, await talking(second));
      expect([...second.views.queries.calls.all()], way).to.deep.equal([]);
      await expectAsRebuilt(world, second);
      await second.stop();
    }
  });
});
