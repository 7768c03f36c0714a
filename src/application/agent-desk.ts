import type { AgentDesk, AgentRequest } from '#domain/contracts/agent-desk.js';
import type { Clock } from '#domain/contracts/clock.js';
import type { CommandBus, CommandOutcome } from '#domain/contracts/command-bus.js';
import type { EventStore } from '#domain/contracts/event-store.js';
import type { UniqueIds } from '#domain/contracts/unique-ids.js';
import type { LogEvent } from '#domain/events.js';
import { channelDirectoryOf, tenantOf, type AgentId, type CallId } from '#domain/kernel/ids.js';
import type { Milliseconds } from '#domain/kernel/time.js';
import type { Desk, DeskCall } from '#projections/agent-desktop/agent-desktop.view.js';
import { renderDesktop, renderProfile } from '#projections/agent-desktop/render-desktop.js';
import { queueGlance } from '#projections/agent-routing/agent-routing.projection.js';
import type { LiveViews } from './live-views.js';
import { popMessageOf } from './pop-message.js';
import { createPresence } from './presence.js';

export type AgentDeskTools = Readonly<{
  store: EventStore;
  commands: CommandBus;
  views: LiveViews;
  clock: Clock;
  ids: UniqueIds;
  /** How long an agent's page may be away before the agent counts as lost. */
  lostAfter: Milliseconds;
}>;

const noCall: CommandOutcome = { outcome: 'rejected', reason: 'unknown-call' };
const unknownAgent: CommandOutcome = { outcome: 'rejected', reason: 'unknown-agent' };
const callRequests = [
  'answer',
  'hold',
  'retrieve',
  'clear',
  'key-digits',
  'transfer',
  'conference',
  'change-data',
] as const;
type CallRequest = Extract<AgentRequest, { type: (typeof callRequests)[number] }>;
type DeskRequest = Exclude<AgentRequest, CallRequest>;
const isAboutCall = (request: AgentRequest): request is CallRequest =>
  (callRequests as readonly string[]).includes(request.type);

/** Pops told to a page that comes back are looked for in at most so many events. */
const popsReadBack = 10_000;

export type AgentDeskOfApplication = AgentDesk &
  Readonly<{
    /** After a restart: agents who are logged on have a while to come back, else they count as lost. */
    expectEverybody: () => void;
  }>;

