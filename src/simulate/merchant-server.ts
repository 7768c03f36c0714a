import type { AgentRole } from '#domain/agent/agent.events.js';
import type { AgentId, CallCentreId, LinkId } from '#domain/kernel/ids.js';
import type { DtmfEntry, LinkRoute } from '#domain/merchant/merchant.events.js';
import type { ClickRequest } from '#domain/contracts/customer-desk.js';
import type { Problem } from '#domain/views/live-messages.js';

/** Of a merchant's configuration, what a load needs to know. */
export type Configuration = Readonly<{
  origins: readonly string[];
  links: readonly Readonly<{ linkId: LinkId }>[];
  callCentres: readonly Readonly<{ centreId: CallCentreId }>[];
  routingPolicy: Readonly<{ routes: readonly LinkRoute[] }>;
  dtmfTable: Readonly<{ entries: readonly DtmfEntry[] }>;
}>;

export type NewAgent = Readonly<{
  loginName: string;
  displayName: string;
  centre: string;
  device: string;
  roles: readonly AgentRole[];
  password: string;
}>;

/** The server said no, or could not be reached; `code` is its word for why. */
export class ServerRefused extends Error {
  readonly type = 'server-refused';
  constructor(
    readonly code: string,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** Trunkline over HTTP, as a merchant's server and as anybody's browser sees it. Each throws `ServerRefused`. */
export type MerchantServer = Readonly<{
  configuration: () => Promise<Configuration>;
  agents: () => Promise<readonly Readonly<{ agentId: AgentId; loginName: string; centreId: CallCentreId }>[]>;
  registerAgent: (agent: NewAgent) => Promise<void>;
  setPassword: (loginName: string, password: string) => Promise<void>;
  mintIcon: (icon: Readonly<{ origin: string; link: string; customerRef: string }>) => Promise<string>;
  /** Answers the token for the namespace `/agent`. */
  signIn: (loginName: string, password: string) => Promise<string>;
  /** Answers the token for the namespace `/customer`. */
  click: (request: ClickRequest) => Promise<string>;
}>;

type Where = Readonly<{ server: string; merchant: string; apiKey: string }>;

const patience = 15_000;

const problemIn = (text: string): Partial<Problem> => {
  try {
    return JSON.parse(text) as Partial<Problem>;
  } catch {
    // Something else answers there than Trunkline.
    return {};
  }
};

export const merchantServer = ({ server, merchant, apiKey }: Where): MerchantServer => {
  const ask = async (method: string, path: string, body?: object, authorised = true): Promise<unknown> => {
    const response = await fetch(server + path, {
      method,
      headers: {
        ...(authorised && { authorization: `Bearer ${apiKey}` }),
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(patience),
    }).catch((cause: unknown) => {
      throw new ServerRefused('not-reached', `${server} cannot be reached`, { cause });
    });
    const text = await response.text();
    if (response.ok) return text === '' ? undefined : JSON.parse(text);
    const { code = `status-${response.status}`, title = text.slice(0, 200), detail = '' } = problemIn(text);
    throw new ServerRefused(code, `${method} ${path}: ${title} ${detail}`.trimEnd());
  };
  const base = `/v1/merchants/${merchant}`;

  return {
    configuration: async () => (await ask('GET', base)) as Configuration,
    agents: async () => ((await ask('GET', `${base}/agents`)) as { agents: never }).agents,
    registerAgent: async (agent) => {
      await ask('POST', `${base}/agents`, agent);
    },
    setPassword: async (loginName, password) => {
      await ask('PUT', `${base}/agents/${loginName}/password`, { password });
    },
    mintIcon: async (icon) => ((await ask('POST', `${base}/icon-tokens`, icon)) as { token: string }).token,
    signIn: async (loginName, password) => {
      const login = { login: `${loginName}@${merchant}`, password };
      return ((await ask('POST', '/v1/sign-in', login, false)) as { token: string }).token;
    },
    click: async (request) => ((await ask('POST', '/v1/clicks', request, false)) as { token: string }).token,
  };
};
