import { createHash, createHmac } from 'node:crypto';
import { expect } from 'chai';
import fc from 'fast-check';
import { decodeProtectedHeader, SignJWT } from 'jose';
import { describe, it } from 'mocha';
import { joseAccessControl } from '#adapters/access/jose.access-control.js';
import { memoryCredentials } from '#adapters/access/memory.credentials.js';
import { passingSecret } from '#adapters/access/installation-secret.js';
import { signingKeys } from '#adapters/access/signing-keys.js';
import { agentId, iconSessionId, linkId, merchantId } from '#domain/kernel/ids.js';
import type { E164 } from '#domain/kernel/phone-number.js';
import { fakeClock } from '#test/support/fake-clock.js';
import { seededIds } from '#test/support/seeded-ids.js';
import { testAccessControl } from './access-fixture.js';

const [acme, globex] = [merchantId('acme'), merchantId('globex')];
const shoes = { merchantId: acme, linkId: linkId(acme, 'shoes'), origin: 'https://shop.example' };
const anna = { merchantId: acme, agentId: agentId(acme, 'anna'), sessionId: 's1', roles: ['agent', 'admin'] as const };
const forged = { outcome: 'invalid', reason: 'forged-token' };
const minute = 60_000;

const base64url = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('the signed token of an icon', () => {
  it('says what the merchant’s server put into it, and on which origin alone it counts', async () => {
    const access = testAccessControl(fakeClock());
    const asked = {
      ...shoes,
      number: '+2975550100' as E164,
      customerRef: 'C-17',
      location: { latitude: 12.5, longitude: -70 },
    };
    const { token, claims } = await access.mintIconToken(asked, 15 * minute);
    expect(claims).to.include(asked);
    expect(await access.verifyIconToken(token)).to.deep.equal({ outcome: 'valid', claims });
  });

  it('is another one each time', async () => {
    const access = testAccessControl(fakeClock());
    const [one, other] = await Promise.all([access.mintIconToken(shoes, minute), access.mintIconToken(shoes, minute)]);
    expect(one.claims.tokenId).to.not.equal(other.claims.tokenId);
  });

  it('counts until its last second, and not a second longer', async () => {
    const clock = fakeClock();
    const access = testAccessControl(clock);
    const { token } = await access.mintIconToken(shoes, minute);
    clock.advance(minute - 1);
    expect(await access.verifyIconToken(token)).to.have.property('outcome', 'valid');
    clock.advance(1);
    expect(await access.verifyIconToken(token)).to.deep.equal({ outcome: 'invalid', reason: 'expired-token' });
  });

  it('is forged when a single character of it is another', async () => {
    const access = testAccessControl(fakeClock());
    const { token } = await access.mintIconToken(shoes, minute);
    // The last character of a part carries bits that mean nothing.
    const places = Array.from(token, (_character, place) => place).filter(
      (place) => token[place] !== '.' && (token[place + 1] ?? '.') !== '.',
    );
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...places), async (place) => {
        const other = token[place] === 'A' ? 'B' : 'A';
        const edited = token.slice(0, place) + other + token.slice(place + 1);
        expect(await access.verifyIconToken(edited)).to.deep.equal(forged);
      }),
      { numRuns: 60 },
    );
  });

  it('is forged when it came from another installation', async () => {
    const clock = fakeClock();
    const { token } = await testAccessControl(clock).mintIconToken(shoes, minute);
    expect(await testAccessControl(clock).verifyIconToken(token)).to.deep.equal(forged);
  });

  it('is forged when it names no algorithm, whatever the name is written like', async () => {
    const access = testAccessControl(fakeClock());
    const { token } = await access.mintIconToken(shoes, minute);
    const [, payload = ''] = token.split('.');
    for (const alg of ['none', 'None', 'NONE', '']) {
      const header = base64url({ ...decodeProtectedHeader(token), alg });
      expect(await access.verifyIconToken(`${header}.${payload}.`), alg).to.deep.equal(forged);
    }
  });

  it('is forged when it chose its own algorithm, even with our key', async () => {
    const secret = passingSecret();
    const clock = fakeClock();
    const { token } = await testAccessControl(clock, secret).mintIconToken(shoes, minute);
    const [, payload = ''] = token.split('.');
    const signed = `${base64url({ ...decodeProtectedHeader(token), alg: 'HS384' })}.${payload}`;
    const key = signingKeys(secret).keyFor('icon', acme);
    const signature = createHmac('sha384', key).update(signed).digest('base64url');
    expect(await testAccessControl(clock, secret).verifyIconToken(`${signed}.${signature}`)).to.deep.equal(forged);
  });

  it('cannot be signed by one merchant in another’s name', async () => {
    const secret = passingSecret();
    const clock = fakeClock();
    const access = testAccessControl(clock, secret);
    const claims = { jti: 't', origin: 'https://shop.example' };
    const signedBy = (key: Uint8Array, linkOf: string | undefined) =>
      new SignJWT({ ...claims, ...(linkOf !== undefined && { linkId: linkOf }) })
        .setProtectedHeader({ alg: 'HS256', kid: 'icon/acme' })
        .setIssuer('trunkline')
        .setAudience('trunkline:icon')
        .setExpirationTime(clock.now() / 1000 + 60)
        .sign(key);
    const keys = signingKeys(secret);
    expect(await access.verifyIconToken(await signedBy(keys.keyFor('icon', globex), undefined))).to.deep.equal(forged);
    expect(await access.verifyIconToken(await signedBy(keys.keyFor('icon', acme), 'link-globex.shoes'))).to.deep.equal(
      forged,
    );
    expect(await access.verifyIconToken(await signedBy(keys.keyFor('icon', acme), 'link-acme.shoes'))).to.have.property(
      'outcome',
      'valid',
    );
  });

  it('is forged when it was made for somebody else to read, even with our key', async () => {
    const secret = passingSecret();
    const clock = fakeClock();
    const token = await new SignJWT({ jti: 't', origin: 'https://shop.example' })
      .setProtectedHeader({ alg: 'HS256', kid: 'icon/acme' })
      .setIssuer('trunkline')
      .setAudience('trunkline:staff')
      .setExpirationTime(clock.now() / 1000 + 60)
      .sign(signingKeys(secret).keyFor('icon', acme));
    expect(await testAccessControl(clock, secret).verifyIconToken(token)).to.deep.equal(forged);
  });

  it('without an end is no token', async () => {
    const secret = passingSecret();
    const token = await new SignJWT({ jti: 't', origin: 'https://shop.example' })
      .setProtectedHeader({ alg: 'HS256', kid: 'icon/acme' })
      .setIssuer('trunkline')
      .setAudience('trunkline:icon')
      .sign(signingKeys(secret).keyFor('icon', acme));
    expect(await testAccessControl(fakeClock(), secret).verifyIconToken(token)).to.deep.equal(forged);
  });

  it('is missing when it is empty, and anything else that is none is forged', async () => {
    const access = testAccessControl(fakeClock());
    expect(await access.verifyIconToken('')).to.deep.equal({ outcome: 'invalid', reason: 'no-token' });
    for (const text of ['x', '..', 'a.b.c', '{}', `${'A'.repeat(100_000)}.B.C`, '\u0000', 'ey.ey.ey']) {
      expect(await access.verifyIconToken(text), text.slice(0, 20)).to.deep.equal(forged);
    }
  });
});

