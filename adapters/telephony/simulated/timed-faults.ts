import type { GatewayId } from '#domain/kernel/ids.js';
import type { Gateway } from './gateway.js';
import type { TimedFault } from './simulated-network.js';
import type { Timeline } from './timeline.js';
import type { TrunkGroup } from './trunk-group.js';

type Dependencies = Readonly<{
  timeline: Timeline;
  trunk: (name: string) => TrunkGroup;
  gateway: (id: GatewayId) => Gateway | undefined;
}>;

/** Lets what is to break break, and be whole again, at its time. */
export const planFaults = (faults: readonly TimedFault[], { timeline, trunk, gateway }: Dependencies): void => {
  const begin = (fault: TimedFault): void =>
    fault.kind === 'trunk-outage' ? trunk(fault.trunkGroup).takeDown() : gateway(fault.gatewayId)?.failPort(fault.port);
  const end = (fault: TimedFault): void =>
    fault.kind === 'trunk-outage'
      ? trunk(fault.trunkGroup).bringUp()
      : gateway(fault.gatewayId)?.repairPort(fault.port);

  for (const fault of faults) {
    timeline.after(fault.from, () => begin(fault));
    if (fault.until !== undefined) timeline.after(fault.until, () => end(fault));
  }
};
