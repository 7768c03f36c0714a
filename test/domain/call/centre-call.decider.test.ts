import { describe, it } from 'mocha';
import type { CallEvent } from '#domain/call/call.events.js';
import { instant } from '#domain/kernel/time.js';
import {
  anna,
  annasPhone,
  arrival,
  boris,
  borisPhone,
  certain,
  connected,
  given,
  happened,
  held,
  party,
  queued,
  reserved,
  ringing,
  tell,
  toBoris,
  unnamed,
} from './telling.js';

const at = (milliseconds: number) => instant(milliseconds);
const cleared = (cause: 'normal-clearing' | 'no-answer' | 'abandoned'): CallEvent =>
  happened('ConnectionCleared', { ...party.anna, cause });
const callCleared = happened('CallCleared', { cause: 'normal-clearing', side: 'centre' });
const over = [...connected, cleared('normal-clearing'), callCleared];
const toQueue = { ...arrival, correlation: certain, newContactId: unnamed };

describe('a call that arrives at a call centre', () => {
  it('is queued once, and bears the contact it was tied to from the first', () => {
    given()
      .when(tell('ReportQueued', toQueue))
      .thenHappened(...queued);
    given(...queued)
      .when(tell('ReportQueued', toQueue))
      .thenNothing();
    given(...over)
      .when(tell('ReportQueued', toQueue))
      .thenNothing();
  });

  it('rings at the agent it has been assigned to', () => {
    given(...queued)
      .when(tell('SelectRoute', party.anna))
      .thenHappened(happened('RouteSelected', party.anna));
    given(...reserved)
      .when(tell('ReportDelivered', { device: annasPhone }, 11_000))
      .thenHappened(happened('CallDelivered', { ...party.anna, hop: 1, at: at(11_000) }));
  });

  it('rings once, however often the switch says so, and at nobody who has not been selected', () => {
    given(...reserved)
      .when(tell('SelectRoute', party.anna))
      .thenNothing();
    given(...ringing)
      .when(tell('ReportDelivered', { device: annasPhone }))
      .thenNothing();
    given(...connected)
      .when(tell('ReportDelivered', { device: annasPhone }))
      .thenNothing();
    given(...reserved)
      .when(tell('ReportDelivered', { device: borisPhone }))
      .thenNothing();
  });

  it('is not sent to a second agent beside the first', () => {
    given(...ringing)
      .when(tell('SelectRoute', party.boris))
      .thenRejected('not-your-call');
    given(...connected)
      .when(tell('SelectRoute', party.boris))
      .thenRejected('not-your-call');
  });

  it('goes back to the queue when it is not answered, and counts its deliveries on', () => {
    const diverted = happened('CallDiverted', { ...party.anna, cause: 'no-answer' });
    const divert = tell('DivertToQueue', { agentId: anna, cause: 'no-answer' });
    given(...ringing)
      .when(divert)
      .thenHappened(diverted);
    given(...reserved)
      .when(divert)
      .thenHappened(diverted);
    given(...ringing, diverted)
      .when(divert)
      .thenNothing();
    given(...ringing, diverted, happened('RouteSelected', party.boris))
      .when(tell('ReportDelivered', { device: borisPhone }, 40_000))
      .thenHappened(happened('CallDelivered', { ...party.boris, hop: 2, at: at(40_000) }));
  });

  it('is not diverted from an agent who has just answered', () => {
    given(...connected)
      .when(tell('DivertToQueue', { agentId: anna, cause: 'no-answer' }))
      .thenNothing();
    given(...held)
      .when(tell('DivertToQueue', { agentId: anna, cause: 'no-answer' }))
      .thenNothing();
  });
});

describe('an answer', () => {
  const answered = happened('CallEstablished', party.anna);

  it('is recorded once', () => {
    given(...ringing)
      .when(tell('ReportEstablished', { device: annasPhone }))
      .thenHappened(answered);
    given(...connected)
      .when(tell('ReportEstablished', { device: annasPhone }))
      .thenNothing();
    given(...held)
      .when(tell('ReportEstablished', { device: annasPhone }))
      .thenNothing();
  });

  it('told before the ringing implies the ringing, and the late ringing is nothing new', () => {
    const rang = happened('CallDelivered', { ...party.anna, hop: 1, at: at(12_000) });
    given(...reserved)
      .when(tell('ReportEstablished', { device: annasPhone }, 12_000))
      .thenHappened(rang, answered);
    given(...reserved, rang, answered)
      .when(tell('ReportDelivered', { device: annasPhone }, 11_000))
      .thenNothing();
  });

  it('of a phone that is not named is that of the one phone that rings', () => {
    given(...ringing)
      .when(tell('ReportEstablished', {}))
      .thenHappened(answered);
    given(...connected)
      .when(tell('ReportEstablished', {}))
      .thenNothing();
  });

  it('of a phone that nobody sent the call to is of no use', () => {
    given(...ringing)
      .when(tell('ReportEstablished', { device: borisPhone }))
      .thenNothing();
    given()
      .when(tell('ReportEstablished', { device: annasPhone }))
      .thenNothing();
  });
});

