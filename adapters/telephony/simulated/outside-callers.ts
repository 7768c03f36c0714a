import type { CallId } from '#domain/kernel/ids.js';
import { phoneNumber, type E164 } from '#domain/kernel/phone-number.js';
import type { SeededRandom } from '#domain/kernel/seeded-random.js';
import { recent, callsRemembered } from './recent.js';
import type { Circuit, Hear } from './circuit.js';
import type { PublicNetwork } from './public-network.js';
import type { TrunkGroup } from './trunk-group.js';

/** A call from the telephone network that no gateway placed. */
export type OutsideCallRequest = Readonly<{
  /** What the far end is to see: any text, also another's number. */
  from: string;
  to: E164;
  callerName?: string;
  uui?: string;
  /** `pstn` where none is named. */
  trunkGroup?: string;
}>;

/** Somebody out there with a telephone. */
export type OutsideCall = Readonly<{
  state: () => 'calling' | 'answered' | 'over';
  /** The call's id at the centre that it reached, once it has. */
  centreCallId: () => CallId | undefined;
  hangUp: () => void;
}>;

export type OutsideCallers = Readonly<{
  placeCall: (request: OutsideCallRequest) => OutsideCall;
  /** Whoever made that call at a centre, if it was nobody behind a gateway. */
  callerOf: (centreCall: CallId) => OutsideCall | undefined;
  /** Goes on with a call as it stood before a break; no answer: its trunk has no circuit for it. */
  resume: (centreCall: CallId, trunkGroup: string | undefined, answered: boolean) => Circuit | undefined;
}>;

type Dependencies = Readonly<{
  trunk: (name: string) => TrunkGroup;
  random: SeededRandom;
  publicNetwork: PublicNetwork;
}>;

const defaultTrunk = 'pstn';

type Phone = { state: 'calling' | 'answered' | 'over'; centreCallId?: CallId };

const hearing =
  (phone: Phone): Hear =>
  (signal) => {
    if (phone.state === 'over') return;
    if (signal.kind === 'answer') phone.state = 'answered';
    if (signal.kind === 'release') phone.state = 'over';
  };

const handle = (phone: Phone, circuit: Circuit | undefined): OutsideCall => ({
  state: () => phone.state,
  centreCallId: () => phone.centreCallId,
  hangUp: () => {
    if (phone.state === 'over') return;
    phone.state = 'over';
    circuit?.fromCaller({ kind: 'release', cause: 'normal-clearing' });
  },
});

export const outsideCallers = ({ trunk, random, publicNetwork }: Dependencies): OutsideCallers => {
  const callers = recent<CallId, OutsideCall>(callsRemembered);
  let placed = 0;

  return {
    placeCall: ({ from, to, callerName, uui, trunkGroup = defaultTrunk }) => {
      placed += 1;
      const phone: Phone = { state: 'calling' };
      const circuit = trunk(trunkGroup).seize(hearing(phone), random.fork(String(placed)));
      if (!circuit) phone.state = 'over';
      const call = handle(phone, circuit);
      const shown = { ...(callerName !== undefined && { callerName }), ...(uui !== undefined && { uui }) };
      circuit?.setUp(
        { ani: phoneNumber(from), dnis: phoneNumber(to), trunkGroup, ...shown },
        publicNetwork.reach((centreCallId) => {
          phone.centreCallId = centreCallId;
          callers.put(centreCallId, call);
        }),
      );
      return call;
    },

    callerOf: (centreCall) => callers.get(centreCall),

    resume: (centreCallId, trunkGroup = defaultTrunk, answered) => {
      const phone: Phone = { state: answered ? 'answered' : 'calling', centreCallId };
      const circuit = trunk(trunkGroup).seize(hearing(phone), random.fork(centreCallId));
      if (circuit) callers.put(centreCallId, handle(phone, circuit));
      return circuit;
    },
  };
};
