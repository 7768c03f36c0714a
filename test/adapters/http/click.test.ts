import { expect } from 'chai';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { acme, serveEdge, type ServedEdge } from '#test/support/served-edge.js';

const click = {
  clickKey: 'click-0001',
  icon: { merchant: 'acme', link: 'shoes', session: 'basket-9' },
  origin: 'https://acme.example',
  context: {
    page: { url: 'https://acme.example/shoes?size=43', title: 'Shoes', at: 1_767_600_000_000 },
    pagesBefore: [{ url: 'https://acme.example/', title: 'Acme', at: 1_767_599_990_000 }],
    forms: { returns: { reason: '<img src=x onerror=alert(1)>' } },
    cookies: { basket: 'b9' },
  },
};

describe('a click on an icon', () => {
  let edge: ServedEdge;
  beforeEach(async () => {
    edge = await serveEdge();
  });
  afterEach(() => edge.close());
  const send = (json: unknown) => edge.ask('/v1/clicks', { method: 'POST', json });
  const because = async (json: unknown): Promise<unknown> => {
    const { status, json: problem } = await send(json);
    return [status, (problem as { code: string }).code];
  };

  it('is passed on whole, and answered with a token for its call window', async () => {
    const { status, json } = await send(click);
    expect(status).to.equal(201);
    const { token, sessionId } = json as { token: string; sessionId: string };
    expect(json)
      .to.have.property('contactId')
      .that.matches(/^contact-acme\./);
    expect(await edge.access.verifyCustomerToken(token)).to.deep.equal({ outcome: 'valid', claims: { sessionId } });
    expect(edge.desks.seen.clicks).to.deep.equal([{ request: click, from: '127.0.0.1' }]);
  });

  it('may leave out all that can be left out', async () => {
    const bare = { clickKey: 'click-0002', icon: { merchant: 'acme' }, origin: 'http://localhost:8081', context: {} };
    expect((await send(bare)).status).to.equal(201);
  });

  it('that is sent again is the same click', async () => {
    const [one, other] = [await send(click), await send(click)];
    expect(other.json).to.have.property('sessionId', (one.json as { sessionId: string }).sessionId);
  });

  it('is refused for each reason there is, with the status that fits', async () => {
    const { customerDesk } = edge.desks;
    const expected = {
      'forged-token': 401,
      'expired-token': 401,
      'replayed-token': 409,
      'foreign-origin': 403,
      'unknown-merchant': 404,
      'unknown-link': 422,
      'no-merchant-named': 422,
    } as const;
    for (const [reason, status] of Object.entries(expected)) {
      customerDesk.click = async () => ({ outcome: 'refused', reason: reason as keyof typeof expected });
      expect(await because(click)).to.deep.equal([status, reason]);
    }
    customerDesk.click = async () => ({ outcome: 'failed', failure: 'disk full: /var/lib' });
    const { status, text } = await send(click);
    expect(status).to.equal(503);
    expect(text).to.not.include('/var/lib');
  });

  it('whose signed icon is forged, over, or clicked elsewhere is refused by who verifies it', async () => {
    const { access, clock, desks } = edge;
    desks.customerDesk.click = async ({ icon, origin }) => {
      const verified = await access.verifyIconToken(icon.token ?? '');
      if (verified.outcome === 'invalid') {
        return { outcome: 'refused', reason: verified.reason === 'expired-token' ? 'expired-token' : 'forged-token' };
      }
      return { outcome: 'refused', reason: verified.claims.origin === origin ? 'unknown-link' : 'foreign-origin' };
    };
    const key = edge.keyOf(acme);
    const minted = await edge.ask('/v1/merchants/acme/icon-tokens', {
      method: 'POST',
      token: key,
      json: { origin: 'https://acme.example', link: 'shoes', lifetimeSeconds: 60 },
    });
    const { token } = minted.json as { token: string };
    const withIcon = (icon: object, origin = click.origin) => because({ ...click, icon, origin });
    expect(await withIcon({ token })).to.deep.equal([422, 'unknown-link']);
    expect(await withIcon({ token: token.replace(/\.[^.]*\./, '.e30.') })).to.deep.equal([401, 'forged-token']);
    expect(await withIcon({ token }, 'https://evil.example')).to.deep.equal([403, 'foreign-origin']);
    clock.advance(60_000);
    expect(await withIcon({ token })).to.deep.equal([401, 'expired-token']);
  });

  it('is refused as malformed before anybody hears of it', async () => {
    const page = click.context.page;
    const malformed: readonly unknown[] = [
      { ...click, clickKey: 'short' },
      { ...click, clickKey: 'x'.repeat(129) },
      { ...click, origin: 'https://acme.example/path' },
      { ...click, origin: 'javascript:alert(1)' },
      { ...click, origin: 'null' },
      { ...click, extra: 1 },
      { ...click, icon: { merchant: 7 } },
      { ...click, icon: { number: '+2975550100' } },
      { ...click, context: { page: { ...page, url: 'javascript:alert(1)' } } },
      { ...click, context: { page: { ...page, at: -1 } } },
      { ...click, context: { page: { ...page, title: 'x'.repeat(501) } } },
      { ...click, context: { pagesBefore: Array.from({ length: 51 }, () => page) } },
      { ...click, context: { cookies: { a: 'x'.repeat(4097) } } },
      { ...click, context: { cookies: Object.fromEntries(Array.from({ length: 101 }, (_none, n) => [`c${n}`, ''])) } },
      { ...click, context: { forms: { a: { b: { c: 'deep' } } } } },
      [click],
      'click',
      null,
    ];
    for (const sent of malformed) {
      expect(await because(sent), JSON.stringify(sent).slice(0, 80)).to.deep.equal([400, 'invalid-request']);
    }
    expect(edge.desks.seen.clicks).to.deep.equal([]);
  });

  it('says what is wrong without repeating what was sent', async () => {
    const { json } = await send({ ...click, clickKey: '<script>', origin: 'https://secret@acme.example' });
    expect(json).to.have.property('detail').that.includes('clickKey').and.includes('origin');
    expect(JSON.stringify(json)).to.not.match(/script|secret/);
  });

  it('after click after click after click from one address has to wait', async () => {
    await edge.close();
    const limits = { signInsPerAddress: 9, failedSignInsPerLogin: 9, clicksPerAddress: 3, missedLookUpsPerAddress: 9 };
    edge = await serveEdge({ limits });
    const statuses = [];
    for (let number = 0; number < 5; number += 1) {
      statuses.push((await send({ ...click, clickKey: `click-000${number}` })).status);
    }
    expect(statuses).to.deep.equal([201, 201, 201, 429, 429]);
    expect(edge.desks.seen.commands.map(({ command }) => [command.type, command.target])).to.deep.equal([
      ['ReportRateLimited', 'access-platform.log'],
    ]);
  });
});
