import type { Connection, MakeCall, Telephony, TelephonyReport } from '#domain/contracts/telephony.js';
import type { GatewayPort } from '#domain/gateway/gateway.events.js';
import type { CallCentreId, CallId, DeviceId, GatewayId } from '#domain/kernel/ids.js';
import { callId, iconSessionId, leaseId, merchantId } from '#domain/kernel/ids.js';
import type { E164 } from '#domain/kernel/phone-number.js';

/** A network to try, with all that it has told so far and a way to let it work. */
export type NetworkUnderTest = Readonly<{
  telephony: Telephony;
  /** In order of arrival. */
  reports: readonly TelephonyReport[];
  gateway: Readonly<{ gatewayId: GatewayId; trunkGroup: string; ports: readonly [GatewayPort, ...GatewayPort[]] }>;
  centre: Readonly<{
    centreId: CallCentreId;
    number: E164;
    devices: readonly [DeviceId, DeviceId, DeviceId, ...DeviceId[]];
  }>;
  busyNumber: E164;
  numberOfNobody: E164;
  /** Lets the network work until this holds. @throws {Error} when it does not come to hold in reasonable time */
  until: (holds: () => boolean) => Promise<void>;
  /** Lets the network work until nothing is under way any more. */
  untilQuiet: () => Promise<void>;
}>;

/** Both ids of one call: through the gateway, and at the centre. */
export type Ends = Readonly<{ click: CallId; call: CallId }>;

export type Story = NetworkUnderTest &
  Readonly<{
    /** Dials through the port with that index; the answer is the call's id. */
    dial: (port?: number, to?: E164) => Promise<CallId>;
    request: (port?: number, to?: E164) => MakeCall;
    /** Waits for the next call at the centre that nobody has waited for. */
    arrival: () => Promise<CallId>;
    /** Waits until that has been told of the call so many times. */
    told: (call: CallId, type: TelephonyReport['type'], times?: number) => Promise<void>;
    /** A call that waits in the queue. */
    waiting: (port?: number) => Promise<Ends>;
    /** A call on which customer and agent talk. */
    answeredBy: (device: DeviceId, port?: number) => Promise<Ends>;
    /** A call that the first agent answered and had the second join. */
    conferenceOf: (first: DeviceId, second: DeviceId) => Promise<Ends>;
    /** All that was told of one call: `Established anna`, `Cleared normal-clearing`. */
    of: (call: CallId) => readonly string[];
  }>;

const acme = merchantId('acme');

const nameOf = (device: DeviceId): string => device.slice(device.indexOf('.') + 1);

const inWords = (report: TelephonyReport): string => {
  switch (report.type) {
    case 'Originated':
    case 'NetworkReached':
    case 'Queued':
      return report.type;
    case 'Digits':
      return `${report.type} ${report.from} ${report.digits}`;
    case 'Delivered':
    case 'Held':
    case 'Retrieved':
      return `${report.type} ${nameOf(report.device)}`;
    case 'Established':
      return report.device ? `${report.type} ${nameOf(report.device)}` : report.type;
    case 'Transferred':
      return `${report.type} ${nameOf(report.from)} to ${nameOf(report.to)}`;
    case 'Conferenced':
      return `${report.type} ${nameOf(report.added)} by ${nameOf(report.by)}`;
    case 'ConnectionCleared':
      return `${report.type} ${report.device ? nameOf(report.device) : 'trunk'} ${report.cause}`;
    case 'Cleared':
    case 'Failed':
      return `${report.type} ${report.side} ${report.cause}`;
  }
};

export const on = (call: CallId, device: DeviceId): Connection => ({ callId: call, device });

/** What tests say about a network, in fewer words. */
export const storyOn = (network: NetworkUnderTest): Story => {
  const { telephony, reports, gateway, centre, until } = network;
  const met = new Set<CallId>();

  const request = (port = 0, to = centre.number): MakeCall => {
    const line = gateway.ports[port];
    if (!line) throw new RangeError(`the gateway under test has no port of index ${port}`);
    return {
      callId: callId(acme, `click-${port}`),
      gatewayId: gateway.gatewayId,
      ...line,
      leaseId: leaseId(acme, `lease-${port}`),
      to,
      sessionId: iconSessionId(acme, `session-${port}`),
    };
  };

  const dial: Story['dial'] = async (port, to) => {
    const made = request(port, to);
    await telephony.makeCall(made);
    return made.callId;
  };

  const arrival: Story['arrival'] = async () => {
    const fresh = (): CallId | undefined =>
      reports.find(({ type, callId: call }) => type === 'Queued' && !met.has(call))?.callId;
    await until(() => fresh() !== undefined);
    const call = fresh();
    if (!call) throw new Error('a report that had arrived is gone');
    met.add(call);
    return call;
  };

  const told: Story['told'] = (call, type, times = 1) =>
    until(() => reports.filter((report) => report.callId === call && report.type === type).length >= times);

  const waiting: Story['waiting'] = async (port) => {
    const click = await dial(port);
    return { click, call: await arrival() };
  };

  const answeredBy: Story['answeredBy'] = async (device, port) => {
    const { click, call } = await waiting(port);
    await telephony.routeSelect(on(call, device));
    await told(call, 'Delivered');
    await telephony.answerCall(on(call, device));
    await told(click, 'Established');
    return { click, call };
  };

  const conferenceOf: Story['conferenceOf'] = async (first, second) => {
    const ends = await answeredBy(first);
    await telephony.singleStepConference(on(ends.call, first), second);
    await told(ends.call, 'Delivered', 2);
    await telephony.answerCall(on(ends.call, second));
    await told(ends.call, 'Conferenced');
    return ends;
  };

  return {
    ...network,
    request,
    dial,
    arrival,
    told,
    waiting,
    answeredBy,
    conferenceOf,
    of: (call) => reports.filter((report) => report.callId === call).map(inWords),
  };
};
