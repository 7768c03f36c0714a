import { expect } from 'chai';
import { describe, it } from 'mocha';
import { callDecider, contactOfCall } from '#domain/call/call.decider.js';
import type { CallCause, CallEvent } from '#domain/call/call.events.js';
import { linkId } from '#domain/kernel/ids.js';
import type { RouteRefusal } from '#domain/routing/routing.types.js';
import {
  acme,
  anna,
  annasPhone,
  aruba,
  ask,
  clicked,
  curacao,
  given,
  happened,
  port,
  requested,
  route,
  talking,
  toRequest,
} from './telling.js';

const failed = (cause: CallCause): CallEvent => happened('CallFailed', { cause, side: 'gateway' });
const cleared = (cause: CallCause): CallEvent => happened('CallCleared', { cause, side: 'gateway' });
const over = [...talking, cleared('normal-clearing')];
const hungUp = { by: 'customer', cause: 'normal-clearing' } as const;

describe('a click', () => {
  it('becomes a call with a destination, and every dial names the decision that allowed it', () => {
    given()
      .when(ask('RequestCall', toRequest))
      .thenHappened(...requested);
  });

  it('becomes one call, however often the click is told', () => {
    given(...requested)
      .when(ask('RequestCall', toRequest))
      .thenNothing();
    given(...over)
      .when(ask('RequestCall', toRequest))
      .thenNothing();
  });

  it('keeps the link it came from', () => {
    const shoes = linkId(acme, 'shoes');
    given()
      .when(ask('RequestCall', { ...toRequest, linkId: shoes }))
      .thenHappened(
        happened('CallRequested', {
          contactId: toRequest.contactId,
          sessionId: toRequest.sessionId,
          by: 'icon',
          linkId: shoes,
        }),
        ...requested.slice(1),
      );
  });

  it('is told why it becomes no call when no destination may be dialled', () => {
    const causes: Readonly<Record<RouteRefusal, CallCause>> = {
      'unknown-link': 'destination-not-obtainable',
      'no-route': 'destination-not-obtainable',
      'centre-closed': 'centre-closed',
      'centre-full': 'centre-full',
      'destination-not-allowed': 'refused-by-policy',
    };
    for (const [reason, cause] of Object.entries(causes) as [RouteRefusal, CallCause][]) {
      const refused = { outcome: 'refused', reason, policyVersion: 3, trace: route.trace } as const;
      given()
        .when(ask('RequestCall', { ...toRequest, route: refused }))
        .thenHappened(
          requested[0] as CallEvent,
          happened('DialRefused', { policy: 'routing-policy-3', reason, trace: route.trace }),
          failed(cause),
        );
    }
  });
});

describe('a requested call', () => {
  const viaAruba = [...requested, happened('GatewaySelected', { gatewayId: aruba, tried: [] })];

  it('goes to the nearest gateway, and to the next when that has no port', () => {
    given(...requested)
      .when(ask('SelectGateway', { gatewayId: aruba }))
      .thenHappened(happened('GatewaySelected', { gatewayId: aruba, tried: [] }));
    given(...viaAruba)
      .when(ask('SelectGateway', { gatewayId: curacao }))
      .thenHappened(happened('GatewaySelected', { gatewayId: curacao, tried: [aruba] }));
  });

  it('tries no gateway twice', () => {
    given(...viaAruba)
      .when(ask('SelectGateway', { gatewayId: aruba }))
      .thenNothing();
    given(...viaAruba, happened('GatewaySelected', { gatewayId: curacao, tried: [aruba] }))
      .when(ask('SelectGateway', { gatewayId: aruba }))
      .thenNothing();
  });

  it('needs no other gateway once it is on its way, over, or not wanted any more', () => {
    const next = ask('SelectGateway', { gatewayId: curacao });
    given(...talking)
      .when(next)
      .thenNothing();
    given(...over)
      .when(next)
      .thenNothing();
    given(...viaAruba, happened('ClearCallRequested', hungUp))
      .when(next)
      .thenNothing();
  });

  it('fails when no gateway has a port left', () => {
    given(...viaAruba)
      .when(ask('RefuseForWantOfPorts', {}))
      .thenHappened(failed('trunks-busy'));
    given(...talking)
      .when(ask('RefuseForWantOfPorts', {}))
      .thenNothing();
    given(...viaAruba, failed('trunks-busy'))
      .when(ask('RefuseForWantOfPorts', {}))
      .thenNothing();
  });

  it('that nobody requested is unknown to whoever asks, and reports of it are of no use', () => {
    given()
      .when(ask('SelectGateway', { gatewayId: aruba }))
      .thenRejected('unknown-call');
    given().when(ask('RequestClearCall', hungUp)).thenRejected('unknown-call');
    given().when(ask('ReportOriginated', port)).thenNothing();
    given()
      .when(ask('ReportCallCleared', { cause: 'busy', side: 'gateway' }))
      .thenNothing();
    given().when(ask('ReportEstablished', {})).thenNothing();
  });
});

