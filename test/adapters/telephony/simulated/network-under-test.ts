import { setImmediate } from 'node:timers/promises';
import { simulatedNetwork, type NetworkSettings } from '#adapters/telephony/simulated/simulated-network.js';
import { simulatedTelephony, type SimulatedTelephony } from '#adapters/telephony/simulated/simulated.telephony.js';
import type { TelephonyReport } from '#domain/contracts/telephony.js';
import { callCentreId, deviceId, gatewayId, merchantId } from '#domain/kernel/ids.js';
import type { E164 } from '#domain/kernel/phone-number.js';
import { storyOn, type NetworkUnderTest, type Story } from '#test/contracts/telephony.story.js';
import { fakeClock, type FakeClock } from '#test/support/fake-clock.js';

export const acme = merchantId('acme');
export const busyNumber: E164 = '+2975820001';
export const numberOfNobody: E164 = '+2975829999';
export const pilotNumber: E164 = '+2975550000';

const lineNumber = (port: number): E164 => `+297555${String(1_000 + port)}`;

export const gatewayOf = (ports: number) => ({
  gatewayId: gatewayId(merchantId('platform'), 'aruba'),
  pilotNumber,
  trunkGroup: 'aruba-1',
  ports: Array.from({ length: ports }, (_none, port) => ({ port, ani: lineNumber(port) })),
});

export const centre = {
  centreId: callCentreId(acme, 'main'),
  number: '+2975820000' as E164,
  devices: [deviceId(acme, 'anna'), deviceId(acme, 'boris'), deviceId(acme, 'carla')] as const,
};

export type Simulation = Readonly<{ simulated: SimulatedTelephony; clock: FakeClock }> & Story;
export type SimulationSettings = Partial<NetworkSettings> & Readonly<{ clock?: FakeClock }>;

/** Simulated milliseconds after which a test gives up. */
const patience = 120_000;
const tick = 10;

const workOn = (clock: FakeClock): Pick<NetworkUnderTest, 'until' | 'untilQuiet'> => {
  const until = async (holds: () => boolean): Promise<void> => {
    for (let waited = 0; !holds(); waited += tick) {
      if (waited > patience) throw new Error('this never came to hold');
      clock.advance(tick);
      await setImmediate();
    }
  };
  return {
    until,
    untilQuiet: async () => {
      await setImmediate();
      await until(() => clock.waiting() === 0);
    },
  };
};

const settingsOf = (settings: Partial<NetworkSettings>): NetworkSettings => ({
  seed: 1,
  gateways: [gatewayOf(8)],
  centres: [centre],
  numbers: [{ number: busyNumber, does: { fails: 'busy', after: 0 } }],
  ...settings,
});

/** A simulated network on a clock that stands still until it is waited for. */
export const simulation = ({ clock = fakeClock(), ...settings }: SimulationSettings = {}): Simulation => {
  const reports: TelephonyReport[] = [];
  const network = simulatedNetwork(settingsOf(settings));
  const simulated = simulatedTelephony({
    network,
    clock,
    takeReport: async (report) => void reports.push(report),
    reportNotTaken: (report, reason) => {
      throw new Error(`not taken: ${report.type}`, { cause: reason });
    },
  });
  const [gateway] = network.gateways;
  const [line, ...lines] = gateway?.ports ?? [];
  if (!gateway || !line) throw new RangeError('a network under test has a gateway with a port');
  const story = storyOn({
    telephony: simulated,
    reports,
    gateway: { ...gateway, ports: [line, ...lines] },
    centre,
    busyNumber,
    numberOfNobody,
    ...workOn(clock),
  });
  return { ...story, simulated, clock };
};
