import type { EventOf, EventType } from '#domain/events.js';
import {
  callCentreId,
  callId,
  deviceId,
  gatewayId,
  iconSessionId,
  leaseId,
  platform,
  popId,
  type StreamId,
} from '#domain/kernel/ids.js';
import { acme, anna } from './sample-contacts.js';

export const session = iconSessionId(acme, '01K7XQ3M5RVA');
export const outbound = callId(acme, '01K7XQ3N0PHE');
export const inbound = callId(acme, '01K7XQ3NX7Q2');
export const gateway = gatewayId(platform, 'aruba-1');
export const centre = callCentreId(acme, 'oranjestad');
export const phone = deviceId(acme, '4001');
export const pop = popId(acme, '01K7XQ3NX7Q2.anna.1');
export const lease = leaseId(acme, '01K7XQ3N2JQ7');
export const number = '+2975557000';
export const ani = '+2975550112';

export type Step = Readonly<{
  type: EventType;
  stream: StreamId;
  data: object;
  /** Milliseconds after the event before. */
  after: number;
  /** Type of the event that led to it: the latest of that type. */
  because?: EventType;
  actor: string;
  /** How much later the log heard of it. */
  late?: number;
}>;

export const step = <Type extends EventType>(
  type: Type,
  stream: StreamId,
  data: Partial<EventOf<Type>['data']>,
  rest: Readonly<{ after: number; because?: EventType; actor: string; late?: number }>,
): Step => ({ type, stream, data, ...rest });

export const customer = `customer:${session}`;
export const agent = `agent:${anna}`;
export const shop = 'https://shop.acme-outdoor.example';
