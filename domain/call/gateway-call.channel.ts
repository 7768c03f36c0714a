import { accept, ignore, reject } from '../kernel/decider.js';
import type { KeyedChannel } from './call.commands.js';
import type { CallEvent } from './call.events.js';
import type { Answer, Ask } from './call.answer.js';
import type { LiveGatewayCall } from './call.state.js';
import type { AgentId } from '../kernel/ids.js';

/** UTF-16 units. */
const longestMessage = 2_000;

export const leaveChannel = (channel: AgentId | undefined): readonly CallEvent[] =>
  channel === undefined ? [] : [{ type: 'ChannelClosed', data: { agentId: channel } }];

/** The customer is in one agent's channel at a time. */
export const joinChannel = (
  channel: AgentId | undefined,
  { agentId, code }: Omit<KeyedChannel, 'onThisCall'>,
): readonly CallEvent[] =>
  channel === agentId ? [] : [...leaveChannel(channel), { type: 'ChannelJoined', data: { agentId, code, by: 'dtmf' } }];

/** Joins once it is known whose call it is; a call that is to be cleared joins nobody. */
export const enterChannel = ({ data }: Ask<'JoinChannel'>, { channel, clearRequested }: LiveGatewayCall): Answer =>
  clearRequested ? ignore : accept(...joinChannel(channel, data));

/** A line of chat, either way, between the customer and the agent whose channel they are in. */
export const sendMessage = ({ data }: Ask<'SendChannelMessage'>, { channel, messageIds }: LiveGatewayCall): Answer => {
  const { messageId, from, agentId, text } = data;
  if (messageIds.includes(messageId)) return ignore;
  if (channel === undefined || (from === 'agent' && agentId !== channel)) return reject('not-in-a-channel');
  if (text.trim() === '') return reject('empty-message');
  if (text.length > longestMessage) return reject('message-too-long');
  return accept({ type: 'ChannelMessageSent', data: { messageId, from, agentId: channel, text } });
};