describe('what the gateway reports of a call', () => {
  const reached = { trunkGroup: 'tg-aruba' };

  it('is recorded once, however often it comes', () => {
    const known = [...talking, happened('CallNetworkReached', reached)];
    given(...requested)
      .when(ask('ReportOriginated', port))
      .thenHappened(happened('CallOriginated', port));
    given(...talking)
      .when(ask('ReportNetworkReached', reached))
      .thenHappened(happened('CallNetworkReached', reached));
    given(...requested, happened('CallOriginated', port))
      .when(ask('ReportEstablished', {}))
      .thenHappened(happened('CallEstablished', {}));
    given(...known)
      .when(ask('ReportOriginated', port))
      .thenNothing();
    given(...known)
      .when(ask('ReportNetworkReached', reached))
      .thenNothing();
    given(...known)
      .when(ask('ReportEstablished', {}))
      .thenNothing();
  });

  it('is recorded also when the answer is told before the dialling', () => {
    const answered = [...requested, happened('CallEstablished', {})];
    given(...requested)
      .when(ask('ReportEstablished', {}))
      .thenHappened(happened('CallEstablished', {}));
    given(...answered)
      .when(ask('ReportNetworkReached', reached))
      .thenHappened(happened('CallNetworkReached', reached));
    given(...answered)
      .when(ask('ReportOriginated', port))
      .thenHappened(happened('CallOriginated', port));
    given(...answered, happened('CallOriginated', port))
      .when(ask('ReportEstablished', {}))
      .thenNothing();
  });

  it('is nothing new once the call is over', () => {
    for (const report of [
      ask('ReportOriginated', port),
      ask('ReportNetworkReached', reached),
      ask('ReportEstablished', {}),
      ask('ReportConnectionCleared', { cause: 'normal-clearing' }),
      ask('ReportCallCleared', { cause: 'normal-clearing', side: 'gateway' }),
      ask('ReportCallFailed', { cause: 'busy', side: 'gateway' }),
      ask('ReportReconstructed', { known: ['port'], unknown: [] }),
    ]) {
      given(...over)
        .when(report)
        .thenNothing();
    }
  });

  it('ends the call, once one party and then the other is gone', () => {
    const gone = happened('ConnectionCleared', { cause: 'normal-clearing' });
    const report = ask('ReportConnectionCleared', { cause: 'normal-clearing' });
    given(...talking)
      .when(report)
      .thenHappened(gone);
    given(...talking, gone)
      .when(report)
      .thenNothing();
    given(...talking, gone)
      .when(ask('ReportCallCleared', { cause: 'normal-clearing', side: 'gateway' }))
      .thenHappened(cleared('normal-clearing'));
    given(...requested)
      .when(ask('ReportCallFailed', { cause: 'busy', side: 'gateway' }))
      .thenHappened(failed('busy'));
  });

  it('is no report of this call when it speaks of the other side', () => {
    given(...talking)
      .when(ask('ReportCallCleared', { cause: 'busy', side: 'centre' }))
      .thenNothing();
    given(...talking)
      .when(ask('ReportDelivered', { device: annasPhone }))
      .thenNothing();
    given(...talking)
      .when(ask('RequestAnswer', { agentId: anna }))
      .thenRejected('unknown-call');
  });

  it('after a break says what is known of the call and what is not, once', () => {
    const found = { known: ['port'], unknown: ['digits'] };
    const reconstructed = happened('CallReconstructed', found);
    given(...talking)
      .when(ask('ReportReconstructed', found))
      .thenHappened(reconstructed);
    given(...talking, reconstructed)
      .when(ask('ReportReconstructed', found))
      .thenNothing();
    given(...talking, reconstructed)
      .when(ask('ReportReconstructed', { known: ['port', 'digits'], unknown: [] }))
      .thenHappened(happened('CallReconstructed', { known: ['port', 'digits'], unknown: [] }));
  });
});

