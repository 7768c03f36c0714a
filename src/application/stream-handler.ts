import type { CommandOutcome } from '#domain/contracts/command-bus.js';
import type { EventStore } from '#domain/contracts/event-store.js';
import type { UniqueIds } from '#domain/contracts/unique-ids.js';
import { eventCatalogue, type TrunklineEvent } from '#domain/events.js';
import { platform, tenantOf, type MerchantId, type StreamId } from '#domain/kernel/ids.js';
import type { EventId, Metadata, NewEvent } from '#domain/kernel/message.js';
import type { TrunklineCommand } from '#domain/commands.js';
import type { Aggregate } from './aggregates.js';

/** A command on its way, with what its events will say of their origin. */
export type Task = Readonly<{
  command: TrunklineCommand;
  actor: string;
  causationId: string;
  correlationId: string;
  settle: (outcome: CommandOutcome) => void;
}>;

type Verdict = Readonly<{ task: Task; events: number; rejected?: string }>;
type Batch = Readonly<{ verdicts: readonly Verdict[]; events: readonly NewEvent[]; state: unknown }>;

export type StreamDependencies = Readonly<{
  store: EventStore;
  ids: UniqueIds;
  maxConflicts: number;
  /** A decider threw: a fault of ours, not of whoever asked. */
  onFault: (command: TrunklineCommand, error: unknown) => void;
}>;

const ownerOf = (event: TrunklineEvent, stream: StreamId): MerchantId => {
  const owner = tenantOf(stream);
  return owner === platform && 'merchantId' in event.data ? event.data.merchantId : owner;
};

/**
 * Decides the commands of one stream, one after another, on the state it remembers. Whatever has gathered while an append
 * was under way is decided together and appended as one, so a busy stream costs one sync for many commands.
 */
export class StreamHandler {
  private waiting: Task[] = [];
  private state: unknown;
  private revision: number | undefined;
  private loaded = false;
  busy = false;

  constructor(
    private readonly stream: StreamId,
    private readonly aggregate: Aggregate,
    private readonly tools: StreamDependencies,
  ) {}

  /** Takes the task and settles it some time later. */
  take(task: Task): void {
    this.waiting.push(task);
    if (!this.busy) void this.work();
  }

  private async work(): Promise<void> {
    this.busy = true;
    while (this.waiting.length > 0) {
      const tasks = this.waiting;
      this.waiting = [];
      try {
        await this.handle(tasks);
      } catch (error) {
        this.loaded = false;
        const failure = error instanceof Error ? error.message : String(error);
        for (const task of tasks) task.settle({ outcome: 'failed', failure });
      }
    }
    this.busy = false;
  }

  /** Only a version conflict is tried again: somebody else was first, so the stream is read anew. */
  private async handle(tasks: readonly Task[]): Promise<void> {
    for (let conflicts = 0; conflicts <= this.tools.maxConflicts; conflicts += 1) {
      if (!this.loaded) await this.load();
      const batch = this.decide(tasks);
      const position = await this.append(batch);
      if (position !== undefined) {
        for (const verdict of batch.verdicts) verdict.task.settle(outcomeOf(verdict, position));
        return;
      }
      this.loaded = false;
    }
    throw new Error(`${this.stream}: gave up after ${this.tools.maxConflicts} version conflicts`);
  }

  private async load(): Promise<void> {
    const events = await this.tools.store.readStream(this.stream);
    const { evolve, initialState } = this.aggregate.decider;
    this.state = events.reduce((state, event) => evolve(state, event as unknown as TrunklineEvent), initialState);
    this.revision = events.at(-1)?.revision;
    this.loaded = true;
  }

  private decide(tasks: readonly Task[]): Batch {
    let { state } = this;
    const verdicts: Verdict[] = [];
    const events: NewEvent[] = [];
    for (const task of tasks) {
      try {
        const decision = this.aggregate.decider.decide(task.command, state);
        if (decision.outcome === 'rejected') {
          verdicts.push({ task, events: 0, rejected: decision.reason });
          continue;
        }
        const before = events.length;
        for (const event of decision.events) {
          state = this.aggregate.decider.evolve(state, event);
          events.push(this.recordable(event, state, task));
        }
        verdicts.push({ task, events: events.length - before });
      } catch (error) {
        // A rule that breaks is no reason to try again; whoever asked is told, and the others go on.
        this.tools.onFault(task.command, error);
        verdicts.push({ task, events: 0, rejected: 'internal-error' });
      }
    }
    return { verdicts, events, state };
  }

  private recordable(event: TrunklineEvent, state: unknown, task: Task): NewEvent {
    const contactId = this.aggregate.contactOf(event, state, this.stream);
    const meta: Metadata = {
      merchantId: ownerOf(event, this.stream),
      ...(contactId === undefined ? {} : { contactId }),
      occurredAt: task.command.at,
      causationId: task.causationId,
      correlationId: task.correlationId,
      actor: task.actor,
    };
    return {
      ...event,
      id: this.tools.ids.next() as EventId,
      schemaVersion: eventCatalogue[event.type].schemaVersion,
      meta,
    };
  }

  /** The position of the last event written, 0 when there was nothing to write, nothing when somebody else was first. */
  private async append({ events, state }: Batch): Promise<number | undefined> {
    if (events.length === 0) return 0;
    const expected = this.revision ?? 'no-stream';
    const result = await this.tools.store.append({ stream: this.stream, expected, events });
    if (result.outcome === 'conflict') return undefined;
    this.revision = result.revision;
    this.state = state;
    return result.position;
  }
}

const outcomeOf = ({ events, rejected }: Verdict, position: number): CommandOutcome =>
  rejected === undefined ? { outcome: 'accepted', events, position } : { outcome: 'rejected', reason: rejected };
