import type { LookupAddress } from 'node:dns';
import { lookup, Resolver } from 'node:dns/promises';
import type { LookupFunction } from 'node:net';
import type { AllowedAddresses } from './allowed-addresses.js';

/** All addresses of a name, at this moment. */
export type Resolve = (hostname: string) => Promise<readonly LookupAddress[]>;

/** In a row, so that names which nobody answers for never hold more than one of the few threads that all file work shares. */
const oneByOne = (ask: Resolve): Resolve => {
  let last: Promise<unknown> = Promise.resolve();
  return (hostname) => {
    const answer = last.then(() => ask(hostname));
    last = answer.catch(() => undefined);
    return answer;
  };
};

const isLate = (answer: PromiseSettledResult<unknown>): boolean =>
  answer.status === 'rejected' && (answer.reason as NodeJS.ErrnoException).code === 'ETIMEOUT';

/**
 * Asks the name servers, which costs no thread however long they take; then the machine, which also knows its own names.
 * A name whose servers do not answer in time is not asked for again elsewhere.
 */
export const systemResolve = (): Resolve => {
  const servers = new Resolver({ timeout: 2_000, tries: 2 });
  const machine = oneByOne((hostname) => lookup(hostname, { all: true }));
  return async (hostname) => {
    const [four, six] = await Promise.allSettled([servers.resolve4(hostname), servers.resolve6(hostname)]);
    const found = [
      ...(four.status === 'fulfilled' ? four.value.map((address) => ({ address, family: 4 })) : []),
      ...(six.status === 'fulfilled' ? six.value.map((address) => ({ address, family: 6 })) : []),
    ];
    if (found.length > 0) return found;
    if (isLate(four) || isLate(six)) throw Object.assign(new Error(`no answer for ${hostname}`), { code: 'ETIMEDOUT' });
    return machine(hostname);
  };
};

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
