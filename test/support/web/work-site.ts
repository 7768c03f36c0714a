import { systemClock } from '#adapters/clock/system.clock.js';
import { httpServer } from '#adapters/http/express.http-server.js';
import { socketIoLiveUpdates, type LiveUpdates } from '#adapters/live-updates/socket-io.live-updates.js';
import type { JourneySummary } from '#domain/views/journey.js';
import { fakeDesks } from '#test/support/fake-desks.js';
import { testAccessControl } from '#test/adapters/access/access-fixture.js';
import { seededIds } from '#test/support/seeded-ids.js';
import { deskScript, profile } from './desk-script.js';
import { acme, anna, boris } from './sample-contacts.js';

const silent = (): void => {};
const log = { debug: silent, info: silent, warn: silent, error: silent };

export const password = 'a door that opens';
/** Boris reads journeys only; Anna takes calls, too. */
export const logins = { anna: 'anna@acme', boris: 'boris@acme', chen: 'chen@acme' } as const;

/**
 * The built pages behind the real edge, with its cookies, policies and schemas; behind the edge, a desk that plays a
 * script. `port`: the one to come back on.
 */
export const workSite = async () => {
  const desks = fakeDesks({ clock: systemClock });
  const script = deskScript(desks);
  const access = testAccessControl(systemClock);
  desks.openMerchant(acme);
  const chen = desks.hire('agent-acme.chen' as typeof anna, { displayName: 'Chen Wei', roles: ['agent'] });
  desks.hire(anna, { displayName: profile.displayName, roles: profile.roles });
  desks.hire(boris, { displayName: 'Boris Keller', roles: ['analyst'] });
  for (const agentId of [anna, boris, chen.agentId]) await access.setPassword(agentId, password);

  const listed: JourneySummary[] = [];
  const backOffice = {
    ...desks.backOffice,
    journeys: async (...[merchantId, { limit, before }]: Parameters<typeof desks.backOffice.journeys>) => {
      const from = before === undefined ? 0 : listed.findIndex(({ contactId }) => contactId === before) + 1;
      return listed.filter((journey) => journey.merchantId === merchantId).slice(from, from + limit);
    },
  };

  const open = async (port: number) => {
    const shared = { access, backOffice, commands: desks.commands, clock: systemClock, log };
    const http = httpServer({
      ...shared,
      webhookDesk: desks.webhookDesk,
      erasures: desks.erasures.desk,
      customerDesk: desks.customerDesk,
      ids: seededIds(3),
      settings: { webDirectory: `${process.cwd()}/dist/web`, port, limits: { ...generous } },
    });
    const live: LiveUpdates = socketIoLiveUpdates({
      ...shared,
      server: http.server,
      agentDesk: script.agentDesk,
      liveFeed: desks.liveFeed,
      customerDesk: desks.customerDesk,
      callWindowFeed: desks.callWindowFeed,
    });
    return { url: await http.listen(), http, live };
  };

  const generous = {
    signInsPerAddress: 1000,
    failedSignInsPerLogin: 3,
    clicksPerAddress: 1000,
    missedLookUpsPerAddress: 1000,
  };

  let running = await open(0);
  const { url } = running;
  const stop = async (): Promise<void> => {
    await running.live.close();
    await running.http.close();
  };

  return {
    url,
    script,
    journeys: desks.journeys,
    listed,
    signOutEverywhere: (sessionId: string): void => {
      desks.tell.signedOut(acme, sessionId);
    },
    sessions: (): readonly string[] =>
      desks.seen.commands.flatMap(({ command }) => (command.type === 'ReportSignedIn' ? [command.data.sessionId] : [])),
    /** The server is gone, and comes back where it was. */
    goDown: stop,
    comeBack: async (): Promise<void> => {
      running = await open(Number(new URL(url).port));
    },
    close: stop,
  };
};

export type WorkSite = Awaited<ReturnType<typeof workSite>>;
