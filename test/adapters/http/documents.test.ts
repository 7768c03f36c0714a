import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import { acme, serveEdge, type ServedEdge } from '#test/support/served-edge.js';

type Schema = Readonly<Record<string, unknown>>;
type Operation = Readonly<{
  operationId: string;
  parameters: readonly Readonly<{ name: string; in: string; required: boolean; schema: Schema }>[];
  requestBody?: Readonly<{ content: Readonly<Record<string, { schema: Schema }>> }>;
  responses: Readonly<Record<string, { description: string; content?: Readonly<Record<string, { schema: Schema }>> }>>;
  security: readonly object[];
}>;
type OpenApi = Readonly<{
  openapi: string;
  paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  webhooks: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  components: Readonly<{ schemas: Readonly<Record<string, Schema>>; securitySchemes: object }>;
}>;

/** Every value under a key, however deep. */
const allOf = (key: string, value: unknown): readonly unknown[] => {
  if (typeof value !== 'object' || value === null) return [];
  const entries: readonly (readonly [string, unknown])[] = Object.entries(value);
  return entries.flatMap(([name, inner]) => allOf(key, inner).concat(name === key ? [inner] : []));
};

const resolves = (document: unknown, reference: unknown): boolean =>
  typeof reference === 'string' &&
  reference.startsWith('#/') &&
  reference
    .slice(2)
    .split('/')
    .reduce<unknown>((place, name) => (place as Record<string, unknown> | undefined)?.[name], document) !== undefined;

describe('whether all is well', () => {
  it('is said with how far the views are, and with a status that a balancer understands; never with what failed', async () => {
    const edge = await serveEdge();
    const well = await edge.ask('/healthz');
    expect([well.status, well.json]).to.deep.equal([200, { ready: true, position: 0, lag: 0 }]);
    edge.desks.backOffice.health = () => ({ ready: false, position: 7, lag: 3, failure: 'disk full: /var/lib' });
    const ill = await edge.ask('/healthz');
    expect([ill.status, ill.json]).to.deep.equal([503, { ready: false, position: 7, lag: 3 }]);
    await edge.close();
  });
});

describe('the OpenAPI document', () => {
  let edge: ServedEdge;
  let document: OpenApi;
  before(async () => {
    edge = await serveEdge();
    document = (await edge.ask('/openapi.json')).json as OpenApi;
  });
  after(() => edge.close());
  const operations = () =>
    Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
    );

  it('is of version 3.1 and says of each operation what it needs and what it answers', () => {
    expect(document.openapi).to.match(/^3\.1\./);
    expect(operations()).to.have.length.greaterThan(20);
    for (const { path, method, operation } of operations()) {
      const placeholders = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      const inPath = operation.parameters.filter((parameter) => parameter.in === 'path');
      expect(
        inPath.map(({ name }) => name),
        path,
      ).to.have.members(placeholders);
      expect(inPath.every(({ required }) => required)).to.equal(true);
      expect(
        Object.keys(operation.responses).some((status) => status.startsWith('2')),
        `${method} ${path}`,
      ).to.equal(true);
      expect(operation.responses['500']).to.have.nested.property('content.application/problem+json.schema.$ref');
    }
  });

  it('names each operation once', () => {
    const names = operations().map(({ operation }) => operation.operationId);
    expect(new Set(names).size).to.equal(names.length);
  });

  it('refers to nothing that it does not hold, and holds no schema that only responses would have', () => {
    const references = allOf('$ref', document);
    expect(references).to.have.length.greaterThan(50);
    for (const reference of references) expect(resolves(document, reference), String(reference)).to.equal(true);
    expect(allOf('readOnly', document), 'in OpenAPI it means: not in requests').to.deep.equal([]);
    expect(document.components.schemas).to.include.keys(
      'Problem',
      'ClickRequest',
      'Configuration',
      'CallCentre',
      'FoundSessions',
    );
  });

  it('describes what merchants’ endpoints are sent, as it is sent', () => {
    const event = document.webhooks['event']?.['post'];
    expect(event?.parameters.map(({ name, in: place }) => [name, place])).to.deep.equal([
      ['webhook-id', 'header'],
      ['webhook-timestamp', 'header'],
      ['webhook-signature', 'header'],
    ]);
    expect(event?.requestBody?.content).to.have.nested.property('application/cloudevents+json.schema.$ref');
    expect(document.components.schemas).to.have.nested.property('CloudEvent.properties.omittedfields');
  });

  it('says where a token is needed, and where none is', () => {
    const open = operations().filter(({ operation }) => operation.security.length === 0);
    expect(open.map(({ path }) => path)).to.have.members(['/v1/sign-in', '/v1/clicks', '/healthz']);
    for (const scheme of operations().flatMap(({ operation }) =>
      operation.security.flatMap((each) => Object.keys(each)),
    )) {
      expect(document.components.securitySchemes).to.have.property(scheme);
    }
  });

  it('promises nothing that is not there: every operation answers, with a status that it names', async () => {
    const token = edge.keyOf(acme);
    for (const { path, method, operation } of operations()) {
      const filled = path.replace('{merchant}', 'acme').replaceAll(/\{\w+\}/g, 'x1');
      for (const asked of [{}, { token }, { token, ...(operation.requestBody && { json: {} }) }]) {
        const { status } = await edge.ask(filled, { method: method.toUpperCase(), ...asked });
        expect(status, `${method} ${filled}`).to.not.be.oneOf([405, 500]);
        expect(Object.keys(operation.responses), `${method} ${filled} answers ${status}`).to.include(String(status));
      }
    }
  });
});