describe('a customer who hangs up', () => {
  const asked = happened('ClearCallRequested', hungUp);

  it('is heard once, and never refused for being late', () => {
    given(...talking)
      .when(ask('RequestClearCall', hungUp))
      .thenHappened(asked);
    given(...talking, asked)
      .when(ask('RequestClearCall', { ...hungUp, cause: 'window-closed' }))
      .thenNothing();
    given(...over)
      .when(ask('RequestClearCall', hungUp))
      .thenNothing();
  });

  it('before the call is dialled still learns that it was dialled, so that it can be cleared', () => {
    given(...requested)
      .when(ask('RequestClearCall', hungUp))
      .thenHappened(asked);
    given(...requested, asked)
      .when(ask('ReportOriginated', port))
      .thenHappened(happened('CallOriginated', port));
    given(...requested, asked, happened('CallOriginated', port))
      .when(ask('RequestClearCall', hungUp))
      .thenNothing();
  });
});

describe('data attached to a call', () => {
  const add = (changes: Readonly<Record<string, string>>) => ask('ChangeCallData', { changes, by: 'agent:anna' });
  const changed = (changes: Readonly<Record<string, string>>, version: number) =>
    happened('CallDataChanged', { changes, version, by: 'agent:anna' });

  it('changes where it is new, and counts its changes', () => {
    given(...talking)
      .when(add({ order: '17', size: '42' }))
      .thenHappened(changed({ order: '17', size: '42' }, 1));
    given(...talking, changed({ order: '17', size: '42' }, 1))
      .when(add({ order: '18', size: '42' }))
      .thenHappened(changed({ order: '18' }, 2));
    given(...talking, changed({ order: '17' }, 1))
      .when(add({ order: '17' }))
      .thenNothing();
  });

  it('is taken away by an empty value', () => {
    given(...talking, changed({ order: '17' }, 1))
      .when(add({ order: '' }))
      .thenHappened(changed({ order: '' }, 2));
    given(...talking, changed({ order: '17' }, 1), changed({ order: '' }, 2))
      .when(add({ order: '' }))
      .thenNothing();
    given(...talking)
      .when(add({ order: '' }))
      .thenNothing();
  });

  it('may have the most curious names', () => {
    const curious = JSON.parse('{"__proto__":"x","constructor":"y"}') as Record<string, string>;
    given(...talking)
      .when(add(curious))
      .thenHappened(changed(curious, 1));
    given(...talking, changed(curious, 1))
      .when(add(curious))
      .thenNothing();
  });

  it('is refused by a call that is over or never was', () => {
    given(...over)
      .when(add({ order: '17' }))
      .thenRejected('call-is-over');
    given()
      .when(add({ order: '17' }))
      .thenRejected('unknown-call');
  });
});

describe('the contact of a call through a gateway', () => {
  it('is the one of its click, from the request to the end and after it', () => {
    const contactAfter = (history: readonly CallEvent[]) =>
      contactOfCall(history.reduce(callDecider.evolve, callDecider.initialState));
    expect([[], requested.slice(0, 1), talking, over].map(contactAfter)).to.deep.equal([
      undefined,
      clicked,
      clicked,
      clicked,
    ]);
  });
});
