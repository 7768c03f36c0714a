import type { CallCentreId, DeviceId } from '#domain/kernel/ids.js';
import type { E164 } from '#domain/kernel/phone-number.js';
import { effect, type Effect } from './effect.js';

/** What a simulated network lets itself be told; a real one has its own people with ladders. */
export type ExtensibleNetwork = Readonly<{
  connectCentre: (centre: Readonly<{ centreId: CallCentreId; number: E164; devices: readonly DeviceId[] }>) => void;
  plugInPhone: (centreId: CallCentreId, device: DeviceId) => void;
}>;

/** Centres and phones of new agents are there at once; after a restart the network is built from the log anyway. */
export const extendNetworkWhenConfigured = ({ network }: Readonly<{ network: ExtensibleNetwork }>): Effect =>
  effect({
    name: 'extend-network-when-configured',
    on: ['CallCentreDefined', 'AgentRegistered', 'AgentLoggedOn'],
    run: async (event) => {
      const { centreId } = event.data;
      if (event.type === 'CallCentreDefined') {
        network.connectCentre({ centreId, number: event.data.number, devices: [] });
      } else {
        network.plugInPhone(centreId, event.data.device);
      }
    },
  }) as unknown as Effect;
