import {
  gatewayId,
  callId,
  contactId,
  iconSessionId,
  leaseId,
  linkId,
  merchantId,
  platform,
} from '#domain/kernel/ids.js';
import type { GatewayId, IconSessionId, MerchantId, StreamId } from '#domain/kernel/ids.js';
import type { E164 } from '#domain/kernel/phone-number.js';
import { instant, type Instant } from '#domain/kernel/time.js';
import type { TrunklineEvent } from '#domain/events.js';

export const merchant: MerchantId = merchantId('busy');
export const portsPerGateway = 10_000;

/** One call that is on its way through a gateway: what the log says of it, and what a look-up must answer. */
export type LeasedCall = Readonly<{
  ani: E164;
  customerRef: string;
  sessionId: IconSessionId;
  gatewayId: GatewayId;
  port: number;
  /** In the order of the log, each with its stream. */
  events: readonly Readonly<{ stream: StreamId; event: TrunklineEvent }>[];
}>;

const firstNumber = 29_752_000_000;
const link = linkId(merchant, 'shoes');
const origin = 'https://shop.busy.example';

/** Unique parts as long as those that the product makes of a click. */
const uniqueOf = (index: number): string => index.toString(16).padStart(32, '0');

/** Line number `index`, counted through all gateways. */
export const aniOf = (index: number): E164 => `+${firstNumber + index}`;

export const customerOf = (index: number): string => `C-${index}`;

export const gatewayOf = (index: number): GatewayId =>
  gatewayId(platform, `gateway-${Math.floor(index / portsPerGateway) + 1}`);

/** A click and the lease that it led to. */
export const leasedCall = (index: number, at: Instant = instant(1_800_000_000_000)): LeasedCall => {
  const unique = uniqueOf(index);
  const [sessionId, call, contact] = [
    iconSessionId(merchant, unique),
    callId(merchant, unique),
    contactId(merchant, unique),
  ];
  const [ani, gateway, port] = [aniOf(index), gatewayOf(index), (index % portsPerGateway) + 1];
  const customerRef = customerOf(index);
  const page = { url: `${origin}/shoes/espadrille-${index % 1000}.html`, title: 'Espadrille', at };
  return {
    ani,
    customerRef,
    sessionId,
    gatewayId: gateway,
    port,
    events: [
      {
        stream: sessionId,
        event: {
          type: 'IconClicked',
          data: { contactId: contact, linkId: link, origin, page, pseudoAni: `0${String(index).padStart(11, '0')}` },
        },
      },
      { stream: sessionId, event: { type: 'CustomerIdentified', data: { customerRef, by: 'page' } } },
      {
        stream: gateway,
        event: {
          type: 'PortLeased',
          data: {
            leaseId: leaseId(merchant, `${unique}.1`),
            port,
            ani,
            callId: call,
            contactId: contact,
            sessionId,
            merchantId: merchant,
            sequence: 1,
            at,
          },
        },
      },
    ],
  };
};
