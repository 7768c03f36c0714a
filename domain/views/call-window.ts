import type { CallCause } from '../call/call.events.js';
import type { CapturePolicy } from '../merchant/merchant.events.js';
import type { ContactId, IconSessionId } from '../kernel/ids.js';
import type { Instant } from '../kernel/time.js';
import type { ChannelMessage } from './agent-desktop.js';

export type CallWindowState = 'requested' | 'dialling' | 'ringing' | 'queued' | 'talking' | 'held' | 'ended' | 'failed';

/** What the customer's call window shows: a fold of the log. Holds nothing about the merchant's agents but a first name. */
export type CallWindow = Readonly<{
  sessionId: IconSessionId;
  contactId: ContactId;
  merchantName: string;
  iconLabel: string;
  state: CallWindowState;
  since: Instant;
  cause?: CallCause;
  agentName?: string;
  /** What may be passed on to the agent; nothing else leaves the merchant's page. */
  capture: CapturePolicy;
  /** Verified origins of the merchant: pages of these may be pushed, and may tell what the customer does on them. */
  origins?: readonly string[];
  /** Nobody hears anybody on this call, and the customer is told so. Left out: a line that carries voice. */
  line?: 'simulated';
  /** A page to be shown that has been neither shown nor blocked yet. */
  push?: Readonly<{ pushId: string; url: string; label: string; by: string }>;
  volumePercent: number;
  echoCancellation: boolean;
  channel?: Readonly<{ agentName: string }>;
  messages: readonly ChannelMessage[];
}>;
