import { describe, it } from 'mocha';
import type { KeyedChannel } from '#domain/call/call.commands.js';
import type { CallEvent, DigitsDetector, DigitsSide } from '#domain/call/call.events.js';
import { instant } from '#domain/kernel/time.js';
import type { DtmfEntry } from '#domain/merchant/merchant.events.js';
import { anna, ask, boris, given, happened, talking } from './telling.js';

const table: readonly DtmfEntry[] = [
  { code: '*76', label: 'Shoes', action: { kind: 'page', origin: 'https://shop.example', path: '/shoes' } },
  { code: '*22', label: 'Louder', action: { kind: 'media', setting: 'volume', changePercent: 20 } },
  { code: '*2', label: 'Help', action: { kind: 'page', origin: 'https://shop.example', path: '/help' } },
];
const annasChannel: KeyedChannel = { code: '47', agentId: anna, onThisCall: true };
const borisChannel: KeyedChannel = { code: '58', agentId: boris, onThisCall: false };
const channels = [annasChannel, borisChannel];

type Keyed = Readonly<{ from?: DigitsSide; by?: DigitsDetector; channels?: readonly KeyedChannel[] }>;

const key = (
  digits: string,
  at: number,
  { from = 'agent-side', by = 'rfc4733', channels: there = channels }: Keyed = {},
) => ask('ReportDigits', { from, digits, by, table, tableVersion: 7, channels: there }, at);
const heard = (digits: string, at: number, pending: string, by: DigitsDetector = 'rfc4733'): CallEvent =>
  happened('DigitsReceived', { from: 'agent-side', digits, by, at: instant(at), pending });
const command = ({ code, label, action }: DtmfEntry): CallEvent =>
  happened('DtmfCommandRecognised', { code, label, tableVersion: 7, action, agentId: anna });
const [shoes, louder, help] = table as [DtmfEntry, DtmfEntry, DtmfEntry];
const refused = (
  code: string,
  reason: 'unknown-code' | 'not-in-a-call' | 'agent-not-on-this-call' | 'too-many-tries',
) => happened('DtmfCommandRefused', { code, reason });
const joined = (agentId: typeof anna, code: string) => happened('ChannelJoined', { agentId, code, by: 'dtmf' });

describe('an agent who keys *76', () => {
  it('has the page of the table shown, with the version of the table', () => {
    given(...talking)
      .when(key('*76', 100))
      .thenHappened(heard('*76', 100, ''), command(shoes));
  });

  it('may key it digit by digit', () => {
    given(...talking)
      .when(key('*', 100))
      .thenHappened(heard('*', 100, '*'));
    given(...talking, heard('*', 100, '*'))
      .when(key('7', 900))
      .thenHappened(heard('7', 900, '*7'));
    given(...talking, heard('*', 100, '*'), heard('7', 900, '*7'))
      .when(key('6', 1_800))
      .thenHappened(heard('6', 1_800, ''), command(shoes));
  });

  it('keys another code after a pause', () => {
    given(...talking, heard('*7', 100, '*7'))
      .when(key('*22', 3_100))
      .thenHappened(heard('*22', 3_100, ''), refused('*7', 'unknown-code'), command(louder));
  });

  it('is not named when more than one agent is there', () => {
    const { agentId: _unnamed, ...data } = command(shoes).data as { agentId: string };
    const both = [annasChannel, { ...borisChannel, onThisCall: true }];
    given(...talking)
      .when(key('*76', 100, { channels: both }))
      .thenHappened(heard('*76', 100, ''), { type: 'DtmfCommandRecognised', data } as CallEvent);
  });

  it('is heard once, though the report comes twice', () => {
    given(...talking, heard('*', 100, '*'))
      .when(key('*', 100))
      .thenNothing();
    given(...talking, heard('*', 100, '*'), heard('7', 900, '*7'))
      .when(key('*', 100))
      .thenNothing();
    given(...talking, heard('*', 100, '*'))
      .when(key('*', 101))
      .thenHappened(heard('*', 101, '*'), refused('*', 'unknown-code'));
  });

  it('has *2 understood when the pause after it is over, and a look before that is nothing', () => {
    given(...talking)
      .when(key('*2', 100))
      .thenHappened(heard('*2', 100, '*2'));
    given(...talking, heard('*2', 100, '*2'))
      .when(key('', 3_099))
      .thenNothing();
    given(...talking, heard('*2', 100, '*2'))
      .when(key('', 3_100, { by: 'terminal' }))
      .thenHappened(heard('', 3_100, '', 'terminal'), command(help));
    given(...talking, heard('*2', 100, '*2'), heard('', 3_100, ''), command(help))
      .when(key('', 3_400))
      .thenNothing();
  });
});

