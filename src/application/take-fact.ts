import type { AccessControl } from '#domain/contracts/access-control.js';
import type { BackOffice } from '#domain/contracts/back-office.js';
import type { Clock } from '#domain/contracts/clock.js';
import type { CommandBus, CommandOutcome } from '#domain/contracts/command-bus.js';
import type { EffectLedger } from '#domain/contracts/effect-ledger.js';
import type { EventStore } from '#domain/contracts/event-store.js';
import type { Fact, FactOutcome, SentFact, TakeFact } from '#domain/contracts/sent-facts.js';
import type { TrunklineCommand } from '#domain/commands.js';
import { tenantOf, type CallId } from '#domain/kernel/ids.js';
import { openSessionsUnder } from '#projections/ani-index/ani-index.queries.js';
import { customerKey } from '#projections/ani-index/open-sessions.js';
import type { LiveViews } from './live-views.js';
import type { Log } from './log.js';

export type TakeFactTools = Readonly<{
  commands: CommandBus;
  views: Pick<LiveViews, 'queries' | 'folds'>;
  /** The ledger remembers which facts are known. */
  store: Readonly<{ events: EventStore; effects: EffectLedger }>;
  access: Pick<AccessControl, 'checkFactSignature'>;
  backOffice: Pick<BackOffice, 'recordRefusal'>;
  clock: Clock;
  log: Log;
}>;

type Answer = FactOutcome | Readonly<{ outcome: 'again'; failure: string }>;
type FactOf<Type extends Fact['type']> = Extract<Fact, { type: Type }>;

const retryAfterMs = 200;
const taken: FactOutcome = { outcome: 'taken' };
const refused = (reason: string): FactOutcome => ({ outcome: 'refused', reason });

/** What other systems tell becomes commands, once each, when the merchant it speaks for has signed it. */
export const createTakeFact = (tools: TakeFactTools): TakeFact => {
  const { commands, views, store, access, backOffice, clock, log } = tools;
  const ledger = store.effects;

  /** A key that was revoked signs nothing any more. */
  const isSigned = ({ merchantId, proof }: SentFact): boolean =>
    views.queries.merchants.merchant(merchantId)?.apiKeys.has(proof.keyId) === true &&
    access.checkFactSignature({ merchantId, ...proof });

  const keyOf = ({ merchantId, id }: SentFact): string => `fact:${merchantId}:${id}`;

  const dispatch = (command: TrunklineCommand, sent: SentFact): Promise<CommandOutcome> =>
    commands.dispatch(command, { actor: `crm:${sent.from}`, causationId: keyOf(sent), correlationId: keyOf(sent) });

  /** The calls that agents see: at a centre, or on their way to one. */
  const callsWith = (sent: SentFact, customerRef: string): readonly CallId[] =>
    openSessionsUnder(views.folds.aniIndex, customerKey(sent.merchantId, customerRef)).flatMap(({ contactId }) => {
      const calls = views.queries.calls.ofContact(contactId);
      const atCentre = calls.filter(({ side }) => side === 'centre');
      return (atCentre.length > 0 ? atCentre : calls).map(({ callId }) => callId);
    });

  /** Who talks with nobody now is asked for anew with the next call: there is nobody to tell. */
  const customerChanged = async (sent: SentFact, fact: FactOf<'CustomerRecordChanged'>): Promise<Answer> => {
    const data = { changes: fact.changes, by: `crm:${sent.from}` };
    const outcomes = await Promise.all(
      callsWith(sent, fact.customerRef).map((target) =>
        dispatch({ type: 'ChangeCallData', target, at: sent.at, data }, sent),
      ),
    );
    // A call that is over meanwhile needs the news no more.
    const failed = outcomes.find((outcome) => outcome.outcome === 'failed');
    return failed ? { outcome: 'again', failure: failed.failure } : taken;
  };

  const dispositionRecorded = async (
    sent: SentFact,
    { contactId, agentId, code }: FactOf<'DispositionRecorded'>,
  ): Promise<Answer> => {
    if (tenantOf(contactId) !== sent.merchantId || tenantOf(agentId) !== sent.merchantId) return refused('not-found');
    const call = views.folds.desks.desks.get(agentId)?.call;
    if (call?.contactId !== contactId) return refused('not-your-contact');
    const data = { contactId, callId: call.callId, code };
    const outcome = await dispatch({ type: 'RecordDisposition', target: agentId, at: sent.at, data }, sent);
    switch (outcome.outcome) {
      case 'accepted':
        return taken;
      case 'rejected':
        return refused(outcome.reason);
      case 'failed':
        return { outcome: 'again', failure: outcome.failure };
    }
  };

  const once = (sent: SentFact): Promise<Answer> => {
    switch (sent.fact.type) {
      case 'CustomerRecordChanged':
        return customerChanged(sent, sent.fact);
      case 'DispositionRecorded':
        return dispositionRecorded(sent, sent.fact);
    }
  };

  /** After a crash it is in doubt what a disposition came to; the agent's own stream knows. */
  const isInLog = async (sent: SentFact): Promise<boolean> => {
    if (sent.fact.type !== 'DispositionRecorded') return false;
    const events = await store.events.readStream(sent.fact.agentId);
    return events.some(({ meta }) => meta.causationId === keyOf(sent));
  };

  const takeSigned = async (sent: SentFact): Promise<FactOutcome> => {
    const known = await ledger.begin(keyOf(sent));
    if (known === 'done') return taken;
    const answer = known === 'in-doubt' && (await isInLog(sent)) ? taken : await once(sent);
    if (answer.outcome === 'again') throw new Error(answer.failure);
    if (answer.outcome === 'taken') await ledger.complete(keyOf(sent));
    return answer;
  };

  return async (sent) => {
    if (!isSigned(sent)) {
      const what = `fact ${sent.fact.type}`;
      backOffice.recordRefusal(sent.merchantId, { why: 'forged-token', what, from: `crm:${sent.from}` });
      return refused('forged-signature');
    }
    for (;;) {
      try {
        return await takeSigned(sent);
      } catch (error) {
        // A full disk or a lost store is outlived: until then nothing is committed to the topic.
        log.warn({ fact: sent.fact.type, error }, 'a fact will be taken again');
        await new Promise<void>((resolve) => clock.schedule(retryAfterMs, resolve));
      }
    }
  };
};
