import type { Command } from '../kernel/decider.js';
import type { CallId, ContactId, GatewayId, IconSessionId, LeaseId, MerchantId } from '../kernel/ids.js';
import type { Gateway } from './gateway.events.js';

type To<Type extends string, Data> = Command<Type, GatewayId, Data>;

export type GatewayCommand =
  | To<'DefineGateway', Gateway>
  /** Repeating it for a call that has a lease here changes nothing. An empty pool is a fact (`PoolExhausted`), not a refusal. */
  | To<
      'LeasePort',
      { leaseId: LeaseId; callId: CallId; contactId: ContactId; sessionId: IconSessionId; merchantId: MerchantId }
    >
  | To<'ReleasePort', { leaseId: LeaseId; cause: string }>
  | To<'BlockPort', { port: number; reason: string }>
  | To<'UnblockPort', { port: number }>;

export type GatewayRejection =
  'unknown-gateway' | 'unknown-port' | 'duplicate-port' | 'duplicate-ani' | 'port-in-use' | 'bad-gateway';
