import type { LogEvent } from '#domain/events.js';
import { quarantineNeeded, usualTiming } from '#domain/correlation/clues.js';
import type { Gateway } from '#domain/gateway/gateway.events.js';
import type { GatewayDirectory } from '#domain/policies/views.js';
import type { Log } from './log.js';

export type RestWarnings = Readonly<{
  /** An event of the log, in order, from its beginning. */
  heard: (event: LogEvent) => void;
  /** Everything up to now has been heard: warns of the gateways as they are, and from now on of each that is defined. */
  goLive: () => void;
}>;

/** Tells the operator of gateways whose ports rest too briefly for their calls to be told apart for certain. */
export const warnOfShortRests = ({
  gateways,
  log,
}: Readonly<{ gateways: GatewayDirectory; log: Log }>): RestWarnings => {
  const neededMs = quarantineNeeded(usualTiming);
  const check = ({ name, quarantine }: Gateway): void => {
    if (quarantine >= neededMs) return;
    log.warn(
      { gateway: name, quarantineMs: quarantine, neededMs },
      'the ports of this gateway rest too briefly: calls that come soon after each other on one cannot be told apart',
    );
  };
  let live = false;
  return {
    heard: (event) => {
      if (live && event.type === 'GatewayDefined') check(event.data);
    },
    goLive: () => {
      live = true;
      for (const gateway of gateways.gateways()) check(gateway);
    },
  };
};
