/** One of these words anywhere in a name makes it secret: `user_pin`, `newPin`, `card-holder`, `cc-exp`, `bank.iban`. */
const secretWords = new Set(
  [
    'pass passwd password passwort passcode passphrase pwd kennwort pin puk otp totp mfa secret token csrf auth',
    'card cards cardnumber cardno creditcard debitcard ccnumber ccnum cc ccv cvv cvc csc cvn pan',
    'iban ssn nino kreditkarte kartennummer',
  ].flatMap((line) => line.split(' ')),
);

/** These make a name secret even when it is written as one word: `userpassword`, `mycreditcardno`. */
const secretParts =
  /passw(?:or[dt]|d)|passcode|passphrase|kennwort|motdepasse|contrase[nñ]a|creditcard|debitcard|card(?:number|num|no)$|cvv|securitycode|onetime(?:code|password)/;

const wordsOf = (name: string): readonly string[] =>
  name
    .replace(/(\p{Ll}|\d)(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}]+/u);

/**
 * True for names of fields and cookies that hold what nobody may pass on, whatever a merchant allows: passwords, PINs,
 * one-time codes, tokens, payment cards and their codes, bank accounts, social security numbers.
 */
export const isSecretName = (name: string): boolean => {
  const words = wordsOf(name);
  return words.some((word) => secretWords.has(word)) || secretParts.test(words.join(''));
};

/** 13 digits or more, however grouped, and no telephone number behind a `+`: a payment card typed where it does not belong. */
export const isCardNumber = (value: string): boolean => /(?<!\+[\d -]*)(?:\d[ -]?){13}/.test(value);
