import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { isSecret, sharedFields, type Field } from '#adapters/web/icon/shared-fields.js';

type Drawn = Partial<Omit<Field, 'closest'>> & Readonly<{ mark?: string | undefined }>;

/** A field as a browser would hand it over; `mark`: what the nearest `data-trunkline-share` says. */
const field = ({ mark, ...drawn }: Drawn): Field => ({
  name: 'name',
  type: 'text',
  value: 'Joan',
  autocomplete: '',
  closest: () => (mark === undefined ? null : { dataset: { trunklineShare: mark } }),
  ...drawn,
});

describe('what an icon passes on of a form', () => {
  it('is what the page has marked, under the name of the mark', () => {
    const told = sharedFields([
      field({ mark: 'returns', name: 'order', value: 'PP-1042' }),
      field({ mark: 'returns', name: 'reason', value: 'Too small' }),
      field({ mark: '', name: 'colour', value: 'coral' }),
    ]);
    expect(told['returns']).to.deep.equal({ order: 'PP-1042', reason: 'Too small' });
    expect(told['form']).to.deep.equal({ colour: 'coral' });
  });

  it('is nothing of a form that nobody has marked', () => {
    expect(sharedFields([field({}), field({ type: 'textarea' })])).to.deep.equal({});
  });

  it('leaves out what the page has taken out of a marked form again', () => {
    expect(sharedFields([field({ mark: 'no', name: 'diary' })])).to.deep.equal({});
  });

  it('tells a box that is ticked, and not the one beside it', () => {
    const told = sharedFields([
      field({ mark: '', type: 'radio', name: 'size', value: '38', checked: false }),
      field({ mark: '', type: 'radio', name: 'size', value: '39', checked: true }),
      field({ mark: '', type: 'checkbox', name: 'gift', value: 'yes', checked: false }),
      field({ mark: '', type: 'text', name: 'street', value: 'Pier 4', checked: false }),
    ]);
    expect(told['form']).to.deep.equal({ size: '39', street: 'Pier 4' });
  });

  it('leaves the page as it is, whatever its forms and fields are called', () => {
    const told = sharedFields([
      field({ mark: '__proto__', name: 'polluted', value: 'yes' }),
      field({ mark: 'a', name: '__proto__', value: 'yes' }),
    ]);
    expect(Object.keys(told)).to.have.members(['__proto__', 'a']);
    expect(({} as Record<string, unknown>)['polluted']).to.equal(undefined);
  });
});

describe('what no icon passes on, however a page has marked it', () => {
  const secrets: readonly (readonly [string, Drawn])[] = [
    ['a password', { type: 'password' }],
    ['a hidden input', { type: 'hidden', name: 'campaign' }],
    ['a file', { type: 'file' }],
    ['a password that the page shows', { name: 'new_password' }],
    ['a passcode', { name: 'passCode' }],
    ['a PIN', { name: 'card_pin' }],
    ['a one-time code', { autocomplete: 'one-time-code' }],
    ['a one-time code by name', { name: 'otp' }],
    ['a token of the page', { name: 'csrf_token' }],
    ['a card number by its purpose', { autocomplete: 'section-a billing cc-number' }],
    ['a card number by its name', { name: 'cardNumber' }],
    ['an expiry date', { name: 'card-expiry' }],
    ['a security code', { name: 'cvc' }],
    ['a bank account', { name: 'IBAN' }],
    ['a card number in a field of another name', { name: 'message', value: 'please charge 4111 1111 1111 1111' }],
    ['a card number with hyphens', { name: 'details', value: '4111-1111-1111-1111 12/27' }],
  ];

  for (const [what, drawn] of secrets) {
    it(`is ${what}`, () => {
      expect(sharedFields([field({ mark: '', ...drawn })])).to.deep.equal({});
    });
  }

  it('is any run of 13 to 19 digits, however it is grouped and whatever stands around it', () => {
    const digits = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 13, maxLength: 19 });
    const gap = fc.constantFrom('', ' ', '-');
    fc.assert(
      fc.property(fc.string(), digits, gap, fc.string(), (before, number, between, after) => {
        expect(isSecret(field({ value: `${before}${number.join(between)}${after}` }))).to.equal(true);
      }),
    );
  });

  for (const name of ['shipping', 'passenger', 'order', 'discount', 'telephone', 'postcode', 'opinion']) {
    it(`is not a field called ${name}`, () => {
      expect(isSecret(field({ name, value: '+297 582 0001' }))).to.equal(false);
    });
  }
});
