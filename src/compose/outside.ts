import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { webhookSecrets } from '#adapters/access/webhook-secrets.js';
import { kafkaConnection } from '#adapters/event-publisher/kafka/kafka-address.js';
import { undiciWebhookSender } from '#adapters/event-publisher/webhook/undici.webhook-sender.js';
import { demoShop } from '#adapters/http/demo-shop.server.js';
import { ordinaryHttpSettings } from '#adapters/http/settings.js';
import { loadKafkaAccess } from '#config/load.js';
import type { Settings } from '#config/settings.js';
import type { Clock } from '#domain/contracts/clock.js';
import type { WebhookParts } from '../application/webhooks/webhooks.js';

export const webDirectory = fileURLToPath(new URL('../../web/', import.meta.url));

/** What tells this installation's events from others'. */
const installationOf = ({ publicUrl }: Settings): string => publicUrl ?? '/trunkline';

/** The demo's shop, on an origin of its own; icons come from wherever the product will be reached. */
export const openShop = async ({ host, shopPort }: Settings, iconServer: () => string) => {
  const shop = await demoShop({ directory: join(webDirectory, 'demo-shop'), iconServer, host, port: shopPort });
  return { shop, shopUrl: await shop.listen() };
};

/** How merchants' endpoints are reached. */
export const webhooksBy = (
  secret: Parameters<typeof webhookSecrets>[0],
  settings: Settings,
  clock: Clock,
): WebhookParts => {
  const secrets = webhookSecrets(secret);
  const { webhookHttp, webhookAllowedNetworks: allowedNetworks = [] } = settings;
  const sender = undiciWebhookSender({
    secrets,
    clock,
    installation: installationOf(settings),
    settings: { http: webhookHttp === 'allowed', allowedNetworks },
  });
  return { secrets, sender };
};

/** Other systems' Kafka, where there is one. */
export const kafkaIn = (settings: Settings) => {
  const { publishTo, kafkaAccess } = settings;
  return publishTo === undefined
    ? []
    : [{ ...kafkaConnection(publishTo, loadKafkaAccess(kafkaAccess)), installation: installationOf(settings) }];
};

/** By what address and over what proxies browsers come. */
export const reachedAs = ({ publicUrl, trustedProxies }: Settings) => ({
  trustedProxies,
  ownOrigins: publicUrl === undefined ? [] : [new URL(publicUrl).origin],
  https: publicUrl?.startsWith('https:') ?? false,
});

export const limitsIn = ({ clicksPerMinute, signInsPerMinute }: Settings) => ({
  ...ordinaryHttpSettings.limits,
  clicksPerAddress: clicksPerMinute,
  signInsPerAddress: signInsPerMinute,
});