describe('digits of a caller', () => {
  it('are recorded and never command anything', () => {
    const spoken = happened('DigitsReceived', { from: 'caller-side', digits: '*76', by: 'rfc4733', at: instant(100) });
    given(...talking)
      .when(key('*76', 100, { from: 'caller-side' }))
      .thenHappened(spoken);
    given(...talking, spoken)
      .when(key('*76', 100, { from: 'caller-side' }))
      .thenNothing();
    given(...talking)
      .when(key('', 100, { from: 'caller-side' }))
      .thenNothing();
  });

  it('do not finish what the agent has begun', () => {
    const spoken = happened('DigitsReceived', { from: 'caller-side', digits: '6', by: 'rfc4733', at: instant(200) });
    given(...talking, heard('*7', 100, '*7'))
      .when(key('6', 200, { from: 'caller-side' }))
      .thenHappened(spoken);
    given(...talking, heard('*7', 100, '*7'), spoken)
      .when(key('6', 300))
      .thenHappened(heard('6', 300, ''), command(shoes));
  });
});

describe('a tone that two detectors hear', () => {
  it('counts once: the signalled one is believed, the one heard in the voice is recorded', () => {
    given(...talking, heard('*', 100, '*'))
      .when(key('*', 130, { by: 'inband' }))
      .thenHappened(heard('*', 130, '*', 'inband'));
    given(...talking, heard('*', 100, '*'), heard('*', 130, '*', 'inband'))
      .when(key('76', 200))
      .thenHappened(heard('76', 200, ''), command(shoes));
  });

  it('counts once also when the voice was first', () => {
    given(...talking, heard('*', 100, '*', 'inband'))
      .when(key('*', 130))
      .thenHappened(heard('*', 130, '*'));
    given(...talking, heard('*', 100, '*', 'inband'), heard('*', 130, '*'))
      .when(key('7', 150, { by: 'inband' }))
      .thenHappened(heard('7', 150, '*', 'inband'));
  });

  it('is believed from the voice where nothing is signalled', () => {
    given(...talking)
      .when(key('*76', 100, { by: 'inband' }))
      .thenHappened(heard('*76', 100, '', 'inband'), command(shoes));
  });
});

describe('a channel code', () => {
  it('keyed by the agent on the call brings the customer into that channel', () => {
    given(...talking)
      .when(key('47', 100))
      .thenHappened(heard('47', 100, ''), joined(anna, '47'));
  });

  it('keyed again changes nothing, and the next code is understood', () => {
    given(...talking, heard('47', 100, ''), joined(anna, '47'))
      .when(key('47', 500))
      .thenHappened(heard('47', 500, ''));
    given(...talking, heard('47', 100, ''), joined(anna, '47'), heard('47', 500, ''))
      .when(key('*76', 900))
      .thenHappened(heard('*76', 900, ''), command(shoes));
  });

  it('of the next agent takes the customer from one channel to the other', () => {
    const nowBoris = [
      { ...annasChannel, onThisCall: false },
      { ...borisChannel, onThisCall: true },
    ];
    given(...talking, joined(anna, '47'))
      .when(key('58', 900, { channels: nowBoris }))
      .thenHappened(heard('58', 900, ''), happened('ChannelClosed', { agentId: anna }), joined(boris, '58'));
    const both = [annasChannel, { ...borisChannel, onThisCall: true }];
    given(...talking)
      .when(key('4758', 900, { channels: both }))
      .thenHappened(
        heard('4758', 900, ''),
        joined(anna, '47'),
        happened('ChannelClosed', { agentId: anna }),
        joined(boris, '58'),
      );
  });

  it('of an agent who is on another call joins nobody', () => {
    given(...talking)
      .when(key('58', 100))
      .thenHappened(heard('58', 100, ''), refused('58', 'agent-not-on-this-call'));
  });

  it('that told whose call it is brings the customer in once that is known, and not into a call that ends', () => {
    const join = ask('JoinChannel', { agentId: boris, code: '58' });
    given(...talking)
      .when(join)
      .thenHappened(joined(boris, '58'));
    given(...talking, joined(boris, '58'))
      .when(join)
      .thenNothing();
    given(...talking, joined(anna, '47'))
      .when(join)
      .thenHappened(happened('ChannelClosed', { agentId: anna }), joined(boris, '58'));
    given(...talking, happened('ClearCallRequested', { by: 'customer', cause: 'window-closed' }))
      .when(join)
      .thenNothing();
    given(...talking, happened('CallCleared', { cause: 'normal-clearing', side: 'gateway' }))
      .when(join)
      .thenNothing();
    given().when(join).thenRejected('unknown-call');
  });

  it('is not found by trying: five wrong ones silence the call', () => {
    const tries = [0, 1, 2, 3, 4].flatMap((nth) => [
      heard('99', 100 + nth, ''),
      refused('99', nth === 2 ? 'agent-not-on-this-call' : 'unknown-code'),
    ]);
    given(...talking, ...tries.slice(2))
      .when(key('47', 900))
      .thenHappened(heard('47', 900, ''), joined(anna, '47'));
    given(...talking, ...tries)
      .when(key('47', 900))
      .thenHappened(heard('47', 900, ''), refused('47', 'too-many-tries'));
  });
});

