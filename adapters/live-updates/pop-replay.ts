import type { AgentDesk } from '#domain/contracts/agent-desk.js';
import type { AgentId } from '#domain/kernel/ids.js';
import type { PopMessage } from '#domain/views/live-messages.js';

type Tell = (message: PopMessage) => void;

/** More than these are history, and the desktop shows what is left of it. */
const mostReplayed = 200;

/** Tells a socket that comes back what it missed, in the log's order and with no gap to what happens meanwhile. */
export type PopReplay = Readonly<{
  /** Resolves when `tell` has heard all up to now; from then on the caller must pass on itself what happens. */
  catchUp: (agentId: AgentId, after: number, tell: Tell) => Promise<void>;
  /** A pop that is told live: those who are still catching up hear it in its turn. */
  happened: (agentId: AgentId, message: PopMessage) => void;
}>;

export const popReplay = (desk: Pick<AgentDesk, 'popsSince'>): PopReplay => {
  const waiting = new Map<AgentId, Set<PopMessage[]>>();

  const open = (agentId: AgentId, meanwhile: PopMessage[]): void => {
    waiting.set(agentId, (waiting.get(agentId) ?? new Set()).add(meanwhile));
  };
  const close = (agentId: AgentId, meanwhile: PopMessage[]): void => {
    const others = waiting.get(agentId);
    others?.delete(meanwhile);
    if (others?.size === 0) waiting.delete(agentId);
  };

  return {
    catchUp: async (agentId, after, tell) => {
      const meanwhile: PopMessage[] = [];
      open(agentId, meanwhile);
      try {
        const missed = await desk.popsSince(agentId, after);
        missed.slice(-mostReplayed).forEach(tell);
        const upTo = missed.at(-1)?.position ?? after;
        meanwhile.filter(({ position }) => position > upTo).forEach(tell);
      } finally {
        close(agentId, meanwhile);
      }
    },
    happened: (agentId, message) => {
      for (const meanwhile of waiting.get(agentId) ?? []) meanwhile.push(message);
    },
  };
};
