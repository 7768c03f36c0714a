/** Telnet as terminals of mainframes speak it (RFC 854, 885, 1576, 2355). */
export const telnet = {
  IAC: 255,
  DONT: 254,
  DO: 253,
  WONT: 252,
  WILL: 251,
  SB: 250,
  SE: 240,
  EOR: 239,
} as const;

export const option = { BINARY: 0, TERMINAL_TYPE: 24, END_OF_RECORD: 25, TN3270E: 40 } as const;

export type TelnetEvents = Readonly<{
  onRecord: (record: Uint8Array) => void;
  /** `verb` is one of DO, DONT, WILL, WONT. */
  onOption: (verb: number, option: number) => void;
  onSubnegotiation: (option: number, text: Uint8Array) => void;
}>;

/** No terminal of ours sends as much at once. */
const longestRecord = 65_536;

/**
 * Takes a telnet stream apart, in whatever pieces it comes.
 * @returns what takes the next piece
 * @throws {RangeError} from the taking, when something does not come to its end
 */
export const telnetReader = ({ onRecord, onOption, onSubnegotiation }: TelnetEvents): ((piece: Uint8Array) => void) => {
  let data: number[] = [];
  let subnegotiation: number[] | undefined;
  let escaped = false;
  let verb: number | undefined;

  const keep = (byte: number): void => {
    const into = subnegotiation ?? data;
    if (into.length === longestRecord) throw new RangeError('the terminal sends a record without end');
    into.push(byte);
  };

  const command = (byte: number): void => {
    switch (byte) {
      case telnet.IAC:
        keep(byte);
        return;
      case telnet.EOR:
        onRecord(Uint8Array.from(data));
        data = [];
        return;
      case telnet.SB:
        subnegotiation = [];
        return;
      case telnet.SE: {
        const [about, ...text] = subnegotiation ?? [];
        subnegotiation = undefined;
        if (about !== undefined) onSubnegotiation(about, Uint8Array.from(text));
        return;
      }
      case telnet.DO:
      case telnet.DONT:
      case telnet.WILL:
      case telnet.WONT:
        verb = byte;
    }
  };

  const take = (byte: number): void => {
    if (verb !== undefined) {
      onOption(verb, byte);
      verb = undefined;
    } else if (escaped) {
      escaped = false;
      command(byte);
    } else if (byte === telnet.IAC) escaped = true;
    else keep(byte);
  };

  return (piece) => {
    for (const byte of piece) take(byte);
  };
};

/** A record as it goes over the line. */
export const framed = (record: Uint8Array): Uint8Array => {
  const escaped = Array.from(record).flatMap((byte) => (byte === telnet.IAC ? [telnet.IAC, telnet.IAC] : [byte]));
  return Uint8Array.from([...escaped, telnet.IAC, telnet.EOR]);
};