/** What agents ask for, taken to the aggregate concerned. */
export const createAgentDesk = (tools: AgentDeskTools): AgentDeskOfApplication => {
  const { store, commands, views, clock, ids } = tools;
  const actorOf = (agentId: AgentId) => ({ actor: `agent:${agentId}` });

  /** A channel code first, so that the log-on can say it; crash in between: the next log-on finds it. */
  const logOn = async (agentId: AgentId): Promise<CommandOutcome> => {
    const at = clock.now();
    const directory = channelDirectoryOf(tenantOf(agentId));
    // Of a secret: an id follows from the one before it, and the code would with it.
    const seed = Buffer.from(ids.secret(), 'base64url').readUIntBE(0, 6);
    const assigned = await commands.dispatch(
      { type: 'AssignChannel', target: directory, at, data: { agentId, seed } },
      actorOf(agentId),
    );
    if (assigned.outcome !== 'accepted') return assigned;
    await views.reached(assigned.position);
    const channels = views.queries.agents.channels(tenantOf(agentId));
    const code = [...channels].find(([, holder]) => holder === agentId)?.[0];
    if (code === undefined) return { outcome: 'failed', failure: 'no channel code' };
    return commands.dispatch({ type: 'LogOn', target: agentId, at, data: { channelCode: code } }, actorOf(agentId));
  };

  const onCall = (agentId: AgentId, { callId }: DeskCall, request: CallRequest): Promise<CommandOutcome> => {
    const base = { target: callId, at: clock.now() } as const;
    const by = actorOf(agentId);
    switch (request.type) {
      case 'answer':
        return commands.dispatch({ ...base, type: 'RequestAnswer', data: { agentId } }, by);
      case 'hold':
        return commands.dispatch({ ...base, type: 'RequestHold', data: { agentId } }, by);
      case 'retrieve':
        return commands.dispatch({ ...base, type: 'RequestRetrieve', data: { agentId } }, by);
      case 'clear':
        return commands.dispatch({ ...base, type: 'RequestClearConnection', data: { agentId } }, by);
      case 'key-digits':
        return commands.dispatch({ ...base, type: 'RequestDigits', data: { agentId, digits: request.digits } }, by);
      case 'transfer':
      case 'conference': {
        const data = { transferId: ids.next(), kind: request.type, from: agentId, to: request.to };
        return commands.dispatch({ ...base, type: 'RequestTransfer', data }, by);
      }
      case 'change-data':
        return commands.dispatch(
          { ...base, type: 'ChangeCallData', data: { changes: request.changes, by: agentId } },
          by,
        );
    }
  };

  /** Messages travel in the channel of the customer's own call, on the other side of the gateway. */
  const sendMessage = (
    agentId: AgentId,
    callId: CallId,
    message: Readonly<{ messageId: string; text: string }>,
  ): Promise<CommandOutcome> | CommandOutcome => {
    const target = views.queries.calls.call(callId)?.partner;
    if (target === undefined) return { outcome: 'rejected', reason: 'not-in-a-channel' };
    const data = { messageId: message.messageId, from: 'agent', agentId, text: message.text } as const;
    return commands.dispatch({ type: 'SendChannelMessage', target, at: clock.now(), data }, actorOf(agentId));
  };

  const onDesk = (desk: Desk, request: DeskRequest): Promise<CommandOutcome> | CommandOutcome => {
    const { agentId, call } = desk;
    const base = { target: agentId, at: clock.now() } as const;
    const by = actorOf(agentId);
    switch (request.type) {
      case 'log-on':
        return desk.channelCode === undefined ? logOn(agentId) : { outcome: 'accepted', events: 0, position: 0 };
      case 'log-off':
        return commands.dispatch({ ...base, type: 'LogOff', data: {} }, by);
      case 'ready':
        return commands.dispatch({ ...base, type: 'GoReady', data: {} }, by);
      case 'not-ready':
        return commands.dispatch({ ...base, type: 'GoNotReady', data: { reason: request.reason } }, by);
      case 'take-notes': {
        const { contactId, text } = request;
        return commands.dispatch({ ...base, type: 'TakeNotes', data: { contactId, text } }, by);
      }
      case 'record-disposition': {
        if (!call) return noCall;
        const { contactId, code } = request;
        return commands.dispatch(
          { ...base, type: 'RecordDisposition', data: { contactId, callId: call.callId, code } },
          by,
        );
      }
      case 'send-message':
        return call ? sendMessage(agentId, call.callId, request) : noCall;
    }
  };

  const presence = createPresence<AgentId>(clock, tools.lostAfter, (agentId, lastSeen) => {
    const desk = views.folds.desks.desks.get(agentId);
    if (desk?.channelCode === undefined) return;
    const command = { type: 'ReportAgentLost', target: agentId, at: clock.now(), data: { lastSeen } } as const;
    void commands.dispatch(command, { actor: 'presence' });
  });

  return {
    request: async (agentId, request) => {
      const desk = views.folds.desks.desks.get(agentId);
      if (!desk) return unknownAgent;
      if (!isAboutCall(request)) return onDesk(desk, request);
      return desk.call ? onCall(agentId, desk.call, request) : noCall;
    },
    profile: (agentId) => renderProfile(views.desktops, agentId),
    desktop: (agentId) => {
      const desktop = renderDesktop(views.desktops, agentId);
      return desktop && { position: views.position(), desktop };
    },
    colleagues: (agentId) => {
      const tenant = tenantOf(agentId);
      return [...views.folds.agents.agents.values()]
        .filter(
          (agent) => agent.agentId !== agentId && tenantOf(agent.agentId) === tenant && agent.state !== 'logged-off',
        )
        .map((agent) => ({ agentId: agent.agentId, displayName: agent.displayName, state: agent.state }));
    },
    queue: (centreId) => queueGlance(views.folds.agents, centreId),
    popsSince: async (agentId, position) => {
      const messages = [];
      const read = store.readAll({ after: position, filter: { categories: ['pop'] }, limit: popsReadBack });
      for await (const event of read) {
        const message = popMessageOf(event as unknown as LogEvent);
        if (message?.agentId === agentId) messages.push(message.message);
      }
      return messages;
    },
    expectEverybody: () => {
      for (const { agentId, channelCode } of views.folds.desks.desks.values()) {
        if (channelCode !== undefined) presence.absent(agentId);
      }
    },
    present: (agentId) => {
      presence.present(agentId);
      const command = { type: 'ReportAgentReturned', target: agentId, at: clock.now(), data: {} } as const;
      void commands.dispatch(command, { actor: 'presence' });
    },
    absent: (agentId) => {
      presence.absent(agentId);
    },
  };
};
