import type { IconSessionId } from '#domain/kernel/ids.js';
import { phoneNumber, type E164 } from '#domain/kernel/phone-number.js';
import type { SeededRandom } from '#domain/kernel/seeded-random.js';
import type { Setup } from './circuit.js';
import type { SimulatedTrunkGroup } from './simulated-network.js';

/** What a gateway knows of its caller. */
export type Caller = Readonly<{ ani: E164; pilotNumber: E164; sessionId: IconSessionId }>;

const fewestDigitsLeft = 3;
const fewestDigitsLost = 2;

const numberShown = ({ ani, pilotNumber }: Caller, trunk: SimulatedTrunkGroup, luck: SeededRandom): string => {
  switch (trunk.presents) {
    case 'port-number':
      return ani;
    case 'pilot-number':
      return pilotNumber;
    case 'withheld':
      return 'anonymous';
    case 'garbled':
      // Never a wrong digit: that could be another port's number, and no rule on earth could tell.
      return ani.slice(0, luck.within({ from: 1 + fewestDigitsLeft, to: ani.length - fewestDigitsLost }));
  }
};

/** What of it the far end is shown on that trunk. */
export const presented = (caller: Caller, trunk: SimulatedTrunkGroup, luck: SeededRandom): Omit<Setup, 'dnis'> => ({
  ani: phoneNumber(numberShown(caller, trunk, luck)),
  trunkGroup: trunk.trunkGroup,
  ...(trunk.callerName !== undefined && { callerName: trunk.callerName }),
  ...(trunk.carriesUui && { uui: caller.sessionId }),
});
