import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { displayName, readConnectionString } from '#adapters/event-store/eventstoredb/connection-string.js';

const refusal = (text: string): string => {
  try {
    readConnectionString(text);
  } catch (thrown) {
    if (thrown instanceof Error) return thrown.message;
  }
  throw new Error('it was accepted');
};

describe('an operator says by a connection string where EventStoreDB is', () => {
  it('with a host alone: TLS, and the usual port', () => {
    expect(readConnectionString('esdb://events.example')).to.deep.equal({
      discover: false,
      hosts: [{ address: 'events.example', port: 2113 }],
      tls: true,
      namespace: '',
    });
  });

  it('with several hosts, credentials and options', () => {
    const text =
      'esdb+discover://trunk:p%40ss%3Aword@one:2113,two:2114/?tlsCAFile=%2Fetc%2Fca.pem&keepAliveInterval=20000&namespace=shop1';
    expect(readConnectionString(text)).to.deep.equal({
      discover: true,
      hosts: [
        { address: 'one', port: 2113 },
        { address: 'two', port: 2114 },
      ],
      credentials: { username: 'trunk', password: 'p@ss:word' },
      tls: true,
      tlsCAFile: '/etc/ca.pem',
      keepAliveInterval: 20_000,
      namespace: 'shop1.',
    });
  });

  it('with several hosts, which are asked who leads also without discover', () => {
    expect(readConnectionString('esdb://one,two?tls=false').discover).to.equal(true);
  });

  const refusals: [what: string, text: string, says: string][] = [
    ['something else', 'http://events.example', 'it looks like esdb://localhost:2113?tls=false'],
    ['no host', 'esdb://', 'it looks like'],
    ['a port that is no number', 'esdb://host:http', 'a host is name:port'],
    ['an @ in the password', 'esdb://trunk:p@ss@host', 'special characters in the password go as %40'],
    ['a user without password', 'esdb://trunk@host', 'credentials are user:password'],
    ['a % that means nothing', 'esdb://trunk:100%@host', 'a % that does not begin'],
    ['a password that would go unencrypted', 'esdb://trunk:secret@host?tls=false', 'not sent without TLS'],
    ['an option that would be ignored', 'esdb://host?tlsVerifyCert=false', 'it takes tls, tlsCAFile'],
    ['an option without a value', 'esdb://host?tls', 'it takes tls, tlsCAFile'],
    ['a truth that is none', 'esdb://host?tls=no', 'tls is true or false'],
    ['a time that is too short', 'esdb://host?keepAliveInterval=10', 'a whole number, 10000 or more'],
    ['a namespace that cannot be told from a stream', 'esdb://host?namespace=a-b', 'lower-case letters and digits'],
    ['half a certificate', 'esdb://host?userCertFile=a.pem', 'userCertFile and userKeyFile go together'],
  ];
  for (const [what, text, says] of refusals) {
    it(`and is told what is wrong with ${what}`, () => {
      expect(refusal(text)).to.include('the EventStoreDB connection string cannot be used').and.to.include(says);
    });
  }

  it('and no message repeats the password, whatever is wrong', () => {
    const broken = fc.constantFrom('', '@', '?tls=no', '?x=y', ':port', '/a/b', '?tls=false', ' ', '%');
    fc.assert(
      fc.property(broken, broken, (first, second) => {
        try {
          readConnectionString(`esdb://trunk:hunter2${first}@host${second}`);
        } catch (thrown) {
          expect(String(thrown)).not.to.include('hunter2').and.not.to.include('trunk:');
        }
      }),
    );
  });

  it('and is shown it without the credentials', () => {
    const connection = readConnectionString('esdb+discover://trunk:hunter2@one:2113,two:2114');
    expect(displayName(connection)).to.equal('esdb+discover://one:2113,two:2114');
  });
});
