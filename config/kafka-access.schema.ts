import { z } from 'zod';

const file = z.string().min(1);

/** What opens a Kafka cluster, in a file of its own: never in a setting, a command line or a log. */
export const kafkaAccessSchema = z.strictObject({
  login: z
    .strictObject({
      mechanism: z.enum(['plain', 'scram-sha-256', 'scram-sha-512']),
      username: z.string().min(1),
      password: z.string().min(1),
    })
    .exactOptional(),
  /** Files in PEM: authorities in place of the system's; certificate and key where the brokers ask for them. */
  tls: z
    .strictObject({ ca: file.exactOptional(), cert: file.exactOptional(), key: file.exactOptional() })
    .refine(({ cert, key }) => (cert === undefined) === (key === undefined), 'A certificate goes with its key')
    .exactOptional(),
});

export type KafkaAccess = z.output<typeof kafkaAccessSchema>;