describe('digits at the end of a call', () => {
  it('command nothing once the call is to be cleared', () => {
    const leaving = [...talking, happened('ClearCallRequested', { by: 'customer', cause: 'window-closed' })];
    given(...leaving)
      .when(key('*76', 100))
      .thenHappened(heard('*76', 100, ''), refused('*76', 'not-in-a-call'));
    given(...leaving)
      .when(key('47', 100))
      .thenHappened(heard('47', 100, ''), refused('47', 'not-in-a-call'));
  });

  it('are nothing after it', () => {
    given(...talking, happened('CallCleared', { cause: 'normal-clearing', side: 'gateway' }))
      .when(key('*76', 100))
      .thenNothing();
  });
});

describe('a customer and an agent in a channel', () => {
  const inChannel = [...talking, joined(anna, '47')];
  const fromAgent = { messageId: 'm-1', from: 'agent', agentId: anna, text: 'Which size?' } as const;
  const fromCustomer = { messageId: 'm-2', from: 'customer', text: '42' } as const;

  it('write to each other, each line once', () => {
    const sent = happened('ChannelMessageSent', fromAgent);
    given(...inChannel)
      .when(ask('SendChannelMessage', fromAgent))
      .thenHappened(sent);
    given(...inChannel, sent)
      .when(ask('SendChannelMessage', fromAgent))
      .thenNothing();
    given(...inChannel, sent)
      .when(ask('SendChannelMessage', fromCustomer))
      .thenHappened(happened('ChannelMessageSent', { ...fromCustomer, agentId: anna }));
  });

  it('are the only ones who can', () => {
    given(...talking)
      .when(ask('SendChannelMessage', fromCustomer))
      .thenRejected('not-in-a-channel');
    given(...inChannel)
      .when(ask('SendChannelMessage', { ...fromAgent, agentId: boris }))
      .thenRejected('not-in-a-channel');
    given().when(ask('SendChannelMessage', fromCustomer)).thenRejected('unknown-call');
  });

  it('write something, and not more than 2 000 characters at once', () => {
    const say = (text: string) => given(...inChannel).when(ask('SendChannelMessage', { ...fromCustomer, text }));
    say(' \n').thenRejected('empty-message');
    say('x'.repeat(2_001)).thenRejected('message-too-long');
    const longest = 'x'.repeat(2_000);
    say(longest).thenHappened(
      happened('ChannelMessageSent', { messageId: 'm-2', from: 'customer', agentId: anna, text: longest }),
    );
  });

  it('part when the call ends, whichever way', () => {
    const closed = happened('ChannelClosed', { agentId: anna });
    for (const [report, end] of [
      ['ReportCallCleared', 'CallCleared'],
      ['ReportCallFailed', 'CallFailed'],
    ] as const) {
      const data = { cause: 'network-lost', side: 'gateway' } as const;
      given(...inChannel)
        .when(ask(report, data))
        .thenHappened(closed, happened(end, data));
      given(...inChannel, closed, happened(end, data))
        .when(ask('SendChannelMessage', fromCustomer))
        .thenRejected('call-is-over');
    }
  });
});
