import { telephonyContract } from '#test/contracts/telephony.contract.js';
import { describe } from 'mocha';
import { gatewayOf, simulation } from './network-under-test.js';

describe('simulated telephony', () => {
  telephonyContract(async () => simulation({ gateways: [gatewayOf(1_000)] }));
});
