import { expect } from 'chai';
import { describe, it } from 'mocha';
import { linkId, merchantId } from '#domain/kernel/ids.js';
import type { DtmfEntry } from '#domain/merchant/merchant.events.js';
import { pageCodes, siteOf, withCodes } from '#src/simulate/drive-load.js';
import { ServerRefused, type Configuration } from '#src/simulate/merchant-server.js';

const acme = merchantId('acme');
const [shoes, returns] = [linkId(acme, 'shoes'), linkId(acme, 'returns')];
const origin = 'https://shop.example';
const page = (code: string, path: string): DtmfEntry => ({ code, label: path, action: { kind: 'page', origin, path } });

const configuration = (changes: Partial<Configuration>): Configuration => ({
  origins: [origin],
  links: [{ linkId: shoes }, { linkId: returns }],
  callCentres: [],
  routingPolicy: { routes: [{ linkId: shoes, centres: [], choose: 'first-open' }] },
  dtmfTable: { entries: [] },
  ...changes,
});

describe('the site that a load’s customers come from', () => {
  it('is a verified page with the icons that lead somewhere', () => {
    expect(siteOf(configuration({}))).to.deep.equal({ origin, links: [shoes] });
  });

  it('is none without a verified origin, or without such an icon', () => {
    expect(() => siteOf(configuration({ origins: [] }))).to.throw(ServerRefused);
    expect(() => siteOf(configuration({ links: [{ linkId: returns }] }))).to.throw(ServerRefused);
  });
});

describe('the codes that a load’s agents key', () => {
  const louder: DtmfEntry = {
    code: '*22',
    label: 'Louder',
    action: { kind: 'media', setting: 'volume', changePercent: 20 },
  };

  it('are those that show a page, each with its page, and none that another begins with', () => {
    const entries = [page('*76', '/aruba'), louder, page('*7', '/seven'), page('*74', '/returns')];
    expect([...pageCodes(configuration({ dtmfTable: { entries } }))]).to.deep.equal([
      ['*76', `${origin}/aruba`],
      ['*74', `${origin}/returns`],
    ]);
  });

  it('are not keyed where there are none', () => {
    const mix = { keyed: 0.5 } as Parameters<typeof withCodes>[0];
    expect(withCodes(mix, [])).to.deep.include({ keyed: 0, codes: [] });
    expect(withCodes(mix, ['*76'])).to.deep.include({ keyed: 0.5, codes: ['*76'] });
  });
});