describe('a token for one purpose', () => {
  it('is worth nothing for another', async () => {
    const access = testAccessControl(fakeClock());
    const icon = (await access.mintIconToken(shoes, minute)).token;
    const customer = await access.mintCustomerToken(iconSessionId(acme, 's1'));
    const staff = await access.mintStaffToken(anna, minute);
    for (const token of [icon, customer]) expect(await access.verifyStaffToken(token)).to.deep.equal(forged);
    for (const token of [icon, staff]) expect(await access.verifyCustomerToken(token)).to.deep.equal(forged);
    for (const token of [customer, staff]) expect(await access.verifyIconToken(token)).to.deep.equal(forged);
  });

  it('is worth nothing for another even when only its key id is exchanged', async () => {
    const access = testAccessControl(fakeClock());
    const staff = await access.mintStaffToken(anna, minute);
    const [, payload = '', signature = ''] = staff.split('.');
    const header = base64url({ ...decodeProtectedHeader(staff), kid: 'customer/acme' });
    expect(await access.verifyCustomerToken(`${header}.${payload}.${signature}`)).to.deep.equal(forged);
  });
});

describe('the token of somebody who signed in', () => {
  it('says who, with which rights, in which sign-in, until when', async () => {
    const clock = fakeClock();
    const access = testAccessControl(clock);
    const token = await access.mintStaffToken(anna, minute);
    expect(await access.verifyStaffToken(token)).to.deep.equal({
      outcome: 'valid',
      claims: { ...anna, expiresAt: clock.now() + minute },
    });
    clock.advance(minute);
    expect(await access.verifyStaffToken(token)).to.deep.equal({ outcome: 'invalid', reason: 'expired-token' });
  });
});

