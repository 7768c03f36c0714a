import { accept, ignore, reject, type Decider } from '../kernel/decider.js';
import type { AgentId } from '../kernel/ids.js';
import type { ChannelDirectoryCommand, ChannelDirectoryEvent, ChannelDirectoryRejection } from './channel.events.js';

/** An agent with the code given out now, and the one before. An array of them: copying one is cheap. */
type Holder = Readonly<{ agentId: AgentId; code?: string; last?: string }>;
export type ChannelDirectory = readonly Holder[];

/**
 * Always four digits of the two to four that may be keyed (S1 [81]): the most that can be tried against, enough for a
 * merchant with thousands of agents, and all of one length, so that no code begins another.
 */
const codes = 10_000;
const codeOfNumber = (number: number): string => String(number % codes).padStart(4, '0');

/** The first free code from the seed on, round the corner; the agent's last one only when there is no other. */
const freeCode = (directory: ChannelDirectory, last: string | undefined, seed: number): string | undefined => {
  const taken = new Set(directory.map(({ code }) => code));
  for (let step = 0; step < codes; step += 1) {
    const code = codeOfNumber(seed + step);
    if (code !== last && !taken.has(code)) return code;
  }
  return taken.has(last) ? undefined : last;
};

const holding = (directory: ChannelDirectory, holder: Holder): ChannelDirectory => {
  const place = directory.findIndex(({ agentId }) => agentId === holder.agentId);
  return place < 0 ? [...directory, holder] : directory.with(place, holder);
};

/** One code for each agent who is logged on, another one the next time. */
export const channelDirectoryDecider: Decider<
  ChannelDirectoryCommand,
  ChannelDirectory,
  ChannelDirectoryEvent,
  ChannelDirectoryRejection
> = {
  initialState: [],

  decide: ({ type, data }, directory) => {
    const { agentId } = data;
    const holder = directory.find((each) => each.agentId === agentId);
    switch (type) {
      case 'AssignChannel': {
        if (holder?.code !== undefined) return ignore;
        const code = freeCode(directory, holder?.last, data.seed);
        return code === undefined
          ? reject('no-code-left')
          : accept({ type: 'ChannelAssigned', data: { agentId, code } });
      }
      case 'ReleaseChannel':
        return holder?.code === undefined
          ? ignore
          : accept({ type: 'ChannelReleased', data: { agentId, code: holder.code } });
    }
  },

  evolve: (directory, { type, data: { agentId, code } }) => {
    switch (type) {
      case 'ChannelAssigned':
        return holding(directory, { agentId, code });
      case 'ChannelReleased':
        return holding(directory, { agentId, last: code });
    }
  },
};
