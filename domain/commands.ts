import type { AccessCommand } from './access/access.events.js';
import type { QueueCommand } from './acd/queue.events.js';
import type { AgentCommand } from './agent/agent.commands.js';
import type { CallRecordCommand } from './billing/call-record.events.js';
import type { CallCommand } from './call/call.commands.js';
import type { ChannelDirectoryCommand } from './channel/channel.events.js';
import type { ClockCommand } from './clock/clock.events.js';
import type { GatewayCommand } from './gateway/gateway.commands.js';
import type { IconSessionCommand } from './icon-session/icon-session.commands.js';
import type { MerchantCommand } from './merchant/merchant.commands.js';
import type { PopCommand } from './pop/pop.events.js';
import type { WebhookCommand } from './webhook/webhook.commands.js';
import type { ErasureCommand } from './privacy/erasure.events.js';

/** Everything that can be asked of the domain. */
export type TrunklineCommand =
  | MerchantCommand
  | IconSessionCommand
  | GatewayCommand
  | CallCommand
  | QueueCommand
  | AgentCommand
  | ChannelDirectoryCommand
  | PopCommand
  | CallRecordCommand
  | WebhookCommand
  | AccessCommand
  | ErasureCommand
  | ClockCommand;

export type CommandType = TrunklineCommand['type'];
export type CommandOf<Type extends CommandType> = Extract<TrunklineCommand, { type: Type }>;
