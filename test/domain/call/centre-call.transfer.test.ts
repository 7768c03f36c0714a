import { describe, it } from 'mocha';
import { instant } from '#domain/kernel/time.js';
import {
  anna,
  annasPhone,
  boris,
  borisPhone,
  clara,
  clarasPhone,
  connected,
  given,
  happened,
  held,
  party,
  queued,
  ringing,
  ringingAtBoris,
  tell,
  toBoris,
  transferring,
} from './telling.js';

const answeredByBoris = [...ringingAtBoris, happened('CallEstablished', party.boris)];
const transferred = happened('CallTransferred', { from: anna, to: boris });
const annaLeaves = happened('ConnectionCleared', { ...party.anna, cause: 'transferred' });
const handedOn = [...answeredByBoris, transferred, annaLeaves];
const report = tell('ReportTransferred', { from: annasPhone, to: borisPhone }, 32_000);
const failed = (reason: 'no-answer' | 'agent-not-ready' | 'refused-by-switch' | 'caller-gone') =>
  happened('TransferFailed', { transferId: 't-1', from: anna, to: boris, reason });

describe('an agent who hands a call on', () => {
  it('asks once, and for one colleague at a time', () => {
    given(...connected)
      .when(tell('RequestTransfer', toBoris))
      .thenHappened(happened('TransferRequested', toBoris));
    given(...transferring)
      .when(tell('RequestTransfer', toBoris))
      .thenNothing();
    given(...transferring)
      .when(tell('RequestTransfer', { ...toBoris, transferId: 't-2', to: clara }))
      .thenRejected('already-transferring');
  });

  it('must be the one who talks, and not hand it to the same agent', () => {
    given(...ringing)
      .when(tell('RequestTransfer', toBoris))
      .thenRejected('call-is-not-connected');
    given(...held)
      .when(tell('RequestTransfer', toBoris))
      .thenRejected('call-is-not-connected');
    given(...queued)
      .when(tell('RequestTransfer', toBoris))
      .thenRejected('not-your-call');
    given(...connected)
      .when(tell('RequestTransfer', { ...toBoris, from: clara }))
      .thenRejected('not-your-call');
    given(...connected)
      .when(tell('RequestTransfer', { ...toBoris, to: anna }))
      .thenRejected('cannot-transfer-to-yourself');
  });

  it('has it ring at that colleague and at nobody else', () => {
    given(...transferring)
      .when(tell('SelectRoute', party.boris))
      .thenHappened(happened('RouteSelected', party.boris));
    given(...transferring)
      .when(tell('SelectRoute', party.clara))
      .thenRejected('not-your-call');
    given(...transferring, happened('RouteSelected', party.boris))
      .when(tell('ReportDelivered', { device: borisPhone }, 31_000))
      .thenHappened(happened('CallDelivered', { ...party.boris, hop: 2, at: instant(31_000) }));
  });

  it('is off the call when the colleague has it', () => {
    given(...answeredByBoris)
      .when(report)
      .thenHappened(transferred, annaLeaves);
    given(...handedOn)
      .when(report)
      .thenNothing();
    given(...handedOn)
      .when(tell('ReportConnectionCleared', { device: annasPhone, cause: 'transferred' }, 33_000))
      .thenNothing();
    given(...handedOn)
      .when(tell('RequestHold', { agentId: anna }))
      .thenRejected('not-your-call');
  });

  it('may have left before the switch says that the colleague has it', () => {
    given(...answeredByBoris, annaLeaves)
      .when(report)
      .thenHappened(transferred);
  });

  it('hears of the answer though it be told after the transfer', () => {
    const answered = happened('CallEstablished', party.boris);
    given(...ringingAtBoris)
      .when(report)
      .thenHappened(answered, transferred, annaLeaves);
    given(...ringingAtBoris, answered, transferred, annaLeaves)
      .when(tell('ReportEstablished', { device: borisPhone }))
      .thenNothing();
    given(...transferring, happened('RouteSelected', party.boris))
      .when(report)
      .thenHappened(
        happened('CallDelivered', { ...party.boris, hop: 2, at: instant(32_000) }),
        answered,
        transferred,
        annaLeaves,
      );
  });

  it('may get it back from the colleague, and what was told of the first time moves nobody', () => {
    const back = [
      ...handedOn,
      happened('TransferRequested', { transferId: 't-2', kind: 'transfer', from: boris, to: anna }),
      happened('RouteSelected', party.anna),
      happened('CallDelivered', { ...party.anna, hop: 3, at: instant(60_000) }),
    ];
    given(...back)
      .when(report)
      .thenNothing();
    given(...back)
      .when(tell('ReportTransferred', { from: borisPhone, to: annasPhone }, 61_000))
      .thenHappened(
        happened('CallEstablished', party.anna),
        happened('CallTransferred', { from: boris, to: anna }),
        happened('ConnectionCleared', { ...party.boris, cause: 'transferred' }),
      );
  });

  it('has a conference when the colleague joins', () => {
    const conference = { ...toBoris, kind: 'conference' } as const;
    const joining = [
      ...connected,
      happened('TransferRequested', conference),
      happened('RouteSelected', party.boris),
      happened('CallDelivered', { ...party.boris, hop: 2, at: instant(31_000) }),
    ];
    const together = happened('CallConferenced', { by: anna, added: boris });
    const joined = tell('ReportConferenced', { by: annasPhone, added: borisPhone }, 32_000);
    const answered = happened('CallEstablished', party.boris);
    given(...joining, answered)
      .when(joined)
      .thenHappened(together);
    given(...joining)
      .when(joined)
      .thenHappened(answered, together);
    given(...joining, answered, together)
      .when(joined)
      .thenNothing();
    given(...joining, answered, together)
      .when(tell('ReportCallCleared', { cause: 'normal-clearing', side: 'centre' }))
      .thenHappened(
        happened('ConnectionCleared', { ...party.anna, cause: 'normal-clearing' }),
        happened('ConnectionCleared', { ...party.boris, cause: 'normal-clearing' }),
        happened('CallCleared', { cause: 'normal-clearing', side: 'centre' }),
      );
    given(...joining)
      .when(tell('ReportConferenced', { by: annasPhone, added: clarasPhone }))
      .thenNothing();
  });
});

