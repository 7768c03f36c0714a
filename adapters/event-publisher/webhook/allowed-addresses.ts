import ipaddr from 'ipaddr.js';

type Address = ipaddr.IPv4 | ipaddr.IPv6;
type Network = readonly [Address, number];

/** Whether webhooks may reach an IP address. What is no address is never allowed. */
export type AllowedAddresses = (address: string) => boolean;

/** All of IPv6 that is for the public (RFC 4291). */
const globalUnicast = ipaddr.IPv6.parseCIDR('2000::/3');

/** `unicast` is what is left when every special range is taken away, those that carry an IPv4 address included. */
const isPublic = (address: Address): boolean =>
  address.range() === 'unicast' && (address instanceof ipaddr.IPv4 || address.match(globalUnicast));

const isWithin = (address: Address, [network, prefix]: Network): boolean => {
  if (address instanceof ipaddr.IPv4) return network instanceof ipaddr.IPv4 && address.match(network, prefix);
  return network instanceof ipaddr.IPv6 && address.match(network, prefix);
};

/** An IPv4 address in IPv6's clothes is judged as what it is, by the operator's networks too. */
const plain = (address: Address): Address =>
  address instanceof ipaddr.IPv6 && address.isIPv4MappedAddress() ? address.toIPv4Address() : address;

/**
 * Public unicast addresses only: nothing private, shared (RFC 6598), loopback, link-local, multicast, reserved, or
 * translated from IPv4 – and what lies in the operator's own networks (CIDR), which are for systems on premises.
 */
export const allowedAddresses = (networks: readonly string[]): AllowedAddresses => {
  const own = networks.map((network): Network => ipaddr.parseCIDR(network));
  return (text) => {
    if (!ipaddr.isValid(text)) return false;
    const address = ipaddr.parse(text);
    return own.some((network) => isWithin(plain(address), network)) || isPublic(address);
  };
};
