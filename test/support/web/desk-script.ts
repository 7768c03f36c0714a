import type { AgentDesk, AgentRequest } from '#domain/contracts/agent-desk.js';
import type { CommandOutcome } from '#domain/contracts/command-bus.js';
import { callCentreId, deviceId } from '#domain/kernel/ids.js';
import { instant, type Instant } from '#domain/kernel/time.js';
import type {
  AgentDesktop,
  Colleague,
  DesktopAction,
  DesktopContact,
  DeskProfile,
  QueueGlance,
} from '#domain/views/agent-desktop.js';
import type { FakeDesks } from '#test/support/fake-desks.js';
import { acme, anna, boris } from './sample-contacts.js';

const everyAction: readonly DesktopAction[] = [
  'log-on',
  'log-off',
  'ready',
  'not-ready',
  'answer',
  'hold',
  'retrieve',
  'clear',
  'key-digits',
  'transfer',
  'conference',
  'take-notes',
  'record-disposition',
  'send-message',
];

type Actions = AgentDesktop['actions'];
const only = (...allowed: readonly DesktopAction[]): Actions =>
  Object.fromEntries(everyAction.map((action) => [action, allowed.includes(action)])) as Actions;

const now = (): Instant => instant(Date.now());
const ofCall = ['clear', 'take-notes', 'ready', 'not-ready', 'log-off'] as const;
const inState: Readonly<Record<AgentDesktop['state'], readonly DesktopAction[]>> = {
  'logged-off': ['log-on'],
  'not-ready': ['ready', 'not-ready', 'log-off'],
  ready: ['not-ready', 'log-off'],
  reserved: ['answer', 'not-ready'],
  busy: [...ofCall, 'hold', 'key-digits', 'transfer', 'conference'],
  'working-after-call': ['ready', 'not-ready', 'log-off', 'take-notes', 'record-disposition'],
};

/** What the server would allow: enough of its rules for pages to be seen obeying them. */
const actionsOf = ({ state, contact }: Pick<AgentDesktop, 'state' | 'contact'>): Actions => {
  const allowed =
    contact?.call.state === 'held' && state === 'busy' ? [...ofCall, 'retrieve' as const] : inState[state];
  return only(...allowed, ...(contact?.inChannel === true && state === 'busy' ? (['send-message'] as const) : []));
};

export const profile: DeskProfile = {
  agentId: anna,
  displayName: 'Anna Lindqvist',
  merchantName: 'Acme Outdoor',
  centreId: callCentreId(acme, 'oranjestad'),
  centreName: 'Oranjestad',
  roles: ['agent', 'analyst'],
  device: deviceId(acme, '4001'),
  dtmf: [
    { code: '*76', label: 'Aruba offer', kind: 'page' },
    { code: '*77', label: 'Return label', kind: 'page' },
    { code: '*78', label: 'Size guide', kind: 'page' },
    { code: '*22', label: 'Customer hears louder', kind: 'media' },
    { code: '*88', label: 'Customer hears softer', kind: 'media' },
    { code: '*31', label: 'Echo cancellation on', kind: 'media' },
    { code: '*90', label: 'Hand over to the shop', kind: 'hand-to-merchant' },
  ],
};

const colleagues: readonly Colleague[] = [
  { agentId: anna, displayName: 'Anna Lindqvist', state: 'busy' },
  { agentId: boris, displayName: 'Boris Keller', state: 'ready' },
  { agentId: 'agent-acme.chen' as Colleague['agentId'], displayName: 'Chen Wei', state: 'busy' },
  { agentId: 'agent-acme.dalia' as Colleague['agentId'], displayName: 'Dalia Haddad', state: 'not-ready' },
  { agentId: 'agent-acme.emil' as Colleague['agentId'], displayName: 'Emil Sørensen', state: 'logged-off' },
];

/** Whatever is not said otherwise follows from the state. */
type Scene = Partial<Omit<AgentDesktop, 'agentId'>>;

