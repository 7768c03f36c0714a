import type { AccessControl } from '#domain/contracts/access-control.js';
import type { BackOffice } from '#domain/contracts/back-office.js';
import type { Clock } from '#domain/contracts/clock.js';
import type { CommandBus } from '#domain/contracts/command-bus.js';
import type { CustomerDesk } from '#domain/contracts/customer-desk.js';
import type { PublishingHealth } from '#domain/contracts/event-publisher.js';
import type { Erasures } from '#domain/contracts/erasures.js';
import type { UniqueIds } from '#domain/contracts/unique-ids.js';
import type { WebhookDesk } from '#domain/contracts/webhook-desk.js';
import type { Log } from '../wire/log.js';
import type { HttpSettings } from './settings.js';

/** What the HTTP server is handed. */
export type HttpDependencies = Readonly<{
  access: AccessControl;
  backOffice: BackOffice;
  webhookDesk: WebhookDesk;
  customerDesk: Pick<CustomerDesk, 'click'>;
  erasures: Erasures;
  commands: CommandBus;
  clock: Clock;
  ids: UniqueIds;
  log: Log;
  /** How far each publisher has come, where there is one. */
  publishing?: () => readonly PublishingHealth[];
  settings: HttpSettings;
}>;
