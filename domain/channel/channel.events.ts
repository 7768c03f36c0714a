import type { Command, DomainEvent } from '../kernel/decider.js';
import type { AgentId, ChannelDirectoryId } from '../kernel/ids.js';

/** Which short codes (2 to 4 digits) are given out to which agents of one merchant. */
export type ChannelDirectoryEvent =
  | DomainEvent<'ChannelAssigned', { agentId: AgentId; code: string }>
  | DomainEvent<'ChannelReleased', { agentId: AgentId; code: string }>;

type To<Type extends string, Data> = Command<Type, ChannelDirectoryId, Data>;

export type ChannelDirectoryCommand =
  /** `seed`: any whole number ≥ 0; the search for a free code begins there, so that codes are not foreseeable. */
  To<'AssignChannel', { agentId: AgentId; seed: number }> | To<'ReleaseChannel', { agentId: AgentId }>;

export type ChannelDirectoryRejection = 'no-code-left';
