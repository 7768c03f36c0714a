import { accept, ignore, reject, type Decider } from '../kernel/decider.js';
import type { AgentId } from '../kernel/ids.js';
import type { ChannelDirectoryCommand, ChannelDirectoryEvent, ChannelDirectoryRejection } from './channel.events.js';

/** Codes given out now, both ways. */
export type ChannelDirectory = Readonly<{
  agentOf: ReadonlyMap<string, AgentId>;
  codeOf: ReadonlyMap<AgentId, string>;
}>;

/** Four digits: short enough to key, and no two agents of a merchant with thousands share one. */
const codes = 10_000;
const codeOfNumber = (number: number): string => String(number % codes).padStart(4, '0');

/** The first free code from the seed on, round the corner; none when all are given out. */
const freeCode = ({ agentOf }: ChannelDirectory, seed: number): string | undefined => {
  for (let step = 0; step < codes; step += 1) {
    const code = codeOfNumber(seed + step);
    if (!agentOf.has(code)) return code;
  }
  return undefined;
};

export const channelDirectoryDecider: Decider<
  ChannelDirectoryCommand,
  ChannelDirectory,
  ChannelDirectoryEvent,
  ChannelDirectoryRejection
> = {
  initialState: { agentOf: new Map(), codeOf: new Map() },

  decide: ({ type, data }, directory) => {
    const held = directory.codeOf.get(data.agentId);
    switch (type) {
      case 'AssignChannel': {
        if (held !== undefined) return ignore;
        const code = freeCode(directory, data.seed);
        return code === undefined
          ? reject('no-code-left')
          : accept({ type: 'ChannelAssigned', data: { agentId: data.agentId, code } });
      }
      case 'ReleaseChannel':
        return held === undefined
          ? ignore
          : accept({ type: 'ChannelReleased', data: { agentId: data.agentId, code: held } });
    }
  },

  evolve: ({ agentOf, codeOf }, { type, data: { agentId, code } }) => {
    const [agents, channels] = [new Map(agentOf), new Map(codeOf)];
    switch (type) {
      case 'ChannelAssigned':
        agents.set(code, agentId);
        channels.set(agentId, code);
        break;
      case 'ChannelReleased':
        agents.delete(code);
        channels.delete(agentId);
        break;
    }
    return { agentOf: agents, codeOf: channels };
  },
};
