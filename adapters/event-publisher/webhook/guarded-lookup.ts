import type { LookupAddress } from 'node:dns';
import { lookup } from 'node:dns/promises';
import type { LookupFunction } from 'node:net';
import type { AllowedAddresses } from './allowed-addresses.js';

/** All addresses of a name, at this moment. */
export type Resolve = (hostname: string) => Promise<readonly LookupAddress[]>;

export const systemResolve: Resolve = (hostname) => lookup(hostname, { all: true, verbatim: true });

/** A name that resolves to nothing that webhooks may reach. */
export class AddressNotAllowed extends Error {
  readonly code = 'ADDRESS_NOT_ALLOWED';
}

/**
 * The look-up of each new connection: the addresses that are judged are the ones that are then connected to, so a name
 * that answers otherwise the next time (DNS rebinding) gains nothing.
 */
export const guardedLookup =
  (resolve: Resolve, isAllowed: AllowedAddresses): LookupFunction =>
  (hostname, { all }, callback) => {
    const found = resolve(hostname).then((addresses) => {
      const allowed = addresses.filter(({ address }) => isAllowed(address));
      const [first] = allowed;
      if (!first) throw new AddressNotAllowed(`${hostname} resolves to no address that webhooks may reach`);
      return { first, allowed };
    });
    found.then(
      ({ first, allowed }) => {
        if (all === true) callback(null, allowed);
        else callback(null, first.address, first.family);
      },
      (error: unknown) => {
        callback(error as NodeJS.ErrnoException, '');
      },
    );
  };