describe('the AsyncAPI document', () => {
  let edge: ServedEdge;
  let document: Readonly<Record<string, unknown>>;
  before(async () => {
    edge = await serveEdge();
    document = (await edge.ask('/asyncapi.json')).json as typeof document;
  });
  after(() => edge.close());

  it('is of version 3 and names every event of both namespaces', () => {
    expect(document['asyncapi']).to.equal('3.0.0');
    expect(document).to.have.nested.property('channels.agent.address', '/agent');
    expect(document)
      .to.have.nested.property('channels.agent.messages')
      .that.has.keys('profile', 'desktop', 'screen-pop', 'queue', 'request', 'colleagues');
    expect(document)
      .to.have.nested.property('channels.customer.messages')
      .that.has.keys('window', 'request', 'closing');
  });

  it('names the topics, each message with its schema, and what facts are signed with', () => {
    expect(document).to.have.nested.property('channels.published-events.address', '{prefix}.events');
    expect(document).to.have.nested.property('channels.told-facts.address', '{prefix}.commands');
    expect(document).to.have.nested.property('channels.dead-letters.address', '{prefix}.dead-letters');
    expect(document).to.have.nested.property('components.schemas.PublishedEvent.properties.sequence');
    expect(document)
      .to.have.nested.property('channels.told-facts.messages.disposition-recorded.headers.properties')
      .that.has.keys('trunkline-key', 'trunkline-signature');
  });

  it('refers to nothing that it does not hold', () => {
    const references = allOf('$ref', document);
    expect(references).to.have.length.greaterThan(40);
    for (const reference of references) expect(resolves(document, reference), String(reference)).to.equal(true);
  });

  it('has an operation for each event, seen from the server', () => {
    const operations = Object.values(
      document['operations'] as Record<string, { action: string; channel: { $ref: string } }>,
    );
    expect(operations.map(({ action, channel }) => `${action} ${channel.$ref}`).sort()).to.deep.equal([
      'receive #/channels/agent',
      'receive #/channels/agent',
      'receive #/channels/customer',
      'receive #/channels/customer',
      'receive #/channels/told-facts',
      'send #/channels/agent',
      'send #/channels/agent',
      'send #/channels/agent',
      'send #/channels/agent',
      'send #/channels/customer',
      'send #/channels/dead-letters',
      'send #/channels/published-events',
    ]);
  });
});
