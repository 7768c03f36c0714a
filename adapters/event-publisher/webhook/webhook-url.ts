import { isIP } from 'node:net';
import type { WebhookUrlRefusal } from '#domain/contracts/webhook-sender.js';
import type { AllowedAddresses } from './allowed-addresses.js';

export type UrlRules = Readonly<{
  /** Plain http as well: for development. */
  http: boolean;
  isAllowed: AllowedAddresses;
}>;

/** The usual port of each scheme; every other one below is some other service's. */
const usualPorts: ReadonlyMap<string, number> = new Map([
  ['https:', 443],
  ['http:', 80],
]);
const firstFreePort = 1_024;

/** Ports above, on which something else than HTTP listens: "bad ports" of the Fetch standard, and common data stores. */
const otherServices: ReadonlySet<number> = new Set([
  1_719, 1_720, 1_723, 2_049, 3_659, 4_045, 4_190, 5_060, 5_061, 6_000, 6_566, 6_665, 6_666, 6_667, 6_668, 6_669, 6_679,
  6_697, 10_080, 1_433, 1_521, 2_375, 2_376, 2_379, 2_380, 3_306, 5_432, 5_672, 6_379, 9_042, 9_092, 9_200, 10_250,
  11_211, 27_017,
]);

const isUsablePort = ({ protocol, port }: URL): boolean => {
  const usual = usualPorts.get(protocol);
  const number = port === '' ? usual : Number(port);
  return number !== undefined && (number === usual || (number >= firstFreePort && !otherServices.has(number)));
};

/** Without the brackets that IPv6 has in an address of the web. */
const hostIn = ({ hostname }: URL): string => hostname.replace(/^\[|\]$/g, '');

/** Why nothing may be sent there. A host that is an address is never looked up, so it is judged here. */
export const refusalOfUrl = (text: string, { http, isAllowed }: UrlRules): WebhookUrlRefusal | undefined => {
  if (!URL.canParse(text)) return 'bad-webhook-url';
  const url = new URL(text);
  const schemes = http ? ['https:', 'http:'] : ['https:'];
  const host = hostIn(url);
  if (!schemes.includes(url.protocol) || host === '' || url.username !== '' || url.password !== '') {
    return 'bad-webhook-url';
  }
  return isUsablePort(url) && (isIP(host) === 0 || isAllowed(host)) ? undefined : 'webhook-address-not-allowed';
};
