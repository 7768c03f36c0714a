import type { TrunklineCommand } from '#domain/commands.js';
import {
  agentId,
  callCentreId,
  deviceId,
  gatewayId,
  linkId,
  merchantId,
  merchantStream,
  platform,
} from '#domain/kernel/ids.js';
import type { E164 } from '#domain/kernel/phone-number.js';
import type { Instant } from '#domain/kernel/time.js';
import type { DtmfAction, WeeklyHours } from '#domain/merchant/merchant.events.js';
import type { OpeningData } from '#config/opening-data/opening-data.schema.js';

type MerchantData = OpeningData['merchants'][number];
type Origin = (given: string) => string;

/** `+2975820001` and 2 → `+2975820003`. */
const countOn = (first: string, by: number): E164 => `+${BigInt(first.slice(1)) + BigInt(by)}`;

const gatewayCommands = ({ gateways }: OpeningData, at: Instant): readonly TrunklineCommand[] =>
  gateways.map(({ id, firstAni, ports, pilotNumber, ...gateway }) => ({
    type: 'DefineGateway',
    target: gatewayId(platform, id),
    at,
    data: {
      ...gateway,
      pilotNumber: pilotNumber as E164,
      ports: Array.from({ length: ports }, (_, index) => ({ port: index + 1, ani: countOn(firstAni, index) })),
    },
  }));

const merchantCommands = (data: MerchantData, at: Instant, originOf: Origin): readonly TrunklineCommand[] => {
  const owner = merchantId(data.id);
  const base = { target: merchantStream(owner), at } as const;
  const centre = (id: string) => callCentreId(owner, id);
  const actionOf = (action: MerchantData['dtmf'][number]['action']): DtmfAction =>
    action.kind === 'page' ? { ...action, origin: originOf(action.origin) } : action;
  return [
    { ...base, type: 'RegisterMerchant', data: { name: data.name } },
    ...data.origins.map((origin) => ({ ...base, type: 'VerifyOrigin' as const, data: { origin: originOf(origin) } })),
    ...data.links.map(({ id, label }) => ({
      ...base,
      type: 'DefineLink' as const,
      data: { linkId: linkId(owner, id), label },
    })),
    ...data.centres.map(({ id, number, hours, ...each }) => ({
      ...base,
      type: 'DefineCallCentre' as const,
      data: {
        ...each,
        centreId: centre(id),
        number: number as E164,
        hours: hours as unknown as WeeklyHours,
        holidays: [],
      },
    })),
    {
      ...base,
      type: 'PublishRoutingPolicy',
      data: {
        routes: data.routes.map(({ link, centres, choose }) => ({
          linkId: linkId(owner, link),
          centres: centres.map(centre),
          choose,
        })),
      },
    },
    {
      ...base,
      type: 'PublishDtmfTable',
      data: { entries: data.dtmf.map(({ action, ...entry }) => ({ ...entry, action: actionOf(action) })) },
    },
    { ...base, type: 'SetCapturePolicy', data: data.capture },
  ];
};

const agentCommands = ({ id, agents }: MerchantData, at: Instant): readonly TrunklineCommand[] => {
  const owner = merchantId(id);
  return agents.map((agent) => ({
    type: 'RegisterAgent',
    target: agentId(owner, agent.id),
    at,
    data: {
      loginName: agent.id,
      displayName: agent.displayName,
      centreId: callCentreId(owner, agent.centre),
      device: deviceId(owner, agent.device),
      roles: agent.roles,
    },
  }));
};

/** Opening data as commands. What the log knows already is nothing new, so they may be given at every start. */
export const openingCommands = (data: OpeningData, at: Instant, originOf: Origin): readonly TrunklineCommand[] => [
  ...gatewayCommands(data, at),
  ...data.merchants.flatMap((merchant) => [
    ...merchantCommands(merchant, at, originOf),
    ...agentCommands(merchant, at),
  ]),
];
