import type { CallMix } from './call-mix.js';
import { callsOf, type PlannedCall } from './planned-calls.js';

/** The calls of a load by their number, made up as they are asked for: a load of days need not be in memory. */
export type LoadPlan = Readonly<{
  /** None: the load has no such call. */
  call: (index: number) => PlannedCall | undefined;
  /** It is over. */
  forget: (index: number) => void;
}>;

export const loadPlan = (mix: CallMix): LoadPlan => {
  const calls = callsOf(mix);
  const made = new Map<number, PlannedCall>();
  let next = 0;
  return {
    call: (index) => {
      for (; next <= index; next += 1) {
        const drawn = calls.next();
        if (drawn.done === true) break;
        made.set(drawn.value.index, drawn.value);
      }
      return made.get(index);
    },
    forget: (index) => void made.delete(index),
  };
};

/** What the agents of a call key on their telephones; none: nothing. */
export const codeOf = (call: PlannedCall | undefined): string | undefined => {
  const keyed = call?.actions.find((action) => action.do === 'key-digits');
  return keyed?.do === 'key-digits' ? keyed.digits : undefined;
};

/** How the customers of one run are known to Trunkline: nobody else has such a reference. */
export const customerRefs = (run: string) => ({
  refOf: (call: number): string => `load-${run}-${call}`,
  /** None: it is nobody of this run. */
  callOf: (ref: string | undefined): number | undefined => {
    const number = ref?.startsWith(`load-${run}-`) === true ? ref.slice(`load-${run}-`.length) : '';
    return /^\d+$/.test(number) ? Number(number) : undefined;
  },
});

export type CustomerRefs = ReturnType<typeof customerRefs>;
