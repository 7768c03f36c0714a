import type { OpeningData } from '#config/opening-data/opening-data.schema.js';

const allDay = [{ from: 0, to: 1440 }];

/** Rests shorter than in real life, longer than anything of a simulated call is under way. */
const quarantine = 5_000;
const gateways = 2;

/** A merchant with one large call centre and more gateway ports than the load can hold at once. */
export const busyMerchant = (callsAtOnce: number): OpeningData => ({
  gateways: Array.from({ length: gateways }, (_none, index) => ({
    id: `gateway-${index + 1}`,
    name: `Gateway ${index + 1}`,
    location: { latitude: 12.5 + index, longitude: -70 },
    pilotNumber: `+29752${index}0000`,
    trunkGroup: `trunk-${index + 1}`,
    firstAni: `+29752${index}0001`,
    ports: Math.min(9_000, callsAtOnce),
    quarantine,
  })),
  merchants: [
    {
      id: 'busy',
      name: 'Busy & Sons',
      origins: ['https://shop.busy.example'],
      links: [
        { id: 'shoes', label: 'Shoes' },
        { id: 'returns', label: 'Returns' },
      ],
      centres: [
        {
          id: 'main',
          name: 'Main',
          number: '+2975300001',
          location: { latitude: 12.52, longitude: -70.03 },
          zone: 'America/Aruba',
          hours: Array.from({ length: 7 }, () => allDay),
          capacity: 100_000,
          trunks: ['trunk-1', 'trunk-2'],
        },
      ],
      routes: [
        { link: 'shoes', centres: ['main'], choose: 'first-open' },
        { link: 'returns', centres: ['main'], choose: 'least-loaded' },
      ],
      dtmf: Array.from({ length: 16 }, (_none, index) => ({
        code: `*${10 + index}`,
        label: `Offer ${index + 1}`,
        action: { kind: 'page', origin: 'https://shop.busy.example', path: `/offers/${index + 1}` },
      })),
      capture: { cookies: ['cart'], formFields: ['name', 'order'] },
      agents: [{ id: 'chief', displayName: 'Chief', centre: 'main', device: 'chief', roles: ['agent', 'admin'] }],
    },
  ],
});
