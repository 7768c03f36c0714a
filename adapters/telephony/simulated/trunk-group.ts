import type { SeededRandom } from '#domain/kernel/seeded-random.js';
import { openCircuit, type Circuit, type CircuitParts, type Hear } from './circuit.js';
import type { SimulatedTrunkGroup } from './simulated-network.js';

export type TrunkGroup = Readonly<{
  settings: SimulatedTrunkGroup;
  /** No answer: every circuit is in use, or the group is down. */
  seize: (caller: Hear, random: SeededRandom) => Circuit | undefined;
  /** Every call on it breaks, and none gets through until it is up again. */
  takeDown: () => void;
  bringUp: () => void;
}>;

export const trunkGroup = (
  settings: SimulatedTrunkGroup,
  parts: Pick<CircuitParts, 'timeline' | 'timing'>,
): TrunkGroup => {
  const inUse = new Set<Circuit>();
  let up = true;

  return {
    settings,

    seize: (caller, random) => {
      if (!up || inUse.size >= (settings.circuits ?? Infinity)) return undefined;
      const circuit = openCircuit({ ...parts, caller, random, freed: () => inUse.delete(circuit) });
      inUse.add(circuit);
      return circuit;
    },

    takeDown: () => {
      up = false;
      for (const circuit of [...inUse]) circuit.cut();
    },

    bringUp: () => {
      up = true;
    },
  };
};
