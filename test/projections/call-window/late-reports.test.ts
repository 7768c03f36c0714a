import { expect } from 'chai';
import { describe, it } from 'mocha';
import type { EventType, LogEvent } from '#domain/events.js';
import { agentId, contactId, iconSessionId, merchantId } from '#domain/kernel/ids.js';
import { callWindow } from '#projections/call-window/call-window.projection.js';
import { fold } from '#projections/projection.js';

const acme = merchantId('acme');
const contact = contactId(acme, 'c');
const anna = agentId(acme, 'anna');
type Said = readonly [type: EventType, data?: object];

/** What the window says after these events, told in this order. */
const stateAfter = (...said: readonly Said[]): string | undefined => {
  const view = callWindow.empty();
  const all: readonly Said[] = [['IconClicked', { contactId: contact }], ['GatewaySelected'], ...said];
  all.forEach(([type, data = {}], position) => {
    const meta = { merchantId: acme, contactId: contact, occurredAt: position };
    const event = { type, data, meta, position, recordedAt: position, stream: iconSessionId(acme, 's') };
    fold(callWindow, view, event as unknown as LogEvent);
  });
  return view.windows.get(contact)?.state;
};

const answered: Said = ['CallEstablished', { agentId: anna }];
const connected: Said = ['CallEstablished'];

describe('a call window that is told of the gateway’s side late', () => {
  it('rings and talks as it should when nothing is late', () => {
    expect(stateAfter(['CallNetworkReached'])).to.equal('ringing');
    expect(stateAfter(['CallNetworkReached'], ['CallQueued'], ['CallDelivered'])).to.equal('ringing');
    expect(stateAfter(['CallNetworkReached'], ['CallQueued'], ['CallDelivered'], connected)).to.equal('talking');
    expect(stateAfter(answered, ['CallHeld'])).to.equal('held');
    expect(stateAfter(answered, ['CallHeld'], ['CallRetrieved'])).to.equal('talking');
  });

  it('stays on hold, whenever the gateway says that it is connected', () => {
    expect(stateAfter(answered, ['CallHeld'], connected)).to.equal('held');
    expect(stateAfter(answered, ['CallHeld'], connected, ['CallRetrieved'])).to.equal('talking');
  });

  it('does not ring again for somebody who waits, talks or is on hold', () => {
    expect(stateAfter(['CallQueued'], ['CallNetworkReached'])).to.equal('queued');
    expect(stateAfter(['CallQueued'], answered, ['CallNetworkReached'])).to.equal('talking');
    expect(stateAfter(answered, ['CallHeld'], ['CallNetworkReached'])).to.equal('held');
  });

  it('talks again when another agent takes a call that was on hold', () => {
    expect(stateAfter(answered, ['CallHeld'], ['CallEstablished', { agentId: agentId(acme, 'ben') }])).to.equal(
      'talking',
    );
  });
});
