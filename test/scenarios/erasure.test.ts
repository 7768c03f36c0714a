import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect } from 'chai';
import { afterEach, beforeEach, describe, it } from 'mocha';
import type { ErasureOutcome, ErasureView } from '#domain/contracts/erasures.js';
import type { ContactId } from '#domain/kernel/ids.js';
import { merchantId } from '#domain/kernel/ids.js';
import { after } from '#domain/kernel/time.js';
import { isSubject, subjectOf, type Subject } from '#domain/privacy/subject.js';
import { readWholeLog } from '#test/support/read-on.js';
import {
  anna,
  newWorld,
  palmPier,
  shop,
  startTrunkline,
  type Click,
  type TestTrunkline,
  type World,
} from '#test/support/trunkline.js';

/** Everything in it as text, maps and sets included. */
const textOf = (value: unknown): string =>
  JSON.stringify(value, (_key, each: unknown) => (each instanceof Map || each instanceof Set ? [...each] : each));

/** A customer who tells everything there is to tell, each time with the same word in it. */
const callOf = async (it: TestTrunkline, word: string, customer: string): Promise<Click> => {
  const now = it.clock.now();
  const click = await it.click(
    { link: 'link-palm-pier.shoes', customer, session: `visit-${word}` },
    {
      context: {
        page: { url: `${shop}/shoes/?q=${word}`, title: `For ${word}`, at: now },
        pagesBefore: [{ url: `${shop}/?from=${word}`, title: `Home of ${word}`, at: after(now, -9_000) }],
        forms: { returns: { name: word, email: `${word}@mail.example` } },
        cookies: { cart: word },
      },
    },
  );
  const { sessionId, contactId } = click;
  it.customerDesk.present(sessionId);
  await it.until("Anna's phone rings", () => it.desktop(anna).contact?.pop === 'offered');
  await it.ask(anna, { type: 'answer' });
  await it.until('they talk', () => it.window(sessionId).state === 'talking');
  await it.ask(anna, { type: 'key-digits', digits: it.desktop(anna).channelCode ?? '' });
  await it.until('they are in the channel', () => it.desktop(anna).contact?.inChannel === true);
  await it.ask(anna, { type: 'send-message', messageId: `m-${contactId.slice(-8)}`, text: `Dear ${word}` });
  await it.ask(anna, { type: 'change-data', changes: { order: word, [`key of ${word}`]: '1' } });
  await it.ask(anna, { type: 'key-digits', digits: '*76' });
  await it.until('the page is pushed', () => it.window(sessionId).push !== undefined);
  await it.ask(anna, { type: 'take-notes', contactId, text: `${word} is in a hurry` });
  await it.ask(anna, { type: 'clear' });
  await it.until('she wraps up', () => it.desktop(anna).state === 'working-after-call');
  await it.until('the window knows', () => it.window(sessionId).state === 'ended');
  await it.pass(1_000);
  return click;
};