describe('the token of a call window', () => {
  it('names its session, and lasts longer than a call', async () => {
    const clock = fakeClock();
    const access = testAccessControl(clock);
    const sessionId = iconSessionId(acme, 's1');
    const token = await access.mintCustomerToken(sessionId);
    clock.advance(11 * 60 * minute);
    expect(await access.verifyCustomerToken(token)).to.deep.equal({ outcome: 'valid', claims: { sessionId } });
    clock.advance(2 * 60 * minute);
    expect(await access.verifyCustomerToken(token)).to.have.property('reason', 'expired-token');
  });
});

describe('passwords', () => {
  it('let in the agent who has them, and nobody else', async () => {
    const access = testAccessControl(fakeClock());
    const [herself, boris] = [agentId(acme, 'anna'), agentId(acme, 'boris')];
    await access.setPassword(herself, 'correct horse');
    expect(await access.checkPassword(herself, 'correct horse')).to.equal(true);
    expect(await access.checkPassword(herself, 'Correct horse')).to.equal(false);
    expect(await access.checkPassword(boris, 'correct horse')).to.equal(false);
    expect(await access.checkPassword(undefined, 'correct horse')).to.equal(false);
  });

  it('of nobody in particular let nobody in: not even the one that unknown logins are compared with', async () => {
    const access = testAccessControl(fakeClock());
    expect(await access.checkPassword(undefined, 'the password of nobody')).to.equal(false);
  });

  it('take as long to refuse for a login that is not there as for one that is', async () => {
    const access = joseAccessControl({
      secret: passingSecret(),
      credentials: memoryCredentials(),
      clock: fakeClock(),
      ids: seededIds(),
      settings: { hashingCost: { memoryCost: 16_384, timeCost: 2 } },
    });
    const herself = agentId(acme, 'anna');
    await access.setPassword(herself, 'correct horse');
    const timeOf = async (agent: typeof herself | undefined): Promise<number> => {
      const begin = performance.now();
      for (let guess = 0; guess < 5; guess += 1) await access.checkPassword(agent, 'wrong');
      return performance.now() - begin;
    };
    await timeOf(undefined);
    const [known, unknown, nobody] = [await timeOf(herself), await timeOf(undefined), await timeOf(agentId(acme, 'x'))];
    // Without the work it would be a thousandth.
    expect(unknown).to.be.above(known / 4);
    expect(nobody).to.be.above(known / 4);
  });

  it('can be changed', async () => {
    const access = testAccessControl(fakeClock());
    const herself = agentId(acme, 'anna');
    await access.setPassword(herself, 'first');
    await access.setPassword(herself, 'second');
    expect(await access.checkPassword(herself, 'first')).to.equal(false);
    expect(await access.checkPassword(herself, 'second')).to.equal(true);
  });
});

describe('an API key', () => {
  it('is recognised by its parts and its hash; nothing that is kept of it is the key', () => {
    const access = testAccessControl(fakeClock());
    const made = access.makeApiKey(acme);
    expect(made.sha256).to.equal(createHash('sha256').update(made.key).digest('hex'));
    expect(access.readApiKey(made.key)).to.deep.equal({ merchantId: acme, keyId: made.keyId, sha256: made.sha256 });
  });

  it('that was altered has another hash', () => {
    const access = testAccessControl(fakeClock());
    const { key, sha256 } = access.makeApiKey(acme);
    const stolen = key.replace('_acme.', '_globex.');
    expect(access.readApiKey(stolen)).to.include({ merchantId: globex }).and.not.include({ sha256 });
  });

  it('that does not look like one is none', () => {
    const access = testAccessControl(fakeClock());
    const { key } = access.makeApiKey(acme);
    for (const text of ['', 'trunkline_acme', key.slice(0, -1), `${key}x`, ` ${key}`, key.replace('acme', '-acme')]) {
      expect(access.readApiKey(text), text).to.equal(undefined);
    }
  });
});
