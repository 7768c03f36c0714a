import type { Clock } from '#domain/contracts/clock.js';
import type { CommandBus } from '#domain/contracts/command-bus.js';
import { accessLogOf, type MerchantId } from '#domain/kernel/ids.js';
import type { Log } from './log.js';

export type RateLimitReporting = Readonly<{ commands: CommandBus; clock: Clock; log: Log }>;

/** Somebody is asking too much: for the log, once for each flood and not for each drop of it. */
export const reportRateLimited = (
  { commands, clock, log }: RateLimitReporting,
  merchantId: MerchantId,
  flood: Readonly<{ what: string; from: string }>,
): void => {
  const command = { type: 'ReportRateLimited', target: accessLogOf(merchantId), at: clock.now(), data: flood } as const;
  commands.dispatch(command, { actor: 'operator' }).then(
    (outcome) => {
      if (outcome.outcome !== 'accepted') log.warn({ outcome, ...flood }, 'a flood was not recorded');
    },
    (error: unknown) => {
      log.error({ error, ...flood }, 'a flood was not recorded');
    },
  );
};
