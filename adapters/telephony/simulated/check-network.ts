import type { SimulatedNetwork } from './simulated-network.js';

const twice = (values: readonly string[]): readonly string[] => {
  const seen = new Set<string>();
  return [...new Set(values.filter((value) => seen.size === seen.add(value).size))];
};

const faultsOf = ({ gateways, faults }: SimulatedNetwork): readonly string[] =>
  faults.flatMap((fault) => {
    if (fault.kind === 'trunk-outage') return [];
    const gateway = gateways.find(({ gatewayId }) => gatewayId === fault.gatewayId);
    return gateway?.ports.some(({ port }) => port === fault.port)
      ? []
      : [`a fault names port ${fault.port} of ${fault.gatewayId}, which is not there`];
  });

/** What is wrong with a network as it is described, each in a sentence; nothing: it can be built. */
export const faultsInDescription = (network: SimulatedNetwork): readonly string[] => {
  const ports = network.gateways.flatMap(({ gatewayId, ports: lines }) =>
    lines.map(({ port }) => `${gatewayId}/${port}`),
  );
  const numbers = [
    ...network.gateways.flatMap(({ ports: lines }) => lines.map(({ ani }) => ani)),
    ...network.centres.map(({ number }) => number),
    ...network.numbers.map(({ number }) => number),
  ];
  const devices = network.centres.flatMap((centre) => centre.devices);
  return [
    ...twice(network.gateways.map(({ gatewayId }) => gatewayId)).map((id) => `gateway ${id} is there twice`),
    ...twice(network.centres.map(({ centreId }) => centreId)).map((id) => `call centre ${id} is there twice`),
    ...twice(ports).map((port) => `port ${port} is there twice`),
    ...twice(numbers).map((number) => `number ${number} is given to two`),
    ...twice(devices).map((device) => `device ${device} is there twice`),
    ...twice(network.trunkGroups.map(({ trunkGroup }) => trunkGroup)).map(
      (name) => `trunk group ${name} is there twice`,
    ),
    ...faultsOf(network),
  ];
};
