import { serialize } from 'node:v8';
import { expect } from 'chai';
import { before, describe, it } from 'mocha';
import type { LogEvent } from '#domain/events.js';
import type { AgentId, ContactId } from '#domain/kernel/ids.js';
import { createLiveViews, forgetChanges, projections, type LiveViews } from '#src/application/live-views.js';
import { logOf, recordBusyDay, type BusyDay } from '#test/support/busy-day/busy-day.js';

type Name = keyof typeof projections;

const names = Object.keys(projections) as Name[];
const bytesOf = (value: unknown): number => serialize(value).length;

/** What one call more may differ by: its ids are not of one length. */
const smallConstant = 2_048;

describe('what the views keep in memory', () => {
  let day: BusyDay;
  const after = (endedCalls: number): LiveViews => {
    const views = createLiveViews();
    for (const event of logOf(day, endedCalls / day.callsPerShift)) {
      views.fold(event);
      if (event.position % 512 === 0) forgetChanges(views.folds);
    }
    forgetChanges(views.folds);
    return views;
  };
  before(async () => {
    day = await recordBusyDay();
  });

  it('is as much after ten thousand calls have ended as after two thousand', () => {
    const [few, many] = [after(2_004).folds, after(10_002).folds];
    for (const name of names) {
      expect(bytesOf(many[name]), name).to.be.lessThan(bytesOf(few[name]) + smallConstant);
    }
  });

  it('is told by view to whoever wants to know where memory goes', () => {
    const { folds } = after(2_004);
    const sizes = names.map((name) => [name, bytesOf(folds[name])] as const).sort(([, one], [, other]) => other - one);
    const [largest] = sizes;
    expect(largest?.[1], sizes.map(([name, bytes]) => `${name}: ${bytes}`).join(', ')).to.be.lessThan(200_000);
  });

  it('still holds the contact of an agent who takes an hour to wrap up', () => {
    const views = createLiveViews();
    let onScreen: ContactId | undefined;
    let anna: AgentId | undefined;
    const isOfAnna = (event: LogEvent): boolean =>
      event.stream === anna || (event.type === 'ScreenPopOffered' && event.data.agentId === anna);
    for (const event of logOf(day, 40)) {
      if (anna !== undefined && isOfAnna(event)) continue;
      views.fold(event);
      if (event.type !== 'AgentWorkingAfterCall' || anna !== undefined) continue;
      anna = event.stream as AgentId;
      onScreen = event.data.contactId;
    }
    if (onScreen === undefined) throw new Error('nobody wrapped up');
    expect(views.folds.contacts.contacts.get(onScreen)).to.deep.include({ contactId: onScreen });
    expect(views.folds.contacts.contacts.size).to.be.lessThan(60);
  });
});
