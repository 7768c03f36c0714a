import { z } from 'zod';

const port = z.coerce.number().int().min(0).max(65_535);
const milliseconds = z.coerce.number().int().min(100).max(86_400_000);
const perMinute = z.coerce.number().int().min(1).max(1_000_000);

const networks = z
  .string()
  .transform((list) => list.split(',').map((network) => network.trim()))
  .pipe(z.array(z.union([z.cidrv4(), z.cidrv6()])));

/** Every setting there is: its default, and what it is for. Unknown keys are refused. */
export const settingsSchema = z.strictObject({
  host: z.string().min(1).default('127.0.0.1').describe('Address to listen on; `0.0.0.0` for all'),
  port: port.default(8080).describe('Port of the pages, the API and the sockets; 0 for any that is free'),
  publicUrl: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe('Where browsers reach Trunkline, when a proxy is in front'),
  data: z.string().min(1).default('data').describe('Folder of the event log and of the secrets'),
  keysFile: z
    .string()
    .min(1)
    .optional()
    .describe('File of your own secrets that wrap the keys of personal data, in place of the installation’s'),
  eventStore: z
    .string()
    .regex(
      /^(sqlite|memory|esdb(\+discover)?:\/\/\S+)$/,
      'Expected sqlite, memory, or esdb://host:2113?tls=false and the like',
    )
    .default('sqlite')
    .describe('`sqlite`: durable, in the data folder; `esdb://…`: on EventStoreDB; `memory`: forgotten at the end'),
  readModels: z
    .url({ protocol: /^postgres(ql)?$/ })
    .optional()
    .describe('Where what people query is kept: `postgres://…`; if left out, `read-models.db` in the data folder'),
  snapshotEvery: z.coerce
    .number()
    .int()
    .min(100)
    .max(10_000_000)
    .default(20_000)
    .describe('Events between two snapshots: what a start after a crash reads of the log'),
  publishTo: z
    .string()
    .regex(
      /^kafkas?:\/\/[a-z0-9.-]+:\d{1,5}(,[a-z0-9.-]+:\d{1,5})*\/[a-z0-9._-]{1,200}$/i,
      'Expected kafka://host:port/prefix, or kafkas:// for TLS; log-ins go into the file of kafkaAccess',
    )
    .optional()
    .describe(
      'Kafka that events are published to: `kafka://host:9092,host:9092/prefix-of-topics`; `kafkas://` for TLS',
    ),
  kafkaAccess: z.string().min(1).optional().describe('JSON file with the log-in and the certificates for Kafka'),
  publishWarnAfter: milliseconds
    .default(30_000)
    .describe('How long an event may wait to be published before the log warns (ms)'),
  profile: z
    .enum(['demo', 'empty'])
    .default('demo')
    .describe('`demo`: a small merchant, its shop and log-ins; `empty`: nothing but what the log holds'),
  openingData: z
    .string()
    .min(1)
    .optional()
    .describe('JSON file of what a new log begins with, in place of the demo’s own merchant and gateways'),
  shopPort: port.default(8081).describe('Port of the demo shop, an origin of its own'),
  ringTime: milliseconds
    .default(20_000)
    .describe('How long an agent’s phone rings before the call goes back to the queue (ms)'),
  customerGoneAfter: milliseconds.default(15_000).describe('How long a call goes on without its call window (ms)'),
  agentLostAfter: milliseconds
    .default(30_000)
    .describe('How long an agent’s page may be away before the agent is not ready (ms)'),
  reconcileEvery: milliseconds
    .default(30_000)
    .describe('How often the log’s calls are compared with the network’s (ms)'),
  trustedProxies: z.coerce
    .number()
    .int()
    .min(0)
    .max(10)
    .default(0)
    .describe('Proxies of your own in front whose X-Forwarded-For is believed'),
  clicksPerMinute: perMinute.default(120).describe('Clicks from one address in a minute; more are turned away'),
  signInsPerMinute: perMinute.default(30).describe('Sign-ins tried from one address in a minute; more are turned away'),
  webhookHttp: z
    .enum(['refused', 'allowed'])
    .default('refused')
    .describe('Whether webhooks may be plain http, for development'),
  webhookAllowedNetworks: networks
    .optional()
    .describe('Networks (CIDR, separated by commas) that webhooks may reach though they are not public'),
  seed: z.coerce.number().int().min(0).default(1).describe('Seed of the simulated telephone network'),
  logLevel: z
    .enum(['debug', 'info', 'warn', 'error', 'silent'])
    .default('warn')
    .describe('Least severe messages that are logged'),
});

export type Settings = z.output<typeof settingsSchema>;
export type SettingName = keyof Settings;

/** The value of a setting as it may be shown: of an address, no credentials. */
export const withoutCredentials = (value: string): string => value.replace(/\/\/.*@/, '//');

/** `customerGoneAfter` → `TRUNKLINE_CUSTOMER_GONE_AFTER`. */
export const environmentName = (setting: string): string =>
  `TRUNKLINE_${setting.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;

/** One row for each setting, for help texts and the README. */
export const settingRows = (): readonly Readonly<{
  name: string;
  environment: string;
  byDefault: string;
  meaning: string;
}>[] =>
  Object.entries(settingsSchema.shape).map(([name, schema]) => {
    const byDefault: unknown = schema.safeParse(undefined).data;
    return {
      name,
      environment: environmentName(name),
      byDefault: typeof byDefault === 'string' || typeof byDefault === 'number' ? String(byDefault) : '',
      meaning: schema.description ?? '',
    };
  });
