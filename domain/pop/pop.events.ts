import type { CorrelationRule, Verdict } from '../correlation/correlation.events.js';
import type { Command, DomainEvent } from '../kernel/decider.js';
import type { AgentId, CallId, ContactId, PopId } from '../kernel/ids.js';

/** Why Trunkline believes that this call is that click: what the agent reads in one sentence. */
export type Belief = Readonly<{ verdict: Verdict; rule: CorrelationRule; sentence: string }>;
export type PopRetraction =
  'answered-elsewhere' | 'not-answered' | 'caller-gone' | 'transferred' | 'conference-left' | 'call-over' | 'corrected';

export type PopEvent =
  | DomainEvent<
      'ScreenPopOffered',
      { agentId: AgentId; contactId: ContactId; callId: CallId; hop: number; why: Belief }
    >
  | DomainEvent<'ScreenPopOpened', { agentId: AgentId; contactId: ContactId }>
  | DomainEvent<'ScreenPopRetracted', { agentId: AgentId; contactId: ContactId; why: PopRetraction }>;

type To<Type extends string, Data> = Command<Type, PopId, Data>;

export type PopCommand =
  | To<'OfferPop', { agentId: AgentId; contactId: ContactId; callId: CallId; hop: number; why: Belief }>
  | To<'OpenPop', Readonly<Record<never, never>>>
  | To<'RetractPop', { why: PopRetraction }>;
