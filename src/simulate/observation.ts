import type { Instant, Milliseconds } from '#domain/kernel/time.js';

/**
 * What a robot has seen or done in one call of a load. Robots tell no more than any customer or agent could; what it
 * means is judged later, from both ends together.
 */
export type Observation = Readonly<{ call: number; at: Instant }> &
  (
    | Readonly<{ saw: 'click' }>
    | Readonly<{ saw: 'click-refused'; code: string }>
    /** The customer's window shows how the call gets on. */
    | Readonly<{ saw: 'window' }>
    /** The customer's window says that this agent has answered. */
    | Readonly<{ saw: 'answered'; agentName: string }>
    | Readonly<{ saw: 'page'; url: string }>
    | Readonly<{ saw: 'customer-hangs-up' }>
    | Readonly<{ saw: 'window-over'; state: 'ended' | 'failed'; cause: string }>
    /** A pop on an agent's screen names this call's customer. */
    | Readonly<{ saw: 'pop'; agent: string; hop: number; afterRing: Milliseconds }>
    /** An agent's phone rings, and nothing says for whom. */
    | Readonly<{ saw: 'ring-without-pop'; agent: string }>
    | Readonly<{ saw: 'talk'; agent: string; as: 'first-agent' | 'second-agent' }>
    | Readonly<{ saw: 'agent-clears'; agent: string }>
    | Readonly<{ saw: 'agent-left'; agent: string }>
    | Readonly<{ saw: 'agent-hands-on'; agent: string; kind: 'transfer' | 'conference' }>
    | Readonly<{ saw: 'request-refused'; agent: string; request: string; code: string }>
  );

export type Note = (observation: Observation) => void;

export type Seen<Saw extends Observation['saw']> = Extract<Observation, { saw: Saw }>;
