import type { EventType } from '#domain/events.js';
import { accessSchemas } from './access.schemas.js';
import { queueSchemas } from './acd.schemas.js';
import { agentSchemas } from './agent.schemas.js';
import { billingSchemas } from './billing.schemas.js';
import { centreCallSchemas, commonCallSchemas } from './centre-call.schemas.js';
import { channelSchemas } from './channel.schemas.js';
import { clockSchemas } from './clock.schemas.js';
import { correlationSchemas } from './correlation.schemas.js';
import { gatewayCallSchemas } from './gateway-call.schemas.js';
import { gatewaySchemas } from './gateway.schemas.js';
import { iconSessionSchemas } from './icon-session.schemas.js';
import { merchantSchemas } from './merchant.schemas.js';
import { popSchemas } from './pop.schemas.js';
import { erasureSchemas } from './privacy.schemas.js';
import type { VersionsOf } from './versions.js';
import { webhookSchemas } from './webhook.schemas.js';

/** Every event there is, in every version there has been. */
export const eventSchemas: VersionsOf<EventType> = {
  ...merchantSchemas,
  ...iconSessionSchemas,
  ...gatewaySchemas,
  ...gatewayCallSchemas,
  ...centreCallSchemas,
  ...commonCallSchemas,
  ...correlationSchemas,
  ...queueSchemas,
  ...agentSchemas,
  ...channelSchemas,
  ...popSchemas,
  ...billingSchemas,
  ...accessSchemas,
  ...webhookSchemas,
  ...erasureSchemas,
  ...clockSchemas,
};
