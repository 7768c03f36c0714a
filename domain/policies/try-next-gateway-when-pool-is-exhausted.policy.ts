import { policy } from '../kernel/policy.js';
import { tryNextGateway } from './select-gateway-when-destination-is-selected.policy.js';

export const tryNextGatewayWhenPoolIsExhausted = policy({
  name: 'try-next-gateway-when-pool-is-exhausted',
  on: ['PoolExhausted'],
  decide: ({ data }, views) => tryNextGateway(views, data.callId),
});
