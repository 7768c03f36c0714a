import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { afterEach, before, describe, it } from 'mocha';
import type { DemoMainframeSettings } from '#adapters/customer-records/tn3270/demo/demo-mainframe.js';
import { demoMainframe } from '#adapters/customer-records/tn3270/demo/demo-mainframe.js';
import type { Guest } from '#adapters/customer-records/tn3270/demo/reservations.screens.js';
import { loadScreenMap } from '#adapters/customer-records/tn3270/map/load-screen-map.js';
import { MappedSession, type PassedScreen } from '#adapters/customer-records/tn3270/map/mapped-session.js';
import { ScreenMapFailure } from '#adapters/customer-records/tn3270/map/screen-map-failure.js';
import type { ScreenMap } from '#adapters/customer-records/tn3270/map/screen-map.schema.js';
import { openTerminal, type Terminal } from '#adapters/customer-records/tn3270/terminal/terminal.js';
import { projectRoot } from '#test/architecture/project.js';
import { skipWithout } from '#test/support/outside-service.js';
import { failureOf } from '#test/support/tn3270/failure.js';
import { emulator, missingEmulator } from '#test/support/tn3270/s3270.js';

const mapOfDemo = loadScreenMap(readFileSync(join(projectRoot, 'config/opening-data/demo-mainframe.yaml'), 'utf8'));
const logOn = { user: 'AGENT1', password: 'canary77' };

const guest = (account: string, phone: string, more: Partial<Guest> = {}): Guest => ({
  account,
  phone,
  name: `GUEST ${account}`,
  city: 'ORANJESTAD',
  status: 'ACTIVE',
  lastOrder: 'REEF WALKER 42',
  remark: '',
  ...more,
});

