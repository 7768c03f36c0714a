import { expect } from 'chai';
import { describe, it } from 'mocha';
import { actorInWords } from '#adapters/web/work/agent/actor.js';
import { alertInWords, whoCalls } from '#adapters/web/work/agent/words.js';
import { matches } from '#adapters/web/work/journeys/journeys.words.js';
import { faultOf, refusalInWords } from '#adapters/web/work/sign-in/sign-in.words.js';
import { instant } from '#domain/kernel/time.js';
import { acme, anna, attack, boris, shopper, unknownCaller } from '#test/support/web/sample-contacts.js';

describe('who calls', () => {
  it('is the customer that the shop knows', () => {
    expect(whoCalls(shopper())).to.equal('Marta Kowalska · C-20418');
  });

  it('is the name that the network gave when the shop knows nobody', () => {
    expect(whoCalls(unknownCaller({ callerName: 'J SMITH' }))).to.equal('J SMITH');
  });

  it('is nobody rather than a name made of nothing', () => {
    expect(whoCalls(unknownCaller())).to.equal('Unidentified caller');
    expect(whoCalls(unknownCaller({ callerName: ' \n ' }))).to.equal('Unidentified caller');
  });

  it('is one line, however it was written', () => {
    expect(whoCalls(unknownCaller({ callerName: attack }))).to.not.match(/\n|\u202E/);
  });
});

describe('an incoming call, as it is announced', () => {
  it('says who, about what, for whom, where they are and how sure it is', () => {
    expect(alertInWords(shopper())).to.equal(
      'Incoming call: Marta Kowalska · C-20418, about Returns, for Acme Outdoor. On the page: Return an order. Identification: Certain.',
    );
  });

  it('leaves out what is not known', () => {
    expect(alertInWords(unknownCaller())).to.equal(
      'Incoming call: Unidentified caller, for Acme Outdoor. Identification: No match.',
    );
  });
});

describe('whoever did something', () => {
  it('is named as the agent knows them', () => {
    expect(actorInWords(`agent:${anna}`, anna)).to.equal('you');
    expect(actorInWords(`agent:${anna}`)).to.equal('anna');
    expect(actorInWords('merchant:acme')).to.equal('the shop');
    expect(actorInWords('customer:session-acme.1')).to.equal('the customer');
    expect(actorInWords('telephony')).to.equal('the switch');
    expect(actorInWords('policy:place-call-when-icon-is-clicked')).to.equal('Trunkline');
    expect(actorInWords(anna, anna)).to.equal('you');
    expect(actorInWords(boris)).to.equal('boris');
    expect(actorInWords('Anna Lindqvist')).to.equal('Anna Lindqvist');
  });
});

describe('a login that cannot be one', () => {
  it('is told before anybody is asked', () => {
    expect(faultOf('')).to.include('Enter your login');
    expect(faultOf('anna')).to.include('anna@acme');
    expect(faultOf('anna@')).to.include('anna@acme');
    expect(faultOf('anna lind@acme')).to.include('anna@acme');
    expect(faultOf('anna@acme')).to.equal(undefined);
  });
});

describe('a sign-in that was refused', () => {
  const problem = { type: 'about:blank', title: 'Something', status: 500, code: 'x' };

  it('never says whether the login or the password was wrong', () => {
    const { title, detail } = refusalInWords({ ...problem, status: 401, title: 'Unknown agent anna' });
    expect(`${title} ${detail}`).to.not.match(/unknown|exists|no such/i);
  });

  it('says what to do about it', () => {
    expect(refusalInWords({ ...problem, status: 429 }).detail).to.include('Wait');
    expect(refusalInWords({ ...problem, detail: 'The disk is full.' })).to.deep.equal({
      title: 'Something',
      detail: 'The disk is full.',
    });
  });
});

describe('a journey that is looked for', () => {
  const journey = {
    contactId: shopper().contactId,
    merchantId: acme,
    startedAt: instant(0),
    lastAt: instant(1),
    state: 'over',
    iconLabel: 'Returns',
    origin: 'https://shop.example',
    customerRef: 'C-20418',
    agents: ['anna', 'boris'],
    calls: [],
    events: 3,
  } as const;
  const found = (text: string, state: Parameters<typeof matches>[0]['state'] = 'all'): boolean =>
    matches({ text, state })(journey);

  it('is found by any part of what stands in its line', () => {
    for (const text of ['', 'c-204', 'returns', 'BORIS', '01K7XQ3M', 'shop.example', ' anna  returns ']) {
      expect(found(text), text).to.equal(true);
    }
  });

  it('is not found when one of the words is missing', () => {
    expect(found('returns carla')).to.equal(false);
  });

  it('is not found among those of another state', () => {
    expect(found('', 'failed')).to.equal(false);
    expect(found('', 'over')).to.equal(true);
  });
});
