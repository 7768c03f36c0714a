import { expect } from 'chai';
import { describe, it } from 'mocha';
import { allowedAddresses } from '#adapters/event-publisher/webhook/allowed-addresses.js';
import { refusalOfUrl } from '#adapters/event-publisher/webhook/webhook-url.js';

describe('an address that a merchant has us connect to', () => {
  const isAllowed = allowedAddresses([]);

  it('may be any public one', () => {
    for (const address of ['8.8.8.8', '1.1.1.1', '172.15.0.1', '192.167.1.1', '2606:4700:4700::1111', '2a00:1450::1']) {
      expect(isAllowed(address), address).to.equal(true);
    }
  });

  const special: Readonly<Record<string, readonly string[]>> = {
    private: ['10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.1.1', 'fc00::1', 'fd12:3456::1', 'fec0::1'],
    'of this machine': ['127.0.0.1', '127.255.255.254', '::1', '0.0.0.0', '0.1.2.3', '::'],
    'of this link, where machines keep their credentials': [
      '169.254.169.254',
      'fe80::1',
      'fe80::1%eth0',
      'fd00:ec2::254',
    ],
    'shared by a carrier': ['100.64.0.1', '100.127.255.255'],
    'of a group': ['224.0.0.1', '239.255.255.255', 'ff02::1', '255.255.255.255'],
    'an IPv4 address in disguise': [
      '::ffff:127.0.0.1',
      '::ffff:7f00:1',
      '::ffff:8.8.8.8',
      '::127.0.0.1',
      '64:ff9b::7f00:1',
      '64:ff9b:1::7f00:1',
      '2002:7f00:1::',
      '2001:0:4136:e378:8000:63bf:3fff:fdd2',
      '::ffff:0:127.0.0.1',
    ],
    'for documents, tests or the future': [
      '192.0.2.1',
      '198.51.100.1',
      '203.0.113.1',
      '198.18.0.1',
      '240.0.0.1',
      '2001:db8::1',
      '3fff::1',
      '100::1',
      '4000::1',
      '192.0.0.1',
      '192.88.99.1',
    ],
    'no address': ['', 'localhost', '1.2.3.4.5', '::g'],
  };
  for (const [what, addresses] of Object.entries(special)) {
    it(`may not be ${what}`, () => {
      for (const address of addresses) expect(isAllowed(address), address).to.equal(false);
    });
  }

  it('may lie in a network of the operator, whatever it is dressed in, and in no other', () => {
    const onPremises = allowedAddresses(['10.20.0.0/16', 'fd00:20::/32']);
    for (const address of ['10.20.0.1', '::ffff:10.20.3.4', 'fd00:20::1', '8.8.8.8']) {
      expect(onPremises(address), address).to.equal(true);
    }
    for (const address of ['10.21.0.1', '127.0.0.1', 'fd00:21::1', '169.254.169.254', '64:ff9b::a14:1']) {
      expect(onPremises(address), address).to.equal(false);
    }
  });
});

describe('the address of a webhook', () => {
  const rules = { http: false, isAllowed: allowedAddresses([]) };
  const refusal = (url: string, more: object = {}) => refusalOfUrl(url, { ...rules, ...more });

  it('is https, at a usual port or one that nothing else is known to listen on', () => {
    for (const url of [
      'https://crm.example/',
      'https://crm.example:443/x?y',
      'https://crm.example:8443/',
      'https://[2606:4700::1]/',
    ]) {
      expect(refusal(url), url).to.equal(undefined);
    }
    for (const port of [22, 25, 80, 1_023, 3_306, 5_432, 6_000, 6_379, 10_250]) {
      expect(refusal(`https://crm.example:${port}/`), String(port)).to.equal('webhook-address-not-allowed');
    }
  });

  it('is plain http only where the operator says so', () => {
    expect(refusal('http://crm.example/')).to.equal('bad-webhook-url');
    expect(refusal('http://crm.example:3000/', { http: true })).to.equal(undefined);
    expect(refusal('http://crm.example:443/', { http: true })).to.equal('webhook-address-not-allowed');
  });

  it('names no user and nothing but the web', () => {
    for (const url of [
      'https://a@crm.example/',
      'https://:b@crm.example/',
      'file:///etc/passwd',
      'gopher://x/',
      'x',
      '',
    ]) {
      expect(refusal(url), url).to.equal('bad-webhook-url');
    }
  });

  it('is no address that may not be reached, however it is written', () => {
    for (const host of [
      '127.0.0.1',
      '0x7f.1',
      '2130706433',
      '017700000001',
      '127.1',
      '[::1]',
      '[::ffff:7f00:1]',
      '169.254.169.254',
      '１２７.0.0.1',
    ]) {
      expect(refusal(`https://${host}/`), host).to.equal('webhook-address-not-allowed');
    }
  });
});