describe('a customer who is to be erased', () => {
  let world: World;
  let trunkline: TestTrunkline;
  beforeEach(async () => {
    world = newWorld();
    trunkline = await startTrunkline(world);
    await trunkline.agentReady(anna);
  });
  afterEach(() => trunkline.stop());

  /** Lets time pass until the request is answered. */
  const ask = async (it: TestTrunkline, target: Parameters<TestTrunkline['erasures']['request']>[1], of = palmPier) => {
    const answers: ErasureOutcome[] = [];
    void it.erasures.request(of, target, 'operator').then((answer) => answers.push(answer));
    await it.until('the request is answered', () => answers.length > 0);
    return answers[0];
  };
  const erase = async (it: TestTrunkline, contactId: ContactId): Promise<ErasureView> => {
    const outcome = await ask(it, { subject: subjectOf(contactId) });
    if (outcome?.outcome !== 'accepted') throw new Error(JSON.stringify(outcome));
    return outcome.erasure;
  };

  const expectNothingOf = async (it: TestTrunkline, word: string): Promise<void> => {
    for (const [name, view] of Object.entries(it.views.folds)) expect(textOf(view), name).not.to.include(word);
    expect(textOf(await it.events()), 'the log').not.to.include(word);
    expect(textOf(await it.backOffice.journeys(palmPier, { limit: 50 })), 'journeys').not.to.include(word);
    expect(textOf(await it.backOffice.callRecords(palmPier, { limit: 50 })), 'call records').not.to.include(word);
    expect(textOf(it.desktop(anna)), 'the desk').not.to.include(word);
  };

  const expectRebuiltEqualsLive = async (it: TestTrunkline): Promise<void> => {
    const rebuilt = await readWholeLog(world.store.events);
    const plain = (view: object): object => ({ ...view, changed: undefined, justEnded: undefined });
    for (const name of Object.keys(rebuilt.folds) as (keyof typeof rebuilt.folds)[]) {
      expect(plain(it.views.folds[name]), name).to.deep.equal(plain(rebuilt.folds[name]));
    }
  };

  it('is nowhere any more, with the receipt to show for it, while the agent still has the call on the screen', async () => {
    const { contactId } = await callOf(trunkline, 'canary', 'C-canary');
    expect(textOf(trunkline.desktop(anna))).to.include('canary');

    const erasure = await erase(trunkline, contactId);

    expect(erasure).to.deep.include({ subjects: [contactId], completed: true });
    expect(erasure.receipts.map(({ subject }) => subject)).to.deep.equal([contactId]);
    await expectNothingOf(trunkline, 'canary');
    await expectRebuiltEqualsLive(trunkline);
    expect(world.complaints).to.deep.equal([]);
  });

  it('leaves every step of the journey, and all figures, as they were', async () => {
    const { contactId } = await callOf(trunkline, 'canary', 'C-canary');
    const [journey, [record], [summary]] = [
      await trunkline.backOffice.journey(contactId),
      await trunkline.backOffice.callRecords(palmPier, { limit: 1 }),
      await trunkline.backOffice.journeys(palmPier, { limit: 1 }),
    ];
    await erase(trunkline, contactId);
    const after_ = await trunkline.backOffice.journey(contactId);
    const steps = (each: typeof journey): unknown =>
      each?.events.map(({ type, position, recordedAt, meta }) => ({ type, position, recordedAt, meta }));
    expect(steps(after_)).to.deep.equal(steps(journey));
    const [recordAfter] = await trunkline.backOffice.callRecords(palmPier, { limit: 1 });
    const referrer = { origin: shop, page: 'https://erased.invalid/' };
    expect(recordAfter).to.deep.equal({ ...record, referrer });
    const [summaryAfter] = await trunkline.backOffice.journeys(palmPier, { limit: 1 });
    expect(summaryAfter).to.deep.equal({ ...summary, customerRef: '(erased)' });
  });

  it('is erased in all contacts at once by the name the merchant has for the customer, and no other customer is', async () => {
    const first = await callOf(trunkline, 'canary', 'C-1');
    await trunkline.ask(anna, { type: 'ready' });
    await callOf(trunkline, 'sparrow', 'C-2');
    await trunkline.ask(anna, { type: 'ready' });
    const third = await callOf(trunkline, 'canary', 'C-1');
    await trunkline.ask(anna, { type: 'ready' });
    const sparrows = textOf(await trunkline.events()).split('sparrow').length;

    const outcome = await ask(trunkline, { customerRef: 'C-1' });

    if (outcome?.outcome !== 'accepted') throw new Error(JSON.stringify(outcome));
    expect(outcome.erasure.subjects).to.have.members([first.contactId, third.contactId]);
    await expectNothingOf(trunkline, 'canary');
    expect(textOf(await trunkline.events()).split('sparrow').length).to.equal(sparrows);
    await expectRebuiltEqualsLive(trunkline);
    expect(await ask(trunkline, { customerRef: 'C-1' })).to.deep.equal({
      outcome: 'rejected',
      reason: 'unknown-subject',
    });
  });

  it('stays erased, whatever is still said: notes that come late are not kept', async () => {
    const { contactId } = await callOf(trunkline, 'canary', 'C-1');
    await erase(trunkline, contactId);
    await trunkline.ask(anna, { type: 'take-notes', contactId, text: 'it was the canary' });
    await trunkline.pass(1_000);
    expect(trunkline.desktop(anna).contact?.notes).to.equal('(erased)');
    await expectNothingOf(trunkline, 'canary');
    await expectRebuiltEqualsLive(trunkline);
  });

  it('is not erased in the middle of the call', async () => {
    const { sessionId, contactId } = await trunkline.click({ link: 'link-palm-pier.shoes' });
    trunkline.customerDesk.present(sessionId);
    await trunkline.until("Anna's phone rings", () => trunkline.desktop(anna).contact?.pop === 'offered');
    const outcome = await ask(trunkline, { subject: subjectOf(contactId) });
    expect(outcome).to.deep.equal({ outcome: 'rejected', reason: 'subject-in-use' });
    expect(await trunkline.eventsOf('ErasureRequested')).to.deep.equal([]);
  });

  it('is unknown to other merchants', async () => {
    const { contactId } = await callOf(trunkline, 'canary', 'C-1');
    const outcome = await ask(trunkline, { subject: subjectOf(contactId) }, merchantId('globex'));
    expect(outcome).to.deep.equal({ outcome: 'rejected', reason: 'unknown-subject' });
    expect(world.keys.stateOf(subjectOf(contactId))).to.equal('present');
  });

  it('may be asked for twice: the second time there is nothing left to do', async () => {
    const { contactId } = await callOf(trunkline, 'canary', 'C-1');
    await erase(trunkline, contactId);
    expect(await erase(trunkline, contactId)).to.deep.include({ completed: true });
    await expectNothingOf(trunkline, 'canary');
  });

  /** Until it is complete, or its process dies. */
  const requestInDoomedLife = async (doomed: TestTrunkline, contactId: ContactId): Promise<void> => {
    const ends: unknown[] = [];
    void doomed.died.then((end) => ends.push(end));
    void doomed.erasures.request(palmPier, { subject: subjectOf(contactId) }, 'operator').then((end) => ends.push(end));
    for (let turn = 0; turn < 1_000 && ends.length === 0; turn += 1) await nextTurn();
    doomed.kill();
  };

  for (const [diesAfter, what] of [
    [1, 'the request'],
    [2, 'the receipt'],
    [3, 'all of it'],
  ] as const) {
    it(`is erased though the process is killed just after it has written ${what}`, async () => {
      const { contactId } = await callOf(trunkline, 'canary', 'C-1');
      trunkline.kill();
      await requestInDoomedLife(await startTrunkline(world, diesAfter), contactId);
      trunkline = await startTrunkline(world);
      await trunkline.pass(3_000);
      expect(await trunkline.eventsOf('ErasureRequested')).to.have.length(1);
      expect(await trunkline.eventsOf('SubjectKeyDestroyed')).to.have.length(1);
      expect(await trunkline.eventsOf('ErasureCompleted')).to.have.length(1);
      await expectNothingOf(trunkline, 'canary');
      await expectRebuiltEqualsLive(trunkline);
    });
  }
});

