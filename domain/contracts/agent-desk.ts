import type { NotReadyReason } from '../agent/agent.events.js';
import type { AgentId, CallCentreId, ContactId, MerchantId } from '../kernel/ids.js';
import type { AgentDesktop, Colleague, DeskProfile, QueueGlance } from '../views/agent-desktop.js';
import type { PopMessage } from '../views/pop-message.js';
import type { CommandOutcome } from './command-bus.js';

/** What an agent can ask for. Calls are always the agent's own present one: the server knows which. */
export type AgentRequest =
  | Readonly<{ type: 'log-on' }>
  | Readonly<{ type: 'log-off' }>
  | Readonly<{ type: 'ready' }>
  | Readonly<{ type: 'not-ready'; reason: NotReadyReason }>
  | Readonly<{ type: 'answer' }>
  | Readonly<{ type: 'hold' }>
  | Readonly<{ type: 'retrieve' }>
  | Readonly<{ type: 'clear' }>
  | Readonly<{ type: 'key-digits'; digits: string }>
  | Readonly<{ type: 'transfer'; to: AgentId }>
  | Readonly<{ type: 'conference'; to: AgentId }>
  | Readonly<{ type: 'change-data'; changes: Readonly<Record<string, string>> }>
  | Readonly<{ type: 'take-notes'; contactId: ContactId; text: string }>
  | Readonly<{ type: 'record-disposition'; contactId: ContactId; code: string }>
  | Readonly<{ type: 'send-message'; messageId: string; text: string }>;

/** Everything behind the agent's page. */
export interface AgentDesk {
  request(agentId: AgentId, request: AgentRequest): Promise<CommandOutcome>;
  profile(agentId: AgentId): DeskProfile | undefined;
  /** The screen as of the log position beside it. */
  desktop(agentId: AgentId): Readonly<{ position: number; desktop: AgentDesktop }> | undefined;
  colleagues(agentId: AgentId): readonly Colleague[];
  queue(centreId: CallCentreId): QueueGlance;
  /** Pops of this agent that were offered, opened or retracted after a position, oldest first. */
  popsSince(agentId: AgentId, position: number): Promise<readonly PopMessage[]>;
  /** The agent's page is there, or gone: after a while of absence the agent counts as lost. */
  present(agentId: AgentId): void;
  absent(agentId: AgentId): void;
}

/** Tells what changed, after each batch of the log. */
export interface LiveFeed {
  onDesktop(listener: (agentId: AgentId, position: number, desktop: AgentDesktop) => void): void;
  onProfile(listener: (agentId: AgentId, profile: DeskProfile) => void): void;
  onPop(listener: (agentId: AgentId, message: PopMessage) => void): void;
  /** At most once a second for each centre. */
  onQueue(listener: (centreId: CallCentreId, queue: QueueGlance) => void): void;
  /** Rights of this account were withdrawn or it signed out: close its sockets. */
  onSignedOut(listener: (merchantId: MerchantId, sessionId: string) => void): void;
}