describe('hold', () => {
  const heldAt = (time: number) => happened('CallHeld', { ...party.anna, at: at(time) });
  const retrievedAt = (time: number) => happened('CallRetrieved', { ...party.anna, at: at(time) });
  const hold = (time: number) => tell('ReportHeld', { device: annasPhone }, time);
  const retrieve = (time: number) => tell('ReportRetrieved', { device: annasPhone }, time);

  it('and retrieval are recorded in turn', () => {
    given(...connected)
      .when(hold(20_000))
      .thenHappened(heldAt(20_000));
    given(...held)
      .when(retrieve(21_000))
      .thenHappened(retrievedAt(21_000));
    given(...held, retrievedAt(21_000))
      .when(hold(22_000))
      .thenHappened(heldAt(22_000));
  });

  it('told twice is nothing new, also after the retrieval', () => {
    given(...held)
      .when(hold(20_000))
      .thenNothing();
    given(...held)
      .when(hold(20_500))
      .thenNothing();
    given(...held, retrievedAt(21_000))
      .when(hold(20_000))
      .thenNothing();
    given(...held, retrievedAt(21_000))
      .when(retrieve(21_000))
      .thenNothing();
  });

  it('is implied by a retrieval that is told first', () => {
    given(...connected)
      .when(retrieve(21_000))
      .thenHappened(heldAt(21_000), retrievedAt(21_000));
    given(...connected, heldAt(21_000), retrievedAt(21_000))
      .when(hold(20_000))
      .thenNothing();
  });

  it('implies the answer it comes before', () => {
    given(...ringing)
      .when(hold(20_000))
      .thenHappened(happened('CallEstablished', party.anna), heldAt(20_000));
  });

  it('of a phone that is not on the call is of no use', () => {
    given(...connected)
      .when(tell('ReportHeld', { device: borisPhone }))
      .thenNothing();
    given(...connected)
      .when(tell('ReportRetrieved', { device: borisPhone }))
      .thenNothing();
  });
});

describe('an agent', () => {
  const requests = [
    ['RequestAnswer', 'AnswerRequested', ringing, connected, 'call-is-not-alerting'],
    ['RequestHold', 'HoldRequested', connected, held, 'call-is-not-connected'],
    ['RequestRetrieve', 'RetrieveRequested', held, connected, 'call-is-not-held'],
    ['RequestClearConnection', 'ClearConnectionRequested', held, ringing, 'call-is-not-connected'],
  ] as const;

  for (const [request, asked, fitting, unfitting, otherwise] of requests) {
    const event = (time: number) => happened(asked, { ...party.anna, at: at(time) });

    it(`has ${asked} recorded when the call is such, and is told so when it is not`, () => {
      given(...fitting)
        .when(tell(request, { agentId: anna }, 30_000))
        .thenHappened(event(30_000));
      given(...unfitting)
        .when(tell(request, { agentId: anna }))
        .thenRejected(otherwise);
    });

    it(`who is impatient has ${asked} recorded once, and again when the switch has not done it`, () => {
      given(...fitting, event(30_000))
        .when(tell(request, { agentId: anna }, 32_999))
        .thenNothing();
      given(...fitting, event(30_000))
        .when(tell(request, { agentId: anna }, 10_000))
        .thenNothing();
      given(...fitting, event(30_000))
        .when(tell(request, { agentId: anna }, 33_000))
        .thenHappened(event(33_000));
    });

    it(`who is not on the call has no ${asked}`, () => {
      given(...fitting)
        .when(tell(request, { agentId: boris }))
        .thenRejected('not-your-call');
      given(...over)
        .when(tell(request, { agentId: anna }))
        .thenRejected('call-is-over');
      given()
        .when(tell(request, { agentId: anna }))
        .thenRejected('unknown-call');
    });
  }

  it('may hold and retrieve again at once', () => {
    const asked = happened('HoldRequested', { ...party.anna, at: at(19_000) });
    const retrieved = happened('CallRetrieved', { ...party.anna, at: at(20_100) });
    given(...connected, asked, happened('CallHeld', { ...party.anna, at: at(20_000) }), retrieved)
      .when(tell('RequestHold', { agentId: anna }, 20_200))
      .thenHappened(happened('HoldRequested', { ...party.anna, at: at(20_200) }));
  });

  it('keys digits towards the caller, twice the same if need be', () => {
    const keyed = happened('DigitsRequested', { ...party.anna, digits: '*76' });
    const key = (digits: string) => tell('RequestDigits', { agentId: anna, digits });
    given(...connected)
      .when(key('*76'))
      .thenHappened(keyed);
    given(...connected, keyed)
      .when(key('*76'))
      .thenHappened(keyed);
    for (const digits of ['', '7a', '٧', '1'.repeat(33), '7\n']) {
      given(...connected)
        .when(key(digits))
        .thenRejected('bad-digits');
    }
    given(...held)
      .when(key('*76'))
      .thenRejected('call-is-not-connected');
    given(...queued)
      .when(key('*76'))
      .thenRejected('not-your-call');
  });

  it('attaches data to the call', () => {
    const change = { changes: { size: '42' }, by: 'agent:anna' };
    const changed = happened('CallDataChanged', { ...change, version: 1 });
    given(...connected)
      .when(tell('ChangeCallData', change))
      .thenHappened(changed);
    given(...connected, changed)
      .when(tell('ChangeCallData', change))
      .thenNothing();
    given(...over)
      .when(tell('ChangeCallData', change))
      .thenRejected('call-is-over');
  });
});