describe('an agent who is to be erased', () => {
  let trunkline: TestTrunkline;
  beforeEach(async () => {
    trunkline = await startTrunkline();
  });
  afterEach(() => trunkline.stop());

  const ask = async (): Promise<ErasureOutcome | undefined> => {
    let outcome: ErasureOutcome | undefined;
    void trunkline.erasures.request(palmPier, { subject: subjectOf(anna) }, 'operator').then((answer) => {
      outcome = answer;
    });
    await trunkline.until('the request is answered', () => outcome !== undefined);
    return outcome;
  };

  it('is not while at work, and afterwards has no name and no way in', async () => {
    await trunkline.access.setPassword(anna, 'a password of hers');
    await trunkline.agentReady(anna);
    expect(await ask()).to.deep.equal({ outcome: 'rejected', reason: 'subject-in-use' });
    await trunkline.ask(anna, { type: 'log-off' });
    expect(await ask()).to.deep.include({ outcome: 'accepted' });
    const known = trunkline.views.folds.agents.agents.get(anna);
    expect(known).to.deep.include({ loginName: '(erased)', displayName: '(erased)' });
    expect(trunkline.backOffice.agentByLogin(palmPier, 'anna')).to.equal(undefined);
    expect(trunkline.backOffice.agentByLogin(palmPier, '(erased)')).to.equal(undefined);
    expect(await trunkline.access.checkPassword(anna, 'a password of hers')).to.equal(false);
  });
});

describe('visitors whom the access log turned away', () => {
  it('are erased by the month, and their addresses are in no name of whoever did something', async () => {
    const world = newWorld();
    const trunkline = await startTrunkline(world);
    trunkline.backOffice.recordRefusal(palmPier, { why: 'forged-token', what: 'GET /x', from: '203.0.113.9' });
    await trunkline.pass(1_000);
    const [refused] = await trunkline.eventsOf('AccessRefused');
    expect(refused?.data.from).to.equal('203.0.113.9');
    const kept = textOf(await trunkline.eventsOf('AccessRefused'));
    expect(kept.split('203.0.113.9')).to.have.length(2);
    const month = `access-palm-pier.log:${new Date(trunkline.clock.now()).toISOString().slice(0, 7)}`;
    expect(isSubject(month)).to.equal(true);
    let answered = false;
    void trunkline.erasures.request(palmPier, { subject: month as Subject }, 'operator').then(() => {
      answered = true;
    });
    await trunkline.until('the request is answered', () => answered);
    expect(textOf(await trunkline.events())).not.to.include('203.0.113.9');
    await trunkline.stop();
  });
});
