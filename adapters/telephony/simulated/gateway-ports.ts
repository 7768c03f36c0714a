import type { GatewayPort } from '#domain/gateway/gateway.events.js';
import type { CallId } from '#domain/kernel/ids.js';
import type { E164 } from '#domain/kernel/phone-number.js';

/** The lines of a gateway: one call each, and none while out of order. */
export type GatewayPorts = Readonly<{
  /** No answer: there is no such port. */
  lineNumber: (port: number) => E164 | undefined;
  isFree: (port: number) => boolean;
  occupy: (port: number, call: CallId) => void;
  release: (port: number) => void;
  /** Answers the call that was on it. */
  fail: (port: number) => CallId | undefined;
  repair: (port: number) => void;
}>;

export const gatewayPorts = (ports: readonly GatewayPort[]): GatewayPorts => {
  const numbers = new Map(ports.map(({ port, ani }) => [port, ani]));
  const callOn = new Map<number, CallId>();
  const outOfOrder = new Set<number>();

  return {
    lineNumber: (port) => numbers.get(port),
    isFree: (port) => !callOn.has(port) && !outOfOrder.has(port),
    occupy: (port, call) => void callOn.set(port, call),
    release: (port) => void callOn.delete(port),
    fail: (port) => {
      outOfOrder.add(port);
      return callOn.get(port);
    },
    repair: (port) => void outOfOrder.delete(port),
  };
};
