import type { CommandOutcome } from '#domain/contracts/command-bus.js';
import type { EventStore } from '#domain/contracts/event-store.js';
import type { UniqueIds } from '#domain/contracts/unique-ids.js';
import { eventCatalogue, type TrunklineEvent } from '#domain/events.js';
import { categoryOf, platform, tenantOf, type MerchantId, type StreamId } from '#domain/kernel/ids.js';
import type { EventId, Metadata, NewEvent, RecordedEvent } from '#domain/kernel/message.js';
import type { TrunklineCommand } from '#domain/commands.js';
import type { Subject } from '#domain/privacy/subject.js';
import type { Aggregate } from './aggregates.js';
import { eraseFromState } from './erase-from-state.js';
import { goesOn } from './stream-lives.js';
import type { StreamState } from './stream-states.js';

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
/** What the stream's events up to a revision have made of it. */
type Known = Readonly<{ state: unknown; revision: number }>;

export type StreamDependencies = Readonly<{
  store: EventStore;
  ids: UniqueIds;
  maxConflicts: number;
  /** A decider threw: a fault of ours, not of whoever asked. */
  onFault: (command: TrunklineCommand, error: unknown) => void;
  /** There is nothing more to do in that stream for now. */
  onRest: (stream: StreamId, handler: StreamHandler) => void;
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
  private known: Known | undefined;
  /** What is known may no longer be all. */
  private loaded = false;
  private erasing: Subject[] = [];
  busy = false;

  /** @param remembered an earlier state of the stream, which is checked before it is believed */
  constructor(
    private readonly stream: StreamId,
    private readonly aggregate: Aggregate,
    private readonly tools: StreamDependencies,
    private remembered?: StreamState,
  ) {}

  get state(): unknown {
    return this.known ? this.known.state : this.aggregate.decider.initialState;
  }

  /** Knows nothing personal of the subject any more; what is being written just now is dealt with when it is written. */
  erase(subject: Subject): void {
    this.eraseFromKnown(subject);
    if (this.busy) this.erasing.push(subject);
  }

  private eraseFromKnown(subject: Subject): void {
    if (goesOn(categoryOf(this.stream))) {
      const without = <Some extends Known>(known: Some): Some => ({
        ...known,
        state: eraseFromState(this.stream, known.state, subject),
      });
      this.known = this.known && without(this.known);
      this.remembered = this.remembered && without(this.remembered);
    } else {
      this.known = this.remembered = undefined;
      this.loaded = false;
    }
  }

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
    this.tools.onRest(this.stream, this);
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
    this.known = (await this.recollect()) ?? (await this.readAfter(this.known));
    this.loaded = true;
  }

  /** From what was remembered, if the stream has that very event at that place. */
  private async recollect(): Promise<Known | undefined> {
    const { remembered } = this;
    if (!remembered) return undefined;
    const [there, ...later] = await this.tools.store.readStream(this.stream, remembered.revision);
    this.remembered = undefined;
    return there?.id === remembered.eventId ? this.evolved(remembered, later) : undefined;
  }

  /** What is known was true of its revision, however much others have written since. */
  private async readAfter(known: Known | undefined): Promise<Known | undefined> {
    return this.evolved(known, await this.tools.store.readStream(this.stream, known ? known.revision + 1 : 0));
  }

  private evolved(known: Known | undefined, events: readonly RecordedEvent[]): Known | undefined {
    const { evolve, initialState } = this.aggregate.decider;
    const last = events.at(-1);
    if (!last) return known;
    const before = known ? known.state : initialState;
    const state = events.reduce((each, event) => evolve(each, event as unknown as TrunklineEvent), before);
    return { state, revision: last.revision };
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
    const expected = this.known?.revision ?? 'no-stream';
    const result = await this.tools.store.append({ stream: this.stream, expected, events });
    if (result.outcome === 'conflict') return undefined;
    this.known = { state, revision: result.revision };
    for (const subject of this.erasing.splice(0)) this.eraseFromKnown(subject);
    return result.position;
  }
}

const outcomeOf = ({ events, rejected }: Verdict, position: number): CommandOutcome =>
  rejected === undefined ? { outcome: 'accepted', events, position } : { outcome: 'rejected', reason: rejected };