describe('a transfer that comes to nothing', () => {
  const fail = tell('FailTransfer', { to: boris, reason: 'agent-not-ready' });

  it('leaves the call where it is, and can be tried again', () => {
    given(...transferring)
      .when(fail)
      .thenHappened(failed('agent-not-ready'));
    given(...transferring, failed('agent-not-ready'))
      .when(fail)
      .thenNothing();
    given(...transferring)
      .when(tell('FailTransfer', { to: clara, reason: 'no-answer' }))
      .thenNothing();
    const again = { ...toBoris, transferId: 't-2' };
    given(...transferring, failed('agent-not-ready'))
      .when(tell('RequestTransfer', again))
      .thenHappened(happened('TransferRequested', again));
  });

  it('is over when the colleague does not answer, and the phone is quiet', () => {
    const diverted = happened('CallDiverted', { ...party.boris, cause: 'no-answer' });
    const divert = tell('DivertToQueue', { agentId: boris, cause: 'no-answer' });
    given(...ringingAtBoris)
      .when(divert)
      .thenHappened(failed('no-answer'), diverted);
    given(...ringingAtBoris, failed('no-answer'))
      .when(divert)
      .thenHappened(diverted);
    given(...ringingAtBoris, failed('no-answer'), diverted)
      .when(divert)
      .thenNothing();
  });

  it('is over when the phone of the colleague is off the call', () => {
    const gone = (cause: 'no-answer' | 'rejected') =>
      tell('ReportConnectionCleared', { device: borisPhone, cause }, 32_000);
    given(...ringingAtBoris)
      .when(gone('rejected'))
      .thenHappened(happened('ConnectionCleared', { ...party.boris, cause: 'rejected' }), failed('refused-by-switch'));
    given(...ringingAtBoris)
      .when(gone('no-answer'))
      .thenHappened(happened('ConnectionCleared', { ...party.boris, cause: 'no-answer' }), failed('no-answer'));
  });

  it('is none when the answer came first', () => {
    given(...answeredByBoris)
      .when(tell('FailTransfer', { to: boris, reason: 'no-answer' }))
      .thenNothing();
  });

  it('succeeds after all when it was given up too soon', () => {
    const late = [...ringingAtBoris, failed('no-answer'), happened('CallEstablished', party.boris)];
    given(...late)
      .when(report)
      .thenHappened(transferred, annaLeaves);
    given(...late)
      .when(tell('ReportTransferred', { from: annasPhone, to: borisPhone }, 10_500))
      .thenNothing();
    given(...late)
      .when(tell('ReportTransferred', { from: borisPhone, to: borisPhone }, 32_000))
      .thenNothing();
    given(...late)
      .when(tell('ReportTransferred', { from: clarasPhone, to: borisPhone }, 32_000))
      .thenNothing();
  });

  it('is over with the call', () => {
    given(...ringingAtBoris)
      .when(tell('ReportCallCleared', { cause: 'abandoned', side: 'centre' }))
      .thenHappened(
        failed('caller-gone'),
        happened('ConnectionCleared', { ...party.anna, cause: 'abandoned' }),
        happened('ConnectionCleared', { ...party.boris, cause: 'abandoned' }),
        happened('CallCleared', { cause: 'abandoned', side: 'centre' }),
      );
  });
});
