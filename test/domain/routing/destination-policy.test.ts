import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { isE164 } from '#domain/kernel/phone-number.js';
import type { CallCentre } from '#domain/merchant/merchant.events.js';
import { countriesOf, judgeDestination } from '#domain/routing/destination-policy.js';
import { berlin, boston } from '../merchant/acme.js';

const centres = [berlin, boston];
const judge = (number: string, countries: readonly string[] = ['+49', '+1', '+44', '+33']) =>
  judgeDestination(number, { centres, countries });

describe('a number that an icon or a merchant names', () => {
  it('may be called in the countries where the merchant has centres, unless it says otherwise', () => {
    const jamaican: CallCentre = { ...boston, number: '+18765550100' };
    expect(countriesOf([berlin, boston, berlin, jamaican])).to.deep.equal(['+49', '+1', '+1876']);
    expect(judge('+493088888888').allowed).to.be.true;
    expect(judge('+12125550123').allowed).to.be.true;
    expect(judge('+492421123456').allowed, 'Düren, which is not in the Bahamas').to.be.true;
    expect(judge('+498912345678', []).allowed).to.be.false;
  });

  it('may always be called when it is one of its own centres', () => {
    const freephone: CallCentre = { ...berlin, name: 'Night desk', number: '+80012345678' };
    const judged = judgeDestination('+80012345678', { centres: [freephone], countries: [] });
    expect(judged).to.deep.equal({ allowed: true, because: "is that of the merchant's own centre Night desk" });
  });

  it('is refused abroad, and says where it is and what is allowed', () => {
    expect(judge('+34912345678', ['+49'])).to.deep.equal({ allowed: false, because: 'is in +34; allowed are +49' });
    expect(judge('+34912345678', []).because).to.equal('is in +34; allowed are no countries');
  });

  it('is not taken for one in the United States when it only shares their code', () => {
    for (const island of ['+18765551234', '+18095551234', '+12465551234', '+12845551234', '+16495551234']) {
      expect(judge(island), island).to.deep.include({ allowed: false });
      expect(judge(island, [island.slice(0, 5)]).allowed, island).to.be.true;
    }
  });

  const refused: Readonly<Record<string, readonly string[]>> = {
    'an emergency or other short code': [
      '112',
      '911',
      '999',
      '000',
      '+112',
      '+911',
      '+49112',
      '+44999',
      '+353112',
      '*67',
      '110',
    ],
    'a premium number': [
      '+19005551234',
      '+12129765551',
      '+449012345678',
      '+447012345678',
      '+448712345678',
      '+499001234567',
    ],
    'a premium number of another country': ['+33899123456', '+4918012345678', '+4913712345678', '+491641234567'],
    'a satellite or network without country': [
      '+870123456789',
      '+8811234567890',
      '+882123456789',
      '+883512345678',
      '+979123456789',
      '+878101234567',
      '+888123456789',
      '+80812345678',
      '+80012345678',
    ],
    'a prefix that no country has': ['+2101234567', '+999123456789', '+3841234567', '+9691234567'],
    'no American number': [
      '+11125551234',
      '+12115551234',
      '+12129115678',
      '+1212555123',
      '+121255512345',
      '+12121551234',
    ],
  };
  for (const [what, numbers] of Object.entries(refused)) {
    it(`is refused when it is ${what}`, () => {
      const everywhere = ['+1', '+33', '+34', '+44', '+49', '+353', '+384', '+999', '+870', '+882', '+800'];
      expect(numbers.filter((number) => judge(number, everywhere).allowed)).to.deep.equal([]);
    });
  }

  const smuggled = [
    '',
    '+',
    '0123456789',
    '00493088888888',
    '+493088888888;ext=5',
    '+493088888888;phone-context=+1900',
    'tel:+493088888888',
    'sip:+493088888888@evil.example',
    '*67+493088888888',
    '+493088888888,,1',
    '+493088888888\n',
    ' +493088888888',
    '+49 30 88888888',
    '+４９３０８８８８８８８８',
    '+٤٩٣٠٨٨٨٨٨٨٨٨',
    '+4930888888888888888',
    '+0493088888888',
  ];
  for (const text of smuggled) {
    it(`is refused when it is written ${JSON.stringify(text)}`, () => {
      expect(judge(text).allowed).to.be.false;
    });
  }

  it('says why it is refused', () => {
    expect(judge('112').because).to.equal(
      'is a short code, as emergency services have: no call of ours may reach those',
    );
    expect(judge('+882123456789').because).to.equal('belongs to international networks');
    expect(judge('+449012345678').because).to.equal('is charged at a premium or shared rate in +44');
    expect(judge('tel:+49301234567').because).to.equal('is not in the form of E.164');
    expect(judge('+9991234567').because).to.equal('has a prefix that no country has');
    expect(judge('+353112', ['+353']).because).to.equal(judge('112').because);
  });

  it('is allowed only in the form of E.164 and in an allowed country, whatever is tried', () => {
    const digits = fc.string({ unit: fc.constantFrom(...'0123456789'.split('')), maxLength: 16 });
    const hostile = fc.oneof(
      fc.string(),
      digits.map((text) => `+${text}`),
      digits.map((text) => `+49${text}`),
    );
    fc.assert(
      fc.property(hostile, (text) => {
        const { allowed } = judge(text, ['+49']);
        if (allowed && text !== boston.number) expect(isE164(text) && text.startsWith('+49')).to.be.true;
      }),
      { numRuns: 5_000 },
    );
  });
});
