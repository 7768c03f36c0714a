import type { Database } from 'better-sqlite3';
import { tenantOf } from '#domain/kernel/ids.js';
import { chainBeginning } from './hash-chain.js';

/** A tenant's chain as its writer knows it: head and position of the last event; both move with each event. */
export type TenantChain = { readonly tenant: string; head: string; position: number };

/** The heads of all tenants' chains. They are kept in the same transaction as the events that moved them. */
export const tenantChains = (database: Database) => {
  const find = database.prepare<[string], TenantChain>('SELECT tenant, head, position FROM chains WHERE tenant = ?');
  const keep = database.prepare<[string, string, number]>(
    `INSERT INTO chains (tenant, head, position) VALUES (?, ?, ?)
     ON CONFLICT DO UPDATE SET head = excluded.head, position = excluded.position`,
  );
  const known = new Map<string, TenantChain>();
  const moved = new Set<TenantChain>();

  return {
    of: (stream: string): TenantChain => {
      const tenant = tenantOf(stream);
      const chain = known.get(tenant) ?? find.get(tenant) ?? { tenant, head: chainBeginning, position: 0 };
      known.set(tenant, chain);
      return chain;
    },

    move: (chain: TenantChain, head: string, position: number): void => {
      chain.head = head;
      chain.position = position;
      moved.add(chain);
    },

    keep: (): void => {
      for (const { tenant, head, position } of moved) keep.run(tenant, head, position);
      moved.clear();
    },

    forget: (): void => {
      known.clear();
      moved.clear();
    },
  };
};
