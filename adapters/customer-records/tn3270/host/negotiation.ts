import { option, telnet } from './telnet-stream.js';

const { IAC, DO, WILL, WONT, SB, SE } = telnet;
const { BINARY, TERMINAL_TYPE, END_OF_RECORD, TN3270E } = option;
const words = { CONNECT: 1, DEVICE_TYPE: 2, FUNCTIONS: 3, IS: 4, REQUEST: 7, SEND: 8 } as const;
/** Binary and end of record, each way. */
const agreements = 4;
/** The logical unit of who asks for none. */
const anyUnit = 'TRUNK001';

type Line = Readonly<{
  write: (bytes: readonly number[]) => void;
  /** Called once. `extended`: records have a header from now on. */
  agreed: (extended: boolean, lu?: string) => void;
}>;

const latin1 = (text: Uint8Array): string => Buffer.from(text).toString('latin1');

/** Leads a terminal to TN3270E (RFC 2355), or where it will not or may not, to TN3270 (RFC 1576). */
export class Negotiation {
  private open = agreements;
  private lu: string | undefined;

  constructor(
    private readonly line: Line,
    private readonly extended: boolean,
  ) {}

  begin(): void {
    this.line.write([IAC, DO, this.extended ? TN3270E : TERMINAL_TYPE]);
  }

  onOption(verb: number, about: number): void {
    if (about === TN3270E) this.onExtended(verb);
    else if (about === TERMINAL_TYPE && verb === WILL) this.ask(TERMINAL_TYPE, [1]);
    else if ((about === BINARY || about === END_OF_RECORD) && (verb === DO || verb === WILL)) {
      this.open -= 1;
      if (this.open === 0) this.line.agreed(false, this.lu);
    }
  }

  onSubnegotiation(about: number, text: Uint8Array): void {
    if (about === TN3270E) this.onExtendedText(text);
    else if (about === TERMINAL_TYPE && text[0] === 0) {
      const [, lu] = latin1(text.subarray(1)).split('@');
      this.lu = lu;
      const both = [END_OF_RECORD, BINARY].flatMap((each) => [IAC, DO, each, IAC, WILL, each]);
      this.line.write(both);
    }
  }

  private ask(about: number, text: readonly number[]): void {
    this.line.write([IAC, SB, about, ...text, IAC, SE]);
  }

  private onExtended(verb: number): void {
    if (verb === WILL) this.ask(TN3270E, [words.SEND, words.DEVICE_TYPE]);
    else if (verb === WONT) this.line.write([IAC, DO, TERMINAL_TYPE]);
  }

  private onExtendedText([subject, verb, ...rest]: Uint8Array): void {
    if (subject === words.DEVICE_TYPE && verb === words.REQUEST) this.giveUnit(rest);
    else if (subject === words.FUNCTIONS) this.settleFunctions(verb, rest);
  }

  private giveUnit(request: readonly number[]): void {
    const [type = '', asked] = latin1(Uint8Array.from(request)).split('\u0001');
    this.lu = asked ?? anyUnit;
    const given = [...Buffer.from(type, 'latin1'), words.CONNECT, ...Buffer.from(this.lu, 'latin1')];
    this.ask(TN3270E, [words.DEVICE_TYPE, words.IS, ...given]);
  }

  /** None of them: each is something that an application would have to keep to. */
  private settleFunctions(verb: number | undefined, functions: readonly number[]): void {
    if (verb === words.REQUEST) this.ask(TN3270E, [words.FUNCTIONS, functions.length === 0 ? words.IS : words.REQUEST]);
    if (functions.length === 0) this.line.agreed(true, this.lu);
  }
}
