import type { HttpDependencies } from './dependencies.js';
import type { Route } from './route.js';
import { agentRoutes } from './routes/agent.routes.js';
import { apiKeyRoutes } from './routes/api-key.routes.js';
import { clickRoutes } from './routes/click.routes.js';
import { configurationRoutes } from './routes/configuration.routes.js';
import { erasureRoutes } from './routes/erasure.routes.js';
import { healthRoutes } from './routes/health.routes.js';
import { iconTokenRoutes } from './routes/icon-token.routes.js';
import { journeyRoutes } from './routes/journey.routes.js';
import { sessionRoutes } from './routes/session.routes.js';
import { signInRoutes } from './routes/sign-in.routes.js';
import { webhookDeliveryRoutes } from './routes/webhook-delivery.routes.js';
import { webhookRoutes } from './routes/webhook.routes.js';

/** The route table: all that the API can be asked. */
export const routesOf = (dependencies: HttpDependencies): readonly Route[] =>
  [
    signInRoutes,
    clickRoutes,
    iconTokenRoutes,
    sessionRoutes,
    configurationRoutes,
    apiKeyRoutes,
    webhookRoutes,
    webhookDeliveryRoutes,
    agentRoutes,
    journeyRoutes,
    erasureRoutes,
    healthRoutes,
  ].flatMap((routes) => routes(dependencies));
