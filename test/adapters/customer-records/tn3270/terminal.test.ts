import { expect } from 'chai';
import { afterEach, before, describe, it } from 'mocha';
import { paint, textItem } from '#adapters/customer-records/tn3270/host/paint.js';
import { framed } from '#adapters/customer-records/tn3270/host/telnet-stream.js';
import { parseTerminalInput, type TerminalInput } from '#adapters/customer-records/tn3270/host/terminal-input.js';
import { printed, textAt, type Screen } from '#adapters/customer-records/tn3270/terminal/screen.js';
import type { Key, Terminal } from '#adapters/customer-records/tn3270/terminal/terminal.js';
import { TerminalFailure, type TerminalFault } from '#adapters/customer-records/tn3270/terminal/terminal-failure.js';
import { failureOf } from '#test/support/tn3270/failure.js';
import { skipWithout } from '#test/support/outside-service.js';
import { form, hostThat, terminalRoom } from '#test/support/tn3270/hosts.js';
import { missingEmulator } from '#test/support/tn3270/s3270.js';

const name = { row: 3, column: 11 };
const account = { row: 4, column: 11 };
const password = { row: 5, column: 11 };
const shows =
  (text: string) =>
  (screen: Screen): boolean =>
    printed(screen).includes(text);
const answer = paint([textItem(1, 2, 'FOUND')]);

const faultOf = async (asked: Promise<unknown>): Promise<TerminalFault> =>
  (await failureOf(asked, TerminalFailure)).fault;

