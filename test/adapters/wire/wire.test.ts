import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { addressOf } from '#adapters/wire/address.js';
import {
  agentIdSchema,
  e164Schema,
  linkIdSchema,
  merchantIdSchema,
  originSchema,
  urlSchema,
} from '#adapters/wire/basic.schemas.js';
import { cameFromOwnPage } from '#adapters/wire/own-origin.js';
import { parseRequest } from '#adapters/wire/parse-request.js';
import { problemOf, problemTable } from '#adapters/wire/problems.js';
import { readCookie } from '#adapters/wire/staff-cookie.js';
import { dangerIn } from '#adapters/wire/unsafe-json.js';
import { isMerchantId, isScopedId } from '#domain/kernel/ids.js';
import { isE164 } from '#domain/kernel/phone-number.js';

const idText = fc.stringMatching(/^(agent|link)-[a-z0-9-]{0,35}\.[A-Za-z0-9_.:-]{0,135}$/);

describe('ids as they come over the wire', () => {
  it('are what the kernel takes for ids, and nothing else', () => {
    fc.assert(
      fc.property(fc.oneof(idText, fc.string(), fc.constant('agent-acme.anna\n')), (text) => {
        expect(agentIdSchema.safeParse(text).success).to.equal(isScopedId('agent', text));
        expect(linkIdSchema.safeParse(text).success).to.equal(isScopedId('link', text));
      }),
    );
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z0-9-]{0,34}\n?$/), (text) => {
        expect(merchantIdSchema.safeParse(text).success).to.equal(isMerchantId(text));
      }),
    );
  });
});

describe('numbers and addresses as they come over the wire', () => {
  it('are what the kernel takes for a number', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[+0-9٠-٩ ]{0,18}$/), (text) => {
        expect(e164Schema.safeParse(text).success).to.equal(isE164(text));
      }),
    );
  });

  it('are origins without a path, a name or a password; and pages, never something to run', () => {
    for (const origin of ['https://acme.example', 'http://localhost:8081', 'http://[::1]:80']) {
      expect(originSchema.safeParse(origin).success, origin).to.equal(true);
    }
    for (const origin of ['null', 'https://a/', 'https://a?b', 'https://u@a', 'file://', 'https://', 'HTTPS://a b']) {
      expect(originSchema.safeParse(origin).success, origin).to.equal(false);
    }
    for (const url of ['javascript:alert(1)', 'data:text/html,x', ' https://a', 'https://a b', 'blob:https://a']) {
      expect(urlSchema.safeParse(url).success, url).to.equal(false);
    }
  });
});

describe('the table of problems', () => {
  it('knows every rejection that the domain has a name for', async () => {
    const named = new Set<string>();
    for (const file of await readdir('domain', { recursive: true })) {
      if (!file.endsWith('.ts')) continue;
      const text = await readFile(join('domain', file), 'utf8');
      for (const [, name] of text.matchAll(/export type (\w*(?:Rejection|Refusal|TokenFailure))\b/g)) {
        named.add(name ?? '');
      }
    }
    const source = await readFile('adapters/wire/problems.ts', 'utf8');
    // Why a route or a code is refused is told by events, never as an answer.
    const toldByEvents = ['DtmfRefusal', 'RouteRefusal'];
    for (const name of [...named].filter((each) => !toldByEvents.includes(each))) {
      expect(source, `${name} is in the union`).to.match(new RegExp(`\\| ${name}\\b`));
    }
    expect(named).to.include('MerchantRejection').and.include('AccessRefusal');
  });

  it('gives each reason a status of an error and a title for people', () => {
    for (const [code, [status, title]] of Object.entries(problemTable)) {
      expect(status, code).to.be.within(400, 503);
      expect(title, code).to.match(/^[A-Z*]/);
    }
  });

  it('has an answer for a reason that it does not know, too', () => {
    expect(problemOf('constructor')).to.deep.equal({
      type: 'urn:trunkline:problem:constructor',
      title: 'Not possible now',
      status: 409,
      code: 'constructor',
    });
  });
});

describe('JSON from outside', () => {
  it('is dangerous when a forbidden key hides anywhere in it', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('object', 'array'), { maxLength: 12 }),
        fc.constantFrom('__proto__', 'constructor', 'prototype'),
        (path, key) => {
          const core = `{"${key}":1}`;
          const text = path.reduce((inner, kind) => (kind === 'array' ? `[0,${inner}]` : `{"a":0,"b":${inner}}`), core);
          expect(dangerIn(JSON.parse(text))).to.equal('forbidden-key');
        },
      ),
    );
  });

  it('is not dangerous for what stands in a value', () => {
    expect(dangerIn({ text: '__proto__', list: ['constructor', { prototypes: 'prototype' }] })).to.equal(undefined);
  });

  it('is never a reason to throw', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        expect(parseRequest(originSchema, value)).to.have.property('ok');
      }),
    );
  });
});

describe('whether a request comes from one of our pages', () => {
  const host = 'cc.example:8080';
  const from = (origin: string | undefined, fetchSite?: string, own: readonly string[] = [], safe = false) =>
    cameFromOwnPage({ origin, host, fetchSite, safe }, own);

  it('is said by its origin, where there is one', () => {
    expect(from('http://cc.example:8080')).to.equal(true);
    expect(from('http://cc.example')).to.equal(false);
    expect(from('https://evil.example:8080', 'same-origin')).to.equal(false);
    expect(from('null', 'same-origin')).to.equal(false);
    expect(from('http://cc.example:8080.evil.example')).to.equal(false);
  });

  it('is said by the browser, where there is none', () => {
    expect(from(undefined, 'same-origin')).to.equal(true);
    expect(from(undefined, 'none'), 'typed by hand').to.equal(true);
    for (const site of [undefined, 'cross-site', 'same-site']) expect(from(undefined, site)).to.equal(false);
  });

  it('is believed, where the browser says nothing at all, of what changes nothing', () => {
    expect(from(undefined, undefined, [], true), 'plain http on a local network').to.equal(true);
    expect(from(undefined, 'cross-site', [], true)).to.equal(false);
    expect(from('https://evil.example', undefined, [], true)).to.equal(false);
  });

  it('is said by the settings, where they name our origins', () => {
    expect(from('http://cc.example:8080', undefined, ['https://cc.example'])).to.equal(false);
    expect(from('https://cc.example', undefined, ['https://cc.example'])).to.equal(true);
  });
});

describe('where a request comes from', () => {
  it('is said by as many proxies as are ours, and by nobody further out', () => {
    expect(addressOf('10.0.0.9', '6.6.6.6', 0)).to.equal('10.0.0.9');
    expect(addressOf('10.0.0.9', '6.6.6.6, 7.7.7.7', 1)).to.equal('7.7.7.7');
    expect(addressOf('10.0.0.9', '6.6.6.6, 7.7.7.7, 10.0.0.8', 2)).to.equal('7.7.7.7');
    expect(addressOf('10.0.0.9', undefined, 2)).to.equal('10.0.0.9');
    expect(addressOf('::ffff:10.0.0.9', undefined, 0)).to.equal('10.0.0.9');
    expect(addressOf(undefined, undefined, 0)).to.equal('unknown');
  });
});

describe('a cookie', () => {
  it('is found by its whole name', () => {
    const header = 'a=1; xtrunkline-staff=evil; trunkline-staff=ey.J.x=; b=2';
    expect(readCookie(header, 'trunkline-staff')).to.equal('ey.J.x=');
    expect(readCookie('a=1', 'trunkline-staff')).to.equal(undefined);
    expect(readCookie(undefined, 'trunkline-staff')).to.equal(undefined);
  });
});
