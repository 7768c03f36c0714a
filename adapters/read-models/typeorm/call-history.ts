import type { EntityManager, SelectQueryBuilder } from 'typeorm';
import type { CallHistory, CallRecordPage } from '#domain/contracts/call-history.js';
import { ReadModelFailure, type ReadModelRow } from '#domain/contracts/read-models.js';
import type { ContactId, MerchantId } from '#domain/kernel/ids.js';
import type { CallRecordRow, ContactAgentRow, FoundCallRecord } from '#domain/views/call-record.js';
import type { JourneyRow } from '#domain/views/journey.js';
import type { Builds } from './builds.js';
import type { Database } from './database.js';
import { tableName } from './tables.js';

/** The models that call history is asked of. */
const models = { journeys: 'call-journey', records: 'call-records', agents: 'contact-agents' } as const;

/** Rows without the columns that are empty. */
const filled = <Row extends ReadModelRow>(row: Row): Row =>
  Object.fromEntries(Object.entries(row).filter(([, cell]) => cell !== undefined)) as Row;

type Tables = Readonly<Record<keyof typeof models, string>>;

const recordConditions = (
  query: SelectQueryBuilder<CallRecordRow>,
  page: CallRecordPage,
  { records, agents }: Tables,
): SelectQueryBuilder<CallRecordRow> => {
  if (page.from !== undefined) query.andWhere('record.endedAt >= :from', { from: page.from });
  if (page.to !== undefined) query.andWhere('record.endedAt < :to', { to: page.to });
  if (page.cause !== undefined) query.andWhere('record.cause = :cause', { cause: page.cause });
  if (page.agentId !== undefined) {
    const answered = query
      .subQuery()
      .select('1')
      .from(agents, 'part')
      .where('part.merchantId = record.merchantId AND part.contactId = record.contactId')
      .andWhere('part.agentId = :agentId AND part.answeredAt IS NOT NULL');
    query.andWhere(`EXISTS ${answered.getQuery()}`, { agentId: page.agentId });
  }
  if (page.after !== undefined) {
    const last = query
      .subQuery()
      .select('last.position')
      .from(records, 'last')
      .where('last.recordId = :after AND last.merchantId = :merchantId');
    query.andWhere(`record.position < ${last.getQuery()}`, { after: page.after });
  }
  return query;
};

const journeysIn = async (
  manager: EntityManager,
  { journeys }: Tables,
  merchantId: MerchantId,
  page: Parameters<CallHistory['journeys']>[1],
): Promise<readonly JourneyRow[]> => {
  const query = manager
    .createQueryBuilder<JourneyRow>(journeys, 'journey')
    .where('journey.merchantId = :merchantId', { merchantId })
    .orderBy('journey.firstPosition', 'DESC')
    .limit(page.limit);
  if (page.before !== undefined) {
    const last = query
      .subQuery()
      .select('last.firstPosition')
      .from(journeys, 'last')
      .where('last.contactId = :before AND last.merchantId = :merchantId');
    query.andWhere(`journey.firstPosition < ${last.getQuery()}`, { before: page.before });
  }
  return (await query.getMany()).map(filled);
};

const withParts = (rows: readonly CallRecordRow[], parts: readonly ContactAgentRow[]): readonly FoundCallRecord[] => {
  const byContact = new Map<ContactId, ContactAgentRow[]>(rows.map(({ contactId }) => [contactId, []]));
  for (const part of parts) byContact.get(part.contactId)?.push(part);
  return rows.map((row) => ({ row, parts: byContact.get(row.contactId) ?? [] }));
};

const recordsIn = async (
  manager: EntityManager,
  tables: Tables,
  merchantId: MerchantId,
  page: CallRecordPage,
): Promise<readonly FoundCallRecord[]> => {
  const query = manager
    .createQueryBuilder<CallRecordRow>(tables.records, 'record')
    .where('record.merchantId = :merchantId', { merchantId })
    .orderBy('record.position', 'DESC')
    .limit(page.limit);
  const rows = (await recordConditions(query, page, tables).getMany()).map(filled);
  if (rows.length === 0) return [];
  const parts = await manager
    .createQueryBuilder<ContactAgentRow>(tables.agents, 'part')
    .where('part.merchantId = :merchantId AND part.contactId IN (:...contacts)', {
      merchantId,
      contacts: [...new Set(rows.map(({ contactId }) => contactId))],
    })
    .orderBy('part.since', 'ASC')
    .getMany();
  return withParts(rows, parts.map(filled));
};

/** The questions of call history as queries. Each is asked of what answers, and again if something else does by then. */
export const callHistoryIn = (database: Database, builds: Builds): CallHistory => {
  const tablesNow = async (manager: EntityManager): Promise<Tables> => {
    const answering = await builds.answering(manager);
    const name = (model: string): string => {
      const record = answering.get(model);
      if (!record) throw new ReadModelFailure('unavailable', `${model} is not there yet`);
      return tableName(record.model, record.version, record.slot);
    };
    return { journeys: name(models.journeys), records: name(models.records), agents: name(models.agents) };
  };

  /** What is switched away from is emptied: an answer counts only if nothing was switched meanwhile. */
  const ask = <Answer>(question: (manager: EntityManager, tables: Tables) => Promise<Answer>): Promise<Answer> =>
    database.read(async (manager) => {
      for (;;) {
        const tables = await tablesNow(manager);
        const unchanged = async (): Promise<boolean> => {
          const now = await tablesNow(manager);
          return Object.entries(now).every(([name, table]) => tables[name as keyof Tables] === table);
        };
        try {
          const answer = await question(manager, tables);
          if (await unchanged()) return answer;
        } catch (thrown) {
          if (await unchanged()) throw thrown;
        }
      }
    });

  return {
    journey: (contactId) =>
      ask(async (manager, { journeys }) => {
        const row = await manager.getRepository<JourneyRow>(journeys).findOneBy({ contactId });
        return row ? filled(row) : undefined;
      }),
    journeys: (merchantId, page) => ask((manager, tables) => journeysIn(manager, tables, merchantId, page)),
    callRecords: (merchantId, page) => ask((manager, tables) => recordsIn(manager, tables, merchantId, page)),
  };
};
