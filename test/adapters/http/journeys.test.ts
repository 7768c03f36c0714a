import { expect } from 'chai';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { callRecordsAsCsv } from '#adapters/http/call-records-csv.js';
import type { CallRecordPage } from '#domain/contracts/call-history.js';
import { ReadModelFailure } from '#domain/contracts/read-models.js';
import { callId, contactId, iconSessionId, type MerchantId } from '#domain/kernel/ids.js';
import type { EventId } from '#domain/kernel/message.js';
import type { Instant } from '#domain/kernel/time.js';
import type { CallRecord } from '#domain/views/call-record.js';
import type { Journey } from '#domain/views/journey.js';
import { acme, anna, boris, globex, serveEdge, type ServedEdge } from '#test/support/served-edge.js';

const at = 1_767_600_000_000 as Instant;

const journey = (merchantId: MerchantId, unique: string): Journey => ({
  contactId: contactId(merchantId, unique),
  merchantId,
  events: [
    {
      id: `e-${unique}` as EventId,
      type: 'SessionClosed',
      data: { cause: 'call-over' },
      stream: iconSessionId(merchantId, unique),
      revision: 3,
      position: 17,
      schemaVersion: 1,
      recordedAt: at,
      meta: { merchantId, occurredAt: at, causationId: 'c', correlationId: 'c', actor: 'telephony' },
    },
  ],
});

const record = (merchantId: MerchantId, unique: string, page = 'https://acme.example/'): CallRecord => ({
  recordId: `record-${merchantId}.${unique}`,
  merchantId,
  callId: callId(merchantId, unique),
  contactId: contactId(merchantId, unique),
  referrer: { origin: 'https://acme.example', page },
  requestedAt: at,
  endedAt: at,
  talk: 0,
  cause: 'busy',
  agents: [],
});

describe('an analyst', () => {
  let edge: ServedEdge;
  let token: string;
  beforeEach(async () => {
    edge = await serveEdge();
    edge.desks.hire(boris, { roles: ['analyst'] });
    ({ token } = await edge.signedIn(boris));
    edge.desks.journeys.push(journey(acme, 'c1'), journey(globex, 'c2'), journey(acme, 'c3'));
    edge.desks.records.push(record(acme, 'r1'), record(globex, 'r2'));
  });
  afterEach(() => edge.close());
  const ask = (path: string, headers = {}) => edge.ask(`/v1/merchants/acme${path}`, { token, headers });

  it('sees the merchant’s journeys, a page at a time', async () => {
    const all = await ask('/journeys');
    expect(all.json).to.have.property('journeys').that.has.length(2);
    const { json } = await ask('/journeys?limit=1');
    expect(json).to.have.nested.property('journeys[0].contactId', 'contact-acme.c1');
    expect(json).to.have.property('journeys').that.has.length(1);
    expect((await ask('/journeys?limit=50&before=contact-acme.c1')).status).to.equal(200);
  });

  it('sees every event of a journey', async () => {
    const { status, json } = await ask('/journeys/contact-acme.c1');
    expect(status).to.equal(200);
    expect(json).to.deep.equal(journey(acme, 'c1'));
  });

  it('finds no journey of another merchant, nor one that is not there: both alike', async () => {
    const [other, none] = [await ask('/journeys/contact-globex.c2'), await ask('/journeys/contact-acme.c9')];
    expect(other.status).to.equal(404);
    expect(other.text).to.equal(none.text);
    expect((await ask('/journeys?before=contact-globex.c2')).status).to.equal(404);
    expect((await ask('/journeys/nonsense')).status).to.equal(400);
    for (const limit of ['0', '-1', '1000', '1e3', 'all']) {
      expect((await ask(`/journeys?limit=${limit}`)).status, limit).to.equal(400);
    }
  });

  it('reads call records as JSON, or as CSV when asked so', async () => {
    const json = await ask('/call-records');
    expect(json.json).to.deep.equal({ callRecords: [record(acme, 'r1')] });
    const csv = await ask('/call-records', { accept: 'text/csv' });
    expect(csv.headers.get('content-type')).to.equal('text/csv; charset=utf-8');
    expect(csv.text.split('\r\n')).to.have.length(3);
    expect(csv.text).to.include('"record-acme.r1"').and.not.include('globex');
  });

  it('asks for records by time, agent and outcome, and hears what makes no sense', async () => {
    const asked: CallRecordPage[] = [];
    edge.desks.backOffice.callRecords = async (_merchant, page) => {
      asked.push(page);
      return [];
    };
    const path = `/call-records?from=${at}&to=${at + 1}&agent=agent-acme.anna&cause=busy&limit=7&after=record-acme.r1`;
    expect((await ask(path)).status).to.equal(200);
    expect(asked).to.deep.equal([
      { limit: 7, after: 'record-acme.r1', agentId: 'agent-acme.anna', cause: 'busy', from: at, to: at + 1 },
    ]);
    expect((await ask('/call-records?agent=agent-globex.anna')).status).to.equal(404);
    for (const query of ['from=yesterday', 'from=-1', 'to=1e9', 'cause=boredom', 'agent=anna', 'page=2']) {
      expect((await ask(`/call-records?${query}`)).status, query).to.equal(400);
    }
  });

  it('is told to come back when the database of the past is away', async () => {
    const away = () => Promise.reject(new ReadModelFailure('unavailable', 'connection refused to 10.0.0.7'));
    Object.assign(edge.desks.backOffice, { journey: away, journeys: away, callRecords: away });
    for (const path of ['/journeys', '/journeys/contact-acme.c1', '/call-records']) {
      const { status, headers, json, text } = await ask(path);
      expect(status, path).to.equal(503);
      expect(headers.get('retry-after')).to.equal('2');
      expect(json).to.include({ code: 'history-unavailable', title: 'Not available at the moment' });
      expect(text, 'nothing of our network').to.not.include('10.0.0.7');
    }
  });

  it('may read but not configure, and an agent may not read', async () => {
    expect((await ask('')).status).to.equal(403);
    edge.desks.hire(boris, { roles: ['agent'] });
    for (const path of ['/journeys', '/journeys/contact-acme.c1', '/call-records']) {
      expect((await ask(path)).status, path).to.equal(403);
    }
    const key = edge.keyOf(acme);
    expect((await edge.ask('/v1/merchants/acme/journeys', { token: key })).status).to.equal(200);
    expect(
      (await edge.ask('/v1/merchants/acme/journeys', { token: (await edge.signedIn(anna)).token })).status,
    ).to.equal(200);
  });
});

describe('call records as CSV', () => {
  it('hold no formula, whatever a stranger typed into an address', () => {
    for (const start of ['=', '+', '-', '@', '\t', '\r', ' =', '\n+']) {
      const csv = callRecordsAsCsv([record(acme, 'r1', `${start}cmd|' /C calc'!A0`)]);
      expect(csv, JSON.stringify(start)).to.include(`"'${start}cmd`);
    }
  });

  it('keep quotation marks, commas and new lines within their cell', () => {
    const csv = callRecordsAsCsv([record(acme, 'r1', 'https://acme.example/?q="a","b"\r\nc')]);
    expect(csv).to.include('"https://acme.example/?q=""a"",""b""\r\nc"');
  });

  it('begin with their names', () => {
    expect(callRecordsAsCsv([])).to.match(/^"recordId","callId",.*"cause","agents","disposition"\r\n$/);
  });
});
