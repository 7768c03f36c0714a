import { expect } from 'chai';
import { describe, it } from 'mocha';
import { isCardNumber, isSecretName } from '#domain/icon-session/secret-names.js';

describe('the name of a field', () => {
  const secret = [
    'password',
    'Password',
    'new-password',
    'user_passwd',
    'userPassword2',
    'PASSWORT',
    'loginpasswort',
    'pwd',
    'passphrase',
    'mot-de-passe',
    'pin',
    'newPin',
    'user_pin',
    'otp',
    'one-time-code',
    'secret',
    'csrf_token',
    'accessToken',
    'auth',
    'cardnumber',
    'card-number',
    'cardNumber',
    'card_holder',
    'cc-number',
    'ccnum',
    'cc_exp',
    'creditCardNo',
    'mycreditcardno',
    'cvv',
    'cvv2',
    'CVC',
    'csc',
    'security-code',
    'iban',
    'bank.iban',
    'ssn',
    'kontrolle[pin]',
  ];
  for (const name of secret) {
    it(`${name} is secret`, () => {
      expect(isSecretName(name)).to.be.true;
    });
  }

  const open = [
    'size',
    'colour',
    'shipping',
    'shippingAddress',
    'passenger',
    'compass',
    'cardigan',
    'postcode',
    'spinning',
    'opinion',
    'company',
    'discardReason',
    'pantry',
    'author',
    'city',
    'email',
    'bypass',
    'account',
    'accessory',
    'panel',
    'größe',
    '',
  ];
  for (const name of open) {
    it(`${name} is not`, () => {
      expect(isSecretName(name)).to.be.false;
    });
  }
});

describe('a value', () => {
  it('may be a payment card, however it is grouped', () => {
    expect(
      ['4111111111111111', '4111 1111 1111 1111', '4111-1111-1111-1', 'card: 378282246310005.'].every(isCardNumber),
    ).to.be.true;
    expect(['+49 30 123456789', '2026-01-05', '42', '123456789012', ''].some(isCardNumber)).to.be.false;
  });
});
