import type { Clock } from '#domain/contracts/clock.js';
import type { TakeReport } from '#domain/contracts/telephony.js';
import type { CallId, GatewayId } from '#domain/kernel/ids.js';
import type { SeededRandom } from '#domain/kernel/seeded-random.js';
import { centreSwitch, type CentreSwitch } from './centre-switch.js';
import { faultsInDescription } from './check-network.js';
import { simulatedGateway, type Gateway } from './gateway.js';
import { outsideCallers, type OutsideCallers } from './outside-callers.js';
import { publicNetwork } from './public-network.js';
import { callsRemembered, recent } from './recent.js';
import type { Tell } from './report.js';
import { reportDelivery, type ReportNotTaken } from './report-delivery.js';
import { reportingLink } from './reporting-link.js';
import { resumeOn, type Resume } from './resume.js';
import type { Reporting, SimulatedCentre, SimulatedNetwork } from './simulated-network.js';
import { planFaults } from './timed-faults.js';
import { timelineOf } from './timeline.js';
import { trunkGroup, type TrunkGroup } from './trunk-group.js';

type Outside = Readonly<{ clock: Clock; takeReport: TakeReport; reportNotTaken: ReportNotTaken }>;

export type BuiltNetwork = Readonly<{
  gateways: readonly Gateway[];
  switches: readonly CentreSwitch[];
  outsideCallers: OutsideCallers;
  trunk: (name: string) => TrunkGroup;
  truth: (centreCall: CallId) => CallId | undefined;
  resume: Resume;
  connectCentre: (centre: SimulatedCentre) => void;
  close: () => Promise<void>;
}>;

/** Trunk groups by name; one that nobody has described is a plain one. */
const trunkGroups = (network: SimulatedNetwork, make: (name: string) => TrunkGroup): BuiltNetwork['trunk'] => {
  const groups = new Map(network.trunkGroups.map(({ trunkGroup: name }) => [name, make(name)]));
  return (name) => {
    const known = groups.get(name);
    if (known) return known;
    const fresh = make(name);
    groups.set(name, fresh);
    return fresh;
  };
};

/**
 * Puts the parts of a network together as its description says.
 * @throws {RangeError} when the description contradicts itself
 */
export const buildNetwork = (network: SimulatedNetwork, random: SeededRandom, outside: Outside): BuiltNetwork => {
  const faults = faultsInDescription(network);
  if (faults.length > 0) throw new RangeError(`simulated network: ${faults.join('; ')}`);

  const { clock } = outside;
  const { timing } = network;
  const timeline = timelineOf(clock);
  const delivery = reportDelivery({ ...outside, timeline });
  const truths = recent<CallId, CallId>(callsRemembered);

  const linkOf = (name: string, own: Partial<Reporting> | undefined): Tell =>
    reportingLink({
      clock,
      timeline,
      random: random.fork('reports').fork(name),
      reporting: { ...network.reporting, ...own },
      deliver: delivery.deliver,
    });

  const trunk = trunkGroups(network, (name) =>
    trunkGroup(
      network.trunkGroups.find((described) => described.trunkGroup === name) ?? {
        trunkGroup: name,
        presents: 'port-number',
        carriesUui: false,
      },
      { timeline, timing },
    ),
  );

  const switchOf = (centre: SimulatedCentre): CentreSwitch =>
    centreSwitch({ centre, clock, tell: linkOf(centre.centreId, centre.reporting) });
  const switches = network.centres.map(switchOf);
  const exchange = publicNetwork({ network, switches, timeline });
  const gateways = network.gateways.map((gateway) =>
    simulatedGateway({
      gateway,
      trunk: trunk(gateway.trunkGroup),
      random: random.fork('calls'),
      timeline,
      timing,
      tell: linkOf(gateway.gatewayId, gateway.reporting),
      reach: (call) => exchange.reach((centreCall) => truths.put(centreCall, call)),
    }),
  );
  const outsideParty = outsideCallers({ trunk, random: random.fork('outside'), publicNetwork: exchange });

  const gatewayOf = (id: GatewayId): Gateway | undefined => gateways.find(({ gateway }) => gateway.gatewayId === id);
  planFaults(network.faults, { timeline, trunk, gateway: gatewayOf });

  return {
    gateways,
    switches,
    outsideCallers: outsideParty,
    trunk,
    truth: truths.get,
    resume: resumeOn({
      gateways,
      switches,
      publicNetwork: exchange,
      outsideCallers: outsideParty,
      joined: truths.put,
    }),
    connectCentre: (centre) => {
      const known = switches.find((one) => one.centre.centreId === centre.centreId);
      const connected = known ?? switchOf(centre);
      if (known) centre.devices.forEach(known.plugIn);
      else switches.push(connected);
      exchange.connect(centre.number, connected);
    },
    close: async () => {
      timeline.stop();
      await delivery.close();
    },
  };
};
