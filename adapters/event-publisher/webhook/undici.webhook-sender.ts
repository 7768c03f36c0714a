import { rootCertificates } from 'node:tls';
import { Pool, type Dispatcher } from 'undici';
import type { Clock } from '#domain/contracts/clock.js';
import type { WebhookDelivery, WebhookSecrets, WebhookSender } from '#domain/contracts/webhook-sender.js';
import type { WebhookId } from '#domain/kernel/ids.js';
import type { Milliseconds } from '#domain/kernel/time.js';
import type { DeliveryAnswer } from '#domain/webhook/webhook.commands.js';
import { cloudEventOf } from '../cloud-event.js';
import { allowedAddresses } from './allowed-addresses.js';
import { answerOfStatus, faultOfError } from './delivery-answers.js';
import { guardedLookup, systemResolve, type Resolve } from './guarded-lookup.js';
import { standardWebhookHeaders } from './standard-webhooks.js';
import { refusalOfUrl } from './webhook-url.js';

export type WebhookSenderTools = Readonly<{
  secrets: WebhookSecrets;
  clock: Clock;
  /** What tells this installation from others in `source`. */
  installation: string;
  settings: Readonly<{
    http: boolean;
    /** CIDR of networks that are not public and may be reached all the same. */
    allowedNetworks: readonly string[];
    /** PEM, besides those that Node trusts. */
    certificateAuthorities?: readonly string[];
  }>;
  resolve?: Resolve;
}>;

const connectLimit: Milliseconds = 5_000;
/** From the first byte sent to the last header received. */
const answerLimit: Milliseconds = 15_000;
/** For whatever comes after the headers, which nobody reads. */
const bodyLimit: Milliseconds = 2_000;
const bodyBytes = 4_096;
/** Connections to one endpoint. */
const connections = 64;
const idleLimit: Milliseconds = 10_000;

type Open = Readonly<{ origin: string; pool: Pool }>;

/** Delivers over HTTP/1.1 with undici: each webhook has connections of its own, so none waits for another's endpoint. */
export const undiciWebhookSender = (tools: WebhookSenderTools): WebhookSender => {
  const { secrets, clock, installation, settings } = tools;
  const rules = { http: settings.http, isAllowed: allowedAddresses(settings.allowedNetworks) };
  const { certificateAuthorities: extra } = settings;
  const connect = {
    lookup: guardedLookup(tools.resolve ?? systemResolve(), rules.isAllowed),
    timeout: connectLimit,
    ...(extra && { ca: [...rootCertificates, ...extra] }),
  };
  const pools = new Map<WebhookId, Open>();

  const forget = (webhookId: WebhookId): void => {
    void pools.get(webhookId)?.pool.destroy();
    pools.delete(webhookId);
  };

  const poolFor = (webhookId: WebhookId, origin: string): Pool => {
    const known = pools.get(webhookId);
    if (known?.origin === origin) return known.pool;
    // What is under way to the former address may end.
    void known?.pool.close();
    // Time limits are kept by our own clock, below.
    const limits = { headersTimeout: 0, bodyTimeout: 0, keepAliveTimeout: idleLimit, keepAliveMaxTimeout: idleLimit };
    const pool = new Pool(origin, { connections, connect, ...limits });
    pools.set(webhookId, { origin, pool });
    return pool;
  };

  /** Runs with a signal that fires when the time is over. */
  const within = async <Answer>(
    limit: Milliseconds,
    act: (signal: AbortSignal) => Promise<Answer>,
  ): Promise<Answer> => {
    const abort = new AbortController();
    const cancel = clock.schedule(limit, () => {
      abort.abort(Object.assign(new Error(`no end after ${limit} ms`), { code: 'ETIMEDOUT' }));
    });
    try {
      return await act(abort.signal);
    } finally {
      cancel();
    }
  };

  /** What the endpoint says beyond its headers is of no interest; a few bytes are read so that the connection can stay. */
  const discard = ({ body }: Dispatcher.ResponseData): Promise<void> =>
    within(bodyLimit, (signal) => body.dump({ limit: bodyBytes, signal })).catch(() => {
      body.destroy();
    });

  const post = async (delivery: WebhookDelivery): Promise<DeliveryAnswer> => {
    const { webhookId, event, secretIds } = delivery;
    const url = new URL(delivery.url);
    const personalFields = delivery.includePersonalData ? 'included' : 'omitted';
    const body = JSON.stringify(cloudEventOf(event, { installation, personalFields }));
    const signing = secretIds.map((secretId) => secrets.secretOf(webhookId, secretId));
    const response = await within(answerLimit, (signal) =>
      poolFor(webhookId, url.origin).request({
        method: 'POST',
        path: `${url.pathname}${url.search}`,
        headers: {
          'content-type': 'application/cloudevents+json; charset=utf-8',
          'user-agent': 'Trunkline-Webhooks/1',
          ...standardWebhookHeaders({ id: event.id, at: clock.now(), body, secrets: signing }),
        },
        body,
        signal,
      }),
    );
    const { 'retry-after': retryAfter } = response.headers;
    const answer = answerOfStatus(response.statusCode, [retryAfter].flat()[0], clock.now());
    await discard(response);
    return answer;
  };

  return {
    refusalOf: (url) => refusalOfUrl(url, rules),
    send: async (delivery) => {
      if (refusalOfUrl(delivery.url, rules)) return { outcome: 'failed', failure: { fault: 'address-not-allowed' } };
      try {
        return await post(delivery);
      } catch (error) {
        return { outcome: 'failed', failure: { fault: faultOfError(error) } };
      }
    },
    forget,
    close: async () => {
      await Promise.all([...pools.values()].map(({ pool }) => pool.destroy()));
      pools.clear();
    },
  };
};
