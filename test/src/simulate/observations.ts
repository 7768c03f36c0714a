import { instant } from '#domain/kernel/time.js';
import type { Observation } from '#src/simulate/observation.js';

type Untold<Each = Observation> = Each extends Observation ? Omit<Each, 'call' | 'at'> : never;

/** What robots have seen of one call, each a second after the one before. */
export const story = (call: number, ...seen: readonly Untold[]): readonly Observation[] =>
  seen.map((each, nth) => ({ ...each, call, at: instant(1_000 * (nth + 1)) }));

/** Anna's and Ben's shares in it. */
export const pop = (agent: string, hop = 1): Untold => ({ saw: 'pop', agent, hop, afterRing: 5 });
export const talk = (agent: string, as: 'first-agent' | 'second-agent' = 'first-agent'): Untold => ({
  saw: 'talk',
  agent,
  as,
});
export const clears = (agent: string): Untold => ({ saw: 'agent-clears', agent });
export const left = (agent: string): Untold => ({ saw: 'agent-left', agent });
export const handsOn = (agent: string): Untold => ({ saw: 'agent-hands-on', agent, kind: 'transfer' });
export const click: Untold = { saw: 'click' };
export const hangsUp: Untold = { saw: 'customer-hangs-up' };
export const over: Untold = { saw: 'window-over', state: 'ended', cause: 'normal-clearing' };
