import { expect } from 'chai';
import { describe, it } from 'mocha';
import { streamCategories } from '#domain/kernel/ids.js';
import { filterFor, isWanted } from '#domain/webhook/wanted-events.js';

describe('what a webhook is told of', () => {
  const delivered = { type: 'CallDelivered', data: {}, stream: 'call-acme.1' };

  it('is what was asked for, by type, by kind of stream, or all of it', () => {
    for (const wanted of [['CallDelivered'], ['call'], ['*'], ['PortLeased', 'call']]) {
      expect(isWanted(wanted, delivered), wanted.join()).to.equal(true);
    }
    for (const wanted of [['CallQueued'], ['session'], [], ['Call']]) {
      expect(isWanted(wanted, delivered), wanted.join()).to.equal(false);
    }
  });

  it('is never what becomes of webhooks', () => {
    const failed = { type: 'WebhookDeliveryFailed', data: {}, stream: 'webhook-acme.crm' };
    for (const wanted of [['*'], ['webhook'], ['WebhookDeliveryFailed']]) {
      expect(isWanted(wanted, failed), wanted.join()).to.equal(false);
    }
  });

  it('is read from the log with the narrowest filter that holds it all', () => {
    expect(filterFor(['CallDelivered', 'PortLeased'])).to.deep.equal({ types: ['CallDelivered', 'PortLeased'] });
    expect(filterFor(['call', 'session'])).to.deep.equal({ categories: ['call', 'session'] });
    const all = { categories: streamCategories.filter((category) => category !== 'webhook') };
    for (const wanted of [['*'], ['call', 'PortLeased'], ['CallDelivered', '*']]) {
      expect(filterFor(wanted), wanted.join()).to.deep.equal(all);
    }
  });
});
