import type { Database } from 'better-sqlite3';
import type { EffectState } from '#domain/contracts/effect-ledger.js';
import type { WriteBatch } from './write-batch.js';

/** Writes what is remembered beside the log: steps of effects and consumers' checkpoints. */
export const sideWriter = (database: Database) => {
  const findEffect = database.prepare<[string], number>('SELECT done FROM effects WHERE key = ?').pluck();
  const beginEffect = database.prepare<[string]>(
    'INSERT INTO effects (key, done) VALUES (?, 0) ON CONFLICT DO NOTHING',
  );
  const completeEffect = database.prepare<[string]>(
    'INSERT INTO effects (key, done) VALUES (?, 1) ON CONFLICT DO UPDATE SET done = 1',
  );
  const saveCheckpoint = database.prepare<[string, number]>(
    'INSERT INTO checkpoints (consumer, position) VALUES (?, ?) ON CONFLICT DO UPDATE SET position = excluded.position',
  );

  const stateOf = (key: string): EffectState => {
    const done = findEffect.get(key);
    if (done === undefined) return 'new';
    return done === 1 ? 'done' : 'in-doubt';
  };

  return {
    effects: (steps: WriteBatch['effects']): readonly EffectState[] =>
      steps.map(([key, step]) => {
        const before = stateOf(key);
        (step === 'begin' ? beginEffect : completeEffect).run(key);
        return before;
      }),

    checkpoints: (checkpoints: WriteBatch['checkpoints']): void => {
      for (const [consumer, position] of checkpoints) saveCheckpoint.run(consumer, position);
    },
  };
};