describe('the end of a call at a centre', () => {
  const end = tell('ReportCallCleared', { cause: 'normal-clearing', side: 'centre' }, 50_000);

  it('frees everybody who was on it, rang or was waited for, each once', () => {
    given(...queued)
      .when(end)
      .thenHappened(callCleared);
    for (const history of [reserved, ringing, connected, held]) {
      given(...history)
        .when(end)
        .thenHappened(cleared('normal-clearing'), callCleared);
    }
    given(...connected, cleared('normal-clearing'))
      .when(end)
      .thenHappened(callCleared);
    given(...over)
      .when(end)
      .thenNothing();
  });

  it('may be a failure, and ends a transfer that was under way', () => {
    const failed = { cause: 'network-lost', side: 'centre' } as const;
    given(...connected, happened('TransferRequested', toBoris))
      .when(tell('ReportCallFailed', failed))
      .thenHappened(
        happened('TransferFailed', { transferId: 't-1', from: toBoris.from, to: toBoris.to, reason: 'caller-gone' }),
        happened('ConnectionCleared', { ...party.anna, cause: 'network-lost' }),
        happened('CallFailed', failed),
      );
  });

  it('told before the beginning is kept, so that the late beginning rings at nobody', () => {
    given().when(end).thenHappened(callCleared);
    given(callCleared).when(tell('ReportQueued', toQueue)).thenNothing();
    const failed = { cause: 'busy', side: 'centre' } as const;
    given().when(tell('ReportCallFailed', failed)).thenHappened(happened('CallFailed', failed));
    given(happened('CallFailed', failed)).when(tell('ReportQueued', toQueue)).thenNothing();
    given(callCleared)
      .when(tell('ReportCorrelation', { correlation: certain }))
      .thenNothing();
  });

  it('is not what the other side of the gateway reports', () => {
    given(...connected)
      .when(tell('ReportCallCleared', { cause: 'busy', side: 'gateway' }))
      .thenNothing();
    given(...connected)
      .when(tell('ReportNetworkReached', { trunkGroup: 'tg' }))
      .thenNothing();
    given(...connected)
      .when(tell('RequestClearCall', { by: 'agent', cause: 'busy' }))
      .thenRejected('unknown-call');
  });

  it('leaves nothing to divert, transfer or select', () => {
    given(...over)
      .when(tell('DivertToQueue', { agentId: anna, cause: 'no-answer' }))
      .thenNothing();
    given(...over)
      .when(tell('FailTransfer', { to: boris, reason: 'no-answer' }))
      .thenNothing();
    given(...over)
      .when(tell('SelectRoute', party.boris))
      .thenRejected('call-is-over');
    given(...over)
      .when(tell('ReportHeld', { device: annasPhone }))
      .thenNothing();
  });
});

describe('a connection', () => {
  const clear = (time: number) =>
    tell('ReportConnectionCleared', { device: annasPhone, cause: 'normal-clearing' }, time);

  it('is cleared once', () => {
    given(...connected)
      .when(clear(40_000))
      .thenHappened(cleared('normal-clearing'));
    given(...connected, cleared('normal-clearing'))
      .when(clear(40_000))
      .thenNothing();
    given(...queued)
      .when(clear(40_000))
      .thenNothing();
  });

  it('of an agent who is back on the call is not cleared by what was told of the first time', () => {
    const back = [
      ...connected,
      cleared('normal-clearing'),
      happened('RouteSelected', party.anna),
      happened('CallDelivered', { ...party.anna, hop: 2, at: at(60_000) }),
      happened('CallEstablished', party.anna),
    ];
    given(...back)
      .when(clear(40_000))
      .thenNothing();
    given(...back)
      .when(clear(60_001))
      .thenHappened(cleared('normal-clearing'));
  });

  it('of the caller is cleared once, and the agent still has the call until the switch says otherwise', () => {
    const callerGone = happened('ConnectionCleared', { cause: 'normal-clearing' });
    const report = tell('ReportConnectionCleared', { cause: 'normal-clearing' });
    given(...connected)
      .when(report)
      .thenHappened(callerGone);
    given(...connected, callerGone)
      .when(report)
      .thenNothing();
    given(...connected, callerGone)
      .when(clear(40_000))
      .thenHappened(cleared('normal-clearing'));
  });

  it('that is found again after a break is told once', () => {
    const found = { known: ['agents'], unknown: ['hold'] };
    given(...connected)
      .when(tell('ReportReconstructed', found))
      .thenHappened(happened('CallReconstructed', found));
    given(...connected, happened('CallReconstructed', found))
      .when(tell('ReportReconstructed', found))
      .thenNothing();
  });
});