describe('a terminal', () => {
  const room = terminalRoom();
  before(function () {
    skipWithout(this, missingEmulator());
  });
  afterEach(room.close);

  const atForm = async (onInput?: Parameters<typeof hostThat>[1]): Promise<Terminal> => {
    const terminal = await room.at(hostThat(form(), onInput));
    await terminal.until(shows('CUSTOMER LOOK-UP'), 5_000);
    return terminal;
  };

  const readingForm = async () => {
    const inputs: (TerminalInput | undefined)[] = [];
    const terminal = await atForm((host, _nth, record) => {
      inputs.push(parseTerminalInput(record));
      host.send(answer);
    });
    const send = async (key: Key = 'Enter'): Promise<TerminalInput | undefined> => {
      await terminal.press(key);
      await terminal.until(shows('FOUND'), 5_000);
      return inputs.at(-1);
    };
    return { terminal, send };
  };

  it('gives the host what is typed, letter by letter, whatever it would mean to the emulator', async () => {
    for (const text of ['")Query(', "O'Brien\\", '%s\\n$(id)', 'Müller é', '-1 ; , #']) {
      const { terminal, send } = await readingForm();
      await terminal.type(name, text);
      expect((await send())?.fields).to.deep.equal([{ cell: 2 * 80 + 10, text }]);
    }
  });

  it('types nothing that nobody can type', async () => {
    const { terminal, send } = await readingForm();
    for (const text of ['Rosa\nQuit()', 'a\u0007', 'tab\there', '\u202Eright']) {
      expect(await faultOf(terminal.type(name, text)), JSON.stringify(text)).to.equal('unprintable');
    }
    expect((await send())?.fields).to.deep.equal([]);
  });

  it('says so when the host has no such letter', async () => {
    const { terminal } = await readingForm();
    expect(await faultOf(terminal.type(name, '値段'))).to.equal('not-typed');
  });

  it('never lets a text flow into the next field', async () => {
    const { terminal } = await readingForm();
    await terminal.type(name, 'ten chars!');
    expect(await faultOf(terminal.type(name, 'eleven char'))).to.equal('field-too-short');
    expect(await faultOf(terminal.type({ row: 3, column: 15 }, 'seven c'))).to.equal('field-too-short');
  });

  it('puts no letters where digits belong, and nothing where nothing can be typed', async () => {
    const { terminal, send } = await readingForm();
    expect(await faultOf(terminal.type(account, '12a'))).to.equal('not-a-number');
    expect(await faultOf(terminal.type({ row: 1, column: 2 }, 'x'))).to.equal('no-field');
    expect(await faultOf(terminal.type({ row: 3, column: 10 }, 'x'))).to.equal('no-field');
    await terminal.type(account, '1204');
    expect((await send())?.fields).to.deep.equal([{ cell: 3 * 80 + 10, text: '1204' }]);
  });

  it('replaces what stood in the field', async () => {
    const { terminal, send } = await readingForm();
    await terminal.type(name, 'Rosalinda');
    await terminal.type(name, 'Rosa');
    expect((await send())?.fields.map(({ text }) => text)).to.deep.equal(['Rosa']);
  });

  it('sends a secret, and never shows it', async () => {
    const { terminal, send } = await readingForm();
    await terminal.type(password, 'canary77');
    const screen = await terminal.screen();
    expect(JSON.stringify(screen)).to.not.include('canary');
    expect(textAt(screen, password, 8)).to.equal('        ');
    expect((await send())?.fields.map(({ text }) => text)).to.deep.equal(['canary77']);
  });

  it('knows each key', async () => {
    for (const key of ['PF1', 'PF9', 'PF10', 'PF12', 'PF13', 'PF24', 'PA1', 'PA3', 'Clear'] as const) {
      const { send } = await readingForm();
      expect((await send(key))?.key).to.equal(key);
    }
    const { terminal } = await readingForm();
    expect(await faultOf(terminal.press('PF25'))).to.equal('refused');
    expect(await faultOf(terminal.press('Enter() Quit' as Key))).to.equal('refused');
  });

  it('does not type while the host thinks, and waits no longer than it was told to', async () => {
    const terminal = await atForm();
    await terminal.press('Enter');
    expect(await faultOf(terminal.type(name, 'Rosa'))).to.equal('keyboard-locked');
    expect(await faultOf(terminal.press('Enter'))).to.equal('keyboard-locked');
    expect(await faultOf(terminal.until(() => true, 300))).to.equal('not-expected');
    expect(printed(await terminal.screen()), 'it can still be looked at').to.include('CUSTOMER LOOK-UP');
  });

  it('is not taken in by a keyboard that is freed before the screen is painted', async () => {
    const terminal = await atForm((host) => {
      host.send(paint([textItem(1, 2, 'PLEASE WAIT')]));
      setTimeout(() => {
        host.send(paint([textItem(1, 2, 'FOU')], { locked: true }));
        setTimeout(() => {
          host.send(paint([textItem(1, 2, 'FOUND')], { over: true }));
        }, 60);
      }, 60);
    });
    await terminal.press('Enter');
    expect(printed(await terminal.until(shows('FOUND'), 5_000))).to.include('FOUND');
  });

  it('tells when another screen comes than was expected', async () => {
    const terminal = await atForm((host) => {
      host.send(paint([textItem(1, 2, 'REGION CLOSED')]));
    });
    await terminal.press('Enter');
    expect(await faultOf(terminal.until(shows('FOUND'), 300))).to.equal('not-expected');
  });

  it('tells when the host has gone in the middle, though the emulator says that all is well', async () => {
    const terminal = await atForm((host) => {
      host.close();
    });
    await terminal.press('Enter');
    expect(await faultOf(terminal.until(shows('CUSTOMER'), 5_000))).to.equal('not-connected');
    expect(await faultOf(terminal.screen())).to.equal('not-connected');
  });

  it('puts a screen together from whatever pieces it comes in', async () => {
    const whole = framed(answer);
    const terminal = await atForm((host) => {
      for (const [index, byte] of whole.entries()) {
        setTimeout(() => {
          host.sendRaw(Uint8Array.of(byte));
        }, index);
      }
    });
    await terminal.press('Enter');
    await terminal.until(shows('FOUND'), 5_000);
  });

  it('takes text anywhere on a screen that has no fields', async () => {
    const inputs: string[] = [];
    const terminal = await room.at(
      hostThat(paint([]), (host, _nth, record) => {
        inputs.push(Buffer.from(record).toString('hex'));
        host.send(answer);
      }),
    );
    await terminal.until(({ formatted }) => !formatted, 5_000);
    await terminal.type({ row: 1, column: 1 }, 'logon');
    await terminal.press('Enter');
    await terminal.until(shows('FOUND'), 5_000);
    expect(inputs[0]).to.match(/9396879695$/);
  });
});
