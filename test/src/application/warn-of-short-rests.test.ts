import { expect } from 'chai';
import { describe, it } from 'mocha';
import { quarantineNeeded, usualTiming } from '#domain/correlation/clues.js';
import type { LogEvent } from '#domain/events.js';
import type { Gateway } from '#domain/gateway/gateway.events.js';
import { gatewayId, platform } from '#domain/kernel/ids.js';
import { warnOfShortRests } from '#src/application/warn-of-short-rests.js';

const neededMs = quarantineNeeded(usualTiming);
const gatewayOf = (name: string, quarantine: number): Gateway => ({
  name,
  location: { latitude: 12.5, longitude: -70 },
  pilotNumber: '+2975820000',
  trunkGroup: 'aw-1',
  ports: [{ port: 1, ani: '+2975820101' }],
  quarantine,
});
const defined = (data: Gateway) => ({ type: 'GatewayDefined', data }) as unknown as LogEvent;

describe('an operator whose gateway', () => {
  const open = (...known: readonly Gateway[]) => {
    const warned: object[] = [];
    const warnings = warnOfShortRests({
      gateways: {
        gateways: () => known.map((gateway) => ({ ...gateway, gatewayId: gatewayId(platform, gateway.name), free: 1 })),
      },
      log: {
        debug: () => undefined,
        info: () => undefined,
        warn: (fields) => void warned.push(fields),
        error: () => undefined,
      },
    });
    return { warned, ...warnings };
  };

  it('rests too briefly is warned at the start, with what it rests and what it should', () => {
    const { warned, goLive } = open(gatewayOf('aruba', neededMs - 1), gatewayOf('madeira', neededMs));
    goLive();
    expect(warned).to.deep.equal([{ gateway: 'aruba', quarantineMs: neededMs - 1, neededMs }]);
  });

  it('is defined with too short a rest is warned at once', () => {
    const { warned, heard, goLive } = open();
    goLive();
    heard(defined(gatewayOf('madeira', neededMs)));
    heard(defined(gatewayOf('aruba', 0)));
    expect(warned).to.deep.equal([{ gateway: 'aruba', quarantineMs: 0, neededMs }]);
  });

  it('rested too briefly once, and has been put right since, hears nothing of it', () => {
    const { warned, heard, goLive } = open(gatewayOf('aruba', neededMs));
    heard(defined(gatewayOf('aruba', 0)));
    goLive();
    expect(warned).to.deep.equal([]);
  });
});