/** Anna's desk as a play: a test sets the scene, and her requests carry it on as the real desk would. */
export const deskScript = (desks: FakeDesks) => {
  let position = 1;
  let keyed = '';
  let patience: Promise<void> = Promise.resolve();
  const asked: AgentRequest[] = [];
  const refusals: CommandOutcome[] = [];
  let queue: QueueGlance = { waiting: 3, oldestSince: instant(Date.now() - 47_000), readyAgents: 2 };
  let desktop: AgentDesktop = { agentId: anna, state: 'logged-off', since: now(), actions: only('log-on') };

  const show = (scene: Scene): void => {
    const next = { ...desktop, ...scene };
    if (Object.hasOwn(scene, 'contact') && scene.contact === undefined) delete next.contact;
    desktop = { ...next, actions: scene.actions ?? actionsOf(next) };
    desks.tell.desktop(anna, (position += 1), desktop);
  };
  const changeContact = (changes: Partial<DesktopContact>): void => {
    if (desktop.contact) show({ contact: { ...desktop.contact, ...changes } });
  };
  const changeCall = (state: DesktopContact['call']['state']): void => {
    if (desktop.contact) changeContact({ call: { ...desktop.contact.call, state, since: now() } });
  };
  const betweenCalls = (): void => {
    const { contact: _contact, pending: _pending, notReadyReason: _reason, ...rest } = desktop;
    desktop = rest;
  };

  const play = (request: AgentRequest): void => {
    switch (request.type) {
      case 'log-on':
        return show({ state: 'not-ready', notReadyReason: 'logged-on', since: now(), channelCode: '4821' });
      case 'log-off':
        return show({ state: 'logged-off', since: now() });
      case 'ready':
        return desktop.state === 'busy'
          ? show({ pending: { state: 'ready' } })
          : show({ state: 'ready', since: now() });
      case 'not-ready':
        return desktop.state === 'busy'
          ? show({ pending: { state: 'not-ready', reason: request.reason } })
          : show({ state: 'not-ready', notReadyReason: request.reason, since: now() });
      case 'answer':
        desktop = { ...desktop, state: 'busy', since: now() };
        changeContact({ pop: 'opened' });
        return changeCall('connected');
      case 'hold':
        return changeCall('held');
      case 'retrieve':
        return changeCall('connected');
      case 'clear':
        desktop = { ...desktop, state: 'working-after-call', since: now() };
        return changeCall('cleared');
      case 'key-digits':
        keyed += request.digits;
        return keyed.endsWith('*76')
          ? changeContact({ lastDtmf: { code: '*76', outcome: 'recognised', note: 'Aruba offer sent', at: now() } })
          : undefined;
      case 'transfer':
      case 'conference':
        return changeContact({
          transfer: { kind: request.type, to: request.to, toName: 'Boris Keller', state: 'ringing' },
        });
      case 'change-data':
        return changeContact({
          data: Object.entries(request.changes).map(([key, value]) => ({ key, value, by: `agent:${anna}`, at: now() })),
        });
      case 'take-notes':
        return changeContact({ notes: request.text });
      case 'record-disposition':
        betweenCalls();
        return show({ state: 'ready', since: now() });
      case 'send-message':
        return changeContact({
          messages: [
            ...(desktop.contact?.messages ?? []),
            { messageId: request.messageId, from: 'agent', text: request.text, at: now() },
          ],
        });
    }
  };

  const agentDesk: AgentDesk = {
    ...desks.agentDesk,
    profile: (agentId) => (agentId === anna ? profile : desks.agentDesk.profile(agentId)),
    desktop: () => ({ position, desktop }),
    colleagues: () => colleagues,
    queue: () => queue,
    request: async (_agentId, request) => {
      asked.push(request);
      await patience;
      const refusal = refusals.shift();
      if (refusal) return refusal;
      play(request);
      return { outcome: 'accepted', events: 1, position };
    },
  };

  return {
    agentDesk,
    /** What Anna's pages have asked for, in order. */
    asked,
    askedFor: <Type extends AgentRequest['type']>(type: Type) =>
      asked.filter((request): request is Extract<AgentRequest, { type: Type }> => request.type === type),
    /** What the next requests are answered with, instead of being done. */
    refusals,
    /** From now on nothing is answered, until the function that it returns is called. */
    pause: (): (() => void) => {
      let goOn: () => void = () => undefined;
      patience = new Promise((resolve) => {
        goOn = resolve;
      });
      return goOn;
    },
    show,
    changeContact,
    desktop: (): AgentDesktop => desktop,
    logOn: (state: 'ready' | 'not-ready' = 'ready'): void => {
      betweenCalls();
      show({ state, since: now(), channelCode: '4821', ...(state === 'not-ready' && { notReadyReason: 'break' }) });
    },
    logOff: (): void => {
      betweenCalls();
      const { channelCode: _code, ...rest } = desktop;
      desktop = rest;
      show({ state: 'logged-off', since: now() });
    },
    ring: (contact: DesktopContact): void => {
      show({ state: 'reserved', since: now(), contact });
    },
    talk: (contact: DesktopContact): void => {
      show({ state: 'busy', since: contact.call.since, contact });
    },
    wrapUp: (contact: DesktopContact): void => {
      show({
        state: 'working-after-call',
        since: now(),
        contact: { ...contact, call: { ...contact.call, state: 'cleared' } },
      });
    },
    setQueue: (next: QueueGlance): void => {
      queue = next;
      desks.tell.queue(profile.centreId, next);
    },
  };
};

export type DeskScript = ReturnType<typeof deskScript>;