describe('an application of a mainframe, by its map', () => {
  const closing: (() => Promise<void>)[] = [];
  before(function () {
    skipWithout(this, missingEmulator());
  });
  afterEach(async () => {
    for (const close of closing.splice(0)) await close();
  });

  const book = (...guests: readonly Guest[]) => new Map(guests.map((each) => [each.account, each]));

  const atDesk = async (
    settings: Partial<DemoMainframeSettings> = {},
    map: ScreenMap = mapOfDemo,
    through: (terminal: Terminal) => Terminal = (terminal) => terminal,
  ) => {
    const guests = settings.guests ?? book(guest('10001', '5551001', { remark: 'LIKES SAND' }));
    const host = demoMainframe({ users: new Map([[logOn.user, logOn.password]]), guests, ...settings });
    const port = await host.listen(0, '127.0.0.1');
    const common = { emulator, host: '127.0.0.1', port, tls: 'off', model: '2', codePage: 'cp037' } as const;
    const terminal = await openTerminal(common, 5_000);
    closing.unshift(() => terminal.close(), host.close);
    const passed: PassedScreen[] = [];
    const session = new MappedSession({
      terminal: through(terminal),
      map,
      logOn,
      onPassed: (screen) => void passed.push(screen),
    });
    return { session, passed, guests, terminal, host };
  };

  it('is logged on to, walked through and asked for a guest by phone', async () => {
    const { session, passed } = await atDesk();
    expect(await session.run('lookup', { phone: '5551001' })).to.deep.equal({
      screen: 'guest',
      values: {
        account: '10001',
        name: 'GUEST 10001',
        phone: '5551001',
        city: 'ORANJESTAD',
        status: 'ACTIVE',
        'last-order': 'REEF WALKER 42',
        remark: 'LIKES SAND',
      },
    });
    expect(passed.map(({ id }) => id)).to.deep.equal(['log-on', 'menu', 'search', 'guest']);
  });

  it('is asked again from where the last question ended', async () => {
    const { session, passed } = await atDesk({ guests: book(guest('10001', '5551001'), guest('10002', '5551002')) });
    await session.run('lookup', { phone: '5551001' });
    passed.length = 0;
    expect((await session.run('lookup', { phone: '5551002' })).values['account']).to.equal('10002');
    expect(passed.map(({ id }) => id)).to.deep.equal(['guest', 'search', 'guest']);
  });

  it('answers with all whom a number may mean, page after page', async () => {
    const many = Array.from({ length: 23 }, (_, index) => guest(String(20_000 + index), '5559999'));
    const { session } = await atDesk({ guests: book(...many) });
    const { screen, rows } = await session.run('lookup', { phone: '5559999' });
    expect(screen).to.equal('several');
    expect(rows?.map(({ account }) => account)).to.deep.equal(many.map(({ account }) => account));
    expect(rows?.[0]).to.deep.equal({ account: '20000', name: 'GUEST 20000', city: 'ORANJESTAD' });
  });

  it('puts up with a host that frees the keyboard early, paints in two goes and sends messages in between', async () => {
    const { session, passed } = await atDesk({ nasty: true });
    for (let nth = 0; nth < 3; nth += 1) {
      expect((await session.run('lookup', { phone: '5551001' })).values['name']).to.equal('GUEST 10001');
    }
    expect(passed.map(({ id }) => id)).to.include('broadcast');
  });

  it('says at once what the host has said, by the name that the map gives it', async () => {
    const { session } = await atDesk();
    const began = performance.now();
    const failure = await failureOf(session.run('lookup', { phone: '404' }), ScreenMapFailure);
    expect([failure.fault, failure.error]).to.deep.equal(['application', { code: 'not-found', retry: false }]);
    expect(performance.now() - began).to.be.below(mapOfDemo.host.within);
    expect((await session.run('lookup', { phone: '5551001' })).screen, 'and goes on').to.equal('guest');
  });

  it('is not logged on to with a wrong password, and never shows one', async () => {
    const { session, passed } = await atDesk({ users: new Map([[logOn.user, 'another']]) });
    const failure = await failureOf(session.run('lookup', { phone: '5551001' }), ScreenMapFailure);
    expect(failure.error?.code).to.equal('log-on-refused');
    expect(JSON.stringify([failure.message, passed])).to.not.include(logOn.password);
  });

  it('is given nothing that does not fit', async () => {
    const { session } = await atDesk();
    for (const phone of ['12345678901234567', 'letters', '1")Quit(']) {
      expect((await failureOf(session.run('lookup', { phone }), ScreenMapFailure)).fault, phone).to.equal('bad-input');
    }
    expect((await failureOf(session.run('lookup', {}), ScreenMapFailure)).fault).to.equal('bad-input');
    expect((await failureOf(session.run('drop-all', {}), ScreenMapFailure)).fault).to.equal('bad-input');
    expect((await session.run('lookup', { phone: '5551001' })).screen).to.equal('guest');
  });

  it('keeps a remark, and has it confirmed', async () => {
    const { session, guests } = await atDesk();
    const remark = `O'Brien said "no" & left`;
    expect((await session.run('save-remark', { account: '10001', remark })).values).to.deep.equal({ remark });
    expect(guests.get('10001')?.remark).to.equal(remark);
  });

  it('is told when a write was turned down: then nothing is in doubt', async () => {
    const { session } = await atDesk({ guests: book(guest('10001', '5551001', { status: 'BLOCKED' })) });
    const failure = await failureOf(session.run('save-remark', { account: '10001', remark: 'x' }), ScreenMapFailure);
    expect([failure.fault, failure.error?.code]).to.deep.equal(['application', 'blocked']);
  });

  it('leaves a write in doubt when the host goes after the key was pressed, and only then', async () => {
    let writes = 0;
    const { session, guests, host } = await atDesk({ thinking: 60 }, mapOfDemo, (terminal) => ({
      ...terminal,
      screen: () => terminal.screen(),
      until: (isExpected, within) => terminal.until(isExpected, within),
      type: async (place, text) => {
        if (text === 'DOUBTFUL') writes += 1;
        await terminal.type(place, text);
      },
      press: async (key) => {
        await terminal.press(key);
        if (writes === 1) setTimeout(() => void host.close(), 20);
      },
      close: () => terminal.close(),
    }));
    const failure = await failureOf(
      session.run('save-remark', { account: '10001', remark: 'DOUBTFUL' }),
      ScreenMapFailure,
    );
    expect(failure.fault).to.equal('in-doubt');
    expect(failure.message).to.not.include('DOUBTFUL');
    expect(guests.get('10001')?.remark, 'here it was not done').to.equal('LIKES SAND');
  });

  it('is lost, and says where, when the host shows what nobody expects', async () => {
    const { menu, ...others } = mapOfDemo.screens;
    const stranger = { ...mapOfDemo, screens: others, host: { ...mapOfDemo.host, within: 300 } };
    expect(menu).to.not.equal(undefined);
    const { session } = await atDesk({}, stranger);
    const failure = await failureOf(session.run('lookup', { phone: '5551001' }), ScreenMapFailure);
    expect(failure.fault).to.equal('lost');
    expect(failure.message).to.match(/a screen that the map does not know instead of menu/);
  });

  it('blames the map when two of its screens are the same', async () => {
    const twin = { ...mapOfDemo.screens, 'menu-too': mapOfDemo.screens['menu'] } as ScreenMap['screens'];
    const { session } = await atDesk({}, { ...mapOfDemo, screens: twin });
    const failure = await failureOf(session.run('lookup', { phone: '5551001' }), ScreenMapFailure);
    expect([failure.fault, failure.message]).to.deep.equal([
      'ambiguous',
      'the map takes one screen for menu and for menu-too',
    ]);
  });

  it('blames the map when a field does not hold what it says', async () => {
    const { session } = await atDesk({ guests: book(guest('10001', '5551001', { status: 'ODD' as 'ACTIVE' })) });
    expect((await failureOf(session.run('lookup', { phone: '5551001' }), ScreenMapFailure)).fault).to.equal(
      'bad-answer',
    );
  });
});
