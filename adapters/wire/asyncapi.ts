import { z } from 'zod';
import { agentDesktopSchema, colleagueSchema, deskProfileSchema, queueGlanceSchema } from './agent-view.schemas.js';
import { agentRequestSchema } from './agent.schemas.js';
import { positionSchema } from './basic.schemas.js';
import { callWindowSchema, customerRequestSchema } from './customer.schemas.js';
import { schemaCatalogue, type JsonSchema, type SchemaCatalogue } from './json-schema.js';
import { kafkaChannels } from './kafka-channels.js';
import { acknowledgementSchema, popMessageSchema } from './live-message.schemas.js';

/** One event of a namespace: its arguments in order, and what it is acknowledged with. */
type SocketEvent = Readonly<{ summary: string; arguments: readonly z.ZodType[]; acknowledgement?: z.ZodType }>;
type Events = Readonly<Record<string, SocketEvent>>;
type SocketNamespace = Readonly<{ summary: string; auth: z.ZodType; toClient: Events; toServer: Events }>;

const token = z.string().meta({ description: 'Pages of our own may leave it out: their cookie speaks for them' });

/** Every event of the sockets, with the schemas that check them. */
export const socketNamespaces: Readonly<Record<string, SocketNamespace>> = {
  '/agent': {
    summary: "An agent's desk. Every socket of an agent is told the same.",
    auth: z.strictObject({
      token: token.exactOptional(),
      position: positionSchema
        .exactOptional()
        .meta({ description: 'Where the client left off: pops after it are told first' }),
    }),
    toClient: {
      profile: { summary: 'What of the desk seldom changes', arguments: [deskProfileSchema] },
      desktop: {
        summary: 'The whole screen as of a position in the log, which only rises',
        arguments: [positionSchema, agentDesktopSchema],
      },
      'screen-pop': { summary: 'A pop is offered, opened or retracted', arguments: [popMessageSchema] },
      queue: { summary: 'The queue behind the agent, at most once a second', arguments: [queueGlanceSchema] },
    },
    toServer: {
      request: {
        summary: 'Something that the agent wants done',
        arguments: [agentRequestSchema],
        acknowledgement: acknowledgementSchema,
      },
      colleagues: {
        summary: 'Who else works here, and how they are',
        arguments: [],
        acknowledgement: z.array(colleagueSchema),
      },
    },
  },
  '/customer': {
    summary: 'The call window of one click.',
    auth: z.strictObject({ token: z.string().meta({ description: 'As answered to the click' }) }),
    toClient: {
      window: {
        summary: 'The whole window as of a position in the log, which only rises',
        arguments: [positionSchema, callWindowSchema],
      },
    },
    toServer: {
      request: {
        summary: 'Something that the customer wants done, or the page has to tell',
        arguments: [customerRequestSchema],
        acknowledgement: acknowledgementSchema,
      },
      closing: { summary: 'The window is being closed: the call ends at once', arguments: [] },
    },
  },
};

/** AsyncAPI has no word for socket.io's acknowledgements and argument lists: the extensions say it beside the schema. */
const messageOf = (name: string, event: SocketEvent, { use }: SchemaCatalogue): JsonSchema => ({
  name,
  summary: event.summary,
  payload: {
    type: 'array',
    prefixItems: event.arguments.map(use),
    minItems: event.arguments.length,
    maxItems: event.arguments.length,
  },
  ...(event.acknowledgement && { 'x-acknowledgement': use(event.acknowledgement) }),
});

const channelNameOf = (address: string): string => address.slice(1);

const operationsOf = (address: string, action: 'send' | 'receive', events: Events): Record<string, JsonSchema> => {
  const channel = channelNameOf(address);
  return Object.fromEntries(
    Object.entries(events).map(([name, { summary }]) => [
      `${channel}-${action === 'send' ? 'is-told' : 'sends'}-${name}`,
      {
        action,
        summary,
        channel: { $ref: `#/channels/${channel}` },
        messages: [{ $ref: `#/channels/${channel}/messages/${name}` }],
      },
    ]),
  );
};

/** AsyncAPI 3, made of the schemas that check the sockets and so never behind them. Actions are the server's. */
export const asyncApi = (): JsonSchema => {
  const catalogue = schemaCatalogue();
  const namespaces = Object.entries(socketNamespaces);
  const channels = Object.fromEntries(
    namespaces.map(([address, { summary, auth, toClient, toServer }]) => [
      channelNameOf(address),
      {
        address,
        summary,
        'x-handshake-auth': catalogue.use(auth),
        messages: Object.fromEntries(
          Object.entries({ ...toClient, ...toServer }).map(([name, event]) => [
            name,
            messageOf(name, event, catalogue),
          ]),
        ),
      },
    ]),
  );
  const operations = Object.assign(
    {},
    ...namespaces.flatMap(([address, { toClient, toServer }]) => [
      operationsOf(address, 'send', toClient),
      operationsOf(address, 'receive', toServer),
    ]),
  ) as Record<string, JsonSchema>;
  const kafka = kafkaChannels(catalogue);
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Trunkline, live',
      version: '1',
      description:
        'socket.io 4 namespaces, where a message is an event and its payload the list of its arguments; and, where ' +
        'publishTo names one, topics of a Kafka cluster, CloudEvents 1.0 in structured JSON.',
    },
    defaultContentType: 'application/json',
    channels: { ...channels, ...kafka.channels },
    operations: { ...operations, ...kafka.operations },
    components: { schemas: catalogue.named() },
  };
};
