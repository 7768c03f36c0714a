import type { CallId, DeviceId } from '#domain/kernel/ids.js';

/** The agents' phones at one switch: one call at a time each. */
export type Phones = Readonly<{
  exists: (device: DeviceId) => boolean;
  plugIn: (device: DeviceId) => void;
  /** On another call than this one. */
  isBusy: (device: DeviceId, call: CallId) => boolean;
  /** These devices, and no others, are on that call now. */
  occupy: (call: CallId, devices: readonly DeviceId[]) => void;
}>;

export const phonesOf = (devices: readonly DeviceId[]): Phones => {
  const known = new Set(devices);
  const callAt = new Map<DeviceId, CallId>();
  const devicesOf = new Map<CallId, readonly DeviceId[]>();

  return {
    exists: (device) => known.has(device),
    plugIn: (device) => void known.add(device),

    isBusy: (device, call) => {
      const other = callAt.get(device);
      return other !== undefined && other !== call;
    },

    occupy: (call, now) => {
      for (const device of devicesOf.get(call) ?? []) if (callAt.get(device) === call) callAt.delete(device);
      for (const device of now) callAt.set(device, call);
      if (now.length > 0) devicesOf.set(call, now);
      else devicesOf.delete(call);
    },
  };
};
