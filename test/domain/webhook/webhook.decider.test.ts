import { expect } from 'chai';
import * as fc from 'fast-check';
import { describe, it } from 'mocha';
import { merchantId, webhookId } from '#domain/kernel/ids.js';
import { after, instant, type Instant } from '#domain/kernel/time.js';
import type { DeliveryAnswer, WebhookCommand } from '#domain/webhook/webhook.commands.js';
import { webhookDecider } from '#domain/webhook/webhook.decider.js';
import type { DeliveryFault, WebhookConfiguration, WebhookEvent } from '#domain/webhook/webhook.events.js';
import { secretsAt, type Webhook } from '#domain/webhook/webhook.state.js';
import { scenarioFor } from '#test/support/scenario.js';

const given = scenarioFor(webhookDecider);
const target = webhookId(merchantId('acme'), 'crm');
const now = instant(Date.UTC(2026, 0, 5, 9));
const second = 1_000;
const hour = 3_600 * second;

type Said<Command> = Command extends WebhookCommand ? Pick<Command, 'type' | 'data'> : never;
const say = (said: Said<WebhookCommand>, at: Instant = now): WebhookCommand => ({ ...said, target, at });

const configuration: WebhookConfiguration = {
  url: 'https://crm.acme.example/hooks?for=trunkline',
  events: ['CallDelivered', 'agent'],
  description: 'CRM',
  includePersonalData: false,
};
const defined: WebhookEvent = { type: 'WebhookDefined', data: configuration };
const firstSecret: WebhookEvent = { type: 'WebhookSecretIssued', data: { secretId: 's1' } };
const enabled: WebhookEvent = { type: 'WebhookEnabled', data: {} };
const standing = [defined, firstSecret, enabled];

const delivery = (position: number) => ({ position, eventId: `e${position}`, eventType: 'CallDelivered' });
const failing = (fault: DeliveryFault, more: object = {}): DeliveryAnswer => ({
  outcome: 'failed',
  failure: { fault },
  ...more,
});
/** Chance of one half: no jitter. */
const report = (position: number, answer: DeliveryAnswer, at: Instant = now, chance = 0.5): WebhookCommand =>
  say({ type: 'ReportDeliveryAnswer', data: { ...delivery(position), answer, chance } }, at);
const failed = (position: number, attempts: number, retryIn: number, more: object = {}): WebhookEvent => ({
  type: 'WebhookDeliveryFailed',
  data: {
    ...delivery(position),
    attempts,
    failure: { fault: 'broken' },
    firstFailedAt: now,
    failedAt: now,
    retryAt: after(now, retryIn),
    setAside: false,
    ...more,
  },
});
const abandoned = (position: number): WebhookEvent => ({
  type: 'WebhookDeliveryAbandoned',
  data: {
    ...delivery(position),
    attempts: 12,
    failure: { fault: 'broken' },
    firstFailedAt: now,
    abandonedAt: after(now, 24 * hour),
  },
});
const paused = (seconds: number, since: Instant = now): WebhookEvent => ({
  type: 'WebhookPaused',
  data: { since, until: after(now, seconds * second), failure: { fault: 'broken' } },
});

describe('a webhook of a merchant', () => {
  const create = (change: Partial<WebhookConfiguration> = {}, on = true) =>
    say({ type: 'CreateWebhook', data: { ...configuration, ...change, enabled: on, secretId: 's1' } });

  it('is created with its first secret, once', () => {
    given()
      .when(create())
      .thenHappened(...standing);
    given(...standing)
      .when(create())
      .thenNothing();
    given().when(create({}, false)).thenHappened(defined, firstSecret);
  });

  for (const url of [
    'crm.acme.example',
    'ftp://crm.acme.example/',
    'https://user@crm.acme.example/',
    'https://:secret@crm.acme.example/',
    'https://crm.acme.example/#part',
    'https://crm.acme.example/a b',
    `https://crm.acme.example/${'x'.repeat(2_048)}`,
  ]) {
    it(`is not created for ${url.slice(0, 60)}`, () => {
      given().when(create({ url })).thenRejected('bad-webhook-url');
    });
  }

  it('wants events that there are, and never what becomes of webhooks', () => {
    for (const events of [['CallDelivered'], ['call', 'PortLeased'], ['*']]) {
      given()
        .when(create({ events }))
        .thenHappened({ type: 'WebhookDefined', data: { ...configuration, events } }, firstSecret, enabled);
    }
    for (const events of [[], ['CallExploded'], ['calls'], ['webhook'], ['WebhookPaused'], ['call', '']]) {
      given().when(create({ events })).thenRejected('unknown-event-type');
    }
  });

  it('changes what it says and whether it is on, and nothing when nothing is new', () => {
    const change = (more: object) => say({ type: 'ChangeWebhook', data: { ...configuration, enabled: true, ...more } });
    const moved = { ...configuration, url: 'https://new.acme.example/' };
    given(...standing)
      .when(change({}))
      .thenNothing();
    given(...standing)
      .when(change(moved))
      .thenHappened({ type: 'WebhookDefined', data: moved });
    const off: WebhookEvent = { type: 'WebhookDisabled', data: { because: 'merchant', at: now } };
    given(...standing)
      .when(change({ enabled: false }))
      .thenHappened(off);
    given(...standing, off)
      .when(change({}))
      .thenHappened(enabled);
    given().when(change({})).thenRejected('unknown-webhook');
  });

  it('is gone when it is removed', () => {
    const removed: WebhookEvent = { type: 'WebhookRemoved', data: {} };
    given(...standing)
      .when(say({ type: 'RemoveWebhook', data: {} }))
      .thenHappened(removed);
    given(...standing, removed)
      .when(say({ type: 'RemoveWebhook', data: {} }))
      .thenRejected('unknown-webhook');
    given(...standing, removed)
      .when(report(7, failing('broken')))
      .thenNothing();
  });

  it('signs with the old secret beside the new one for as long as was asked, and never with three', () => {
    const rotate = (secretId: string) => say({ type: 'RotateWebhookSecret', data: { secretId, overlap: hour } });
    const second = { type: 'WebhookSecretIssued', data: { secretId: 's2', previousUntil: after(now, hour) } } as const;
    given(...standing)
      .when(rotate('s2'))
      .thenHappened(second);
    const third = { type: 'WebhookSecretIssued', data: { secretId: 's3', previousUntil: after(now, hour) } } as const;
    const state = (...events: WebhookEvent[]): Webhook =>
      [...standing, ...events].reduce(webhookDecider.evolve, webhookDecider.initialState);
    expect(secretsAt(state(), now)).to.deep.equal(['s1']);
    expect(secretsAt(state(second), now)).to.deep.equal(['s2', 's1']);
    expect(secretsAt(state(second), after(now, hour))).to.deep.equal(['s2']);
    expect(secretsAt(state(second, third), now)).to.deep.equal(['s3', 's2']);
  });
});

describe('a delivery', () => {
  it('that is taken at once leaves no trace', () => {
    given(...standing)
      .when(report(7, { outcome: 'taken' }))
      .thenNothing();
  });

  it('that fails is tried again, later and later, a fifth sooner or later by chance', () => {
    given(...standing)
      .when(report(7, failing('broken')))
      .thenHappened(failed(7, 1, second));
    given(...standing)
      .when(report(7, failing('broken'), now, 0))
      .thenHappened(failed(7, 1, 800));
    given(...standing, failed(7, 1, second))
      .when(report(7, failing('broken')))
      .thenHappened(failed(7, 2, 5 * second));
  });

  it('that fails again and again is set aside after the fourth attempt, so that others go on', () => {
    given(...standing, failed(7, 3, 0))
      .when(report(7, failing('broken')))
      .thenHappened(failed(7, 4, 120 * second, { setAside: true }));
  });

  it('that was taken in the end is told of, since it had failed', () => {
    given(...standing, failed(7, 2, 0))
      .when(report(7, { outcome: 'taken' }))
      .thenHappened({ type: 'WebhookDelivered', data: { position: 7, eventId: 'e7' } });
  });

  it('becomes a dead letter a day after it first failed', () => {
    const later = after(now, 24 * hour);
    given(...standing, failed(7, 11, 0, { setAside: true }))
      .when(report(7, failing('refused'), later))
      .thenHappened({
        type: 'WebhookDeliveryAbandoned',
        data: { ...delivery(7), attempts: 12, failure: { fault: 'refused' }, firstFailedAt: now, abandonedAt: later },
      });
    given(...standing, abandoned(7))
      .when(report(7, failing('broken')))
      .thenNothing();
  });

  it('that is a dead letter is sent again when somebody asks, and once', () => {
    const resend = (positions?: number[]) => say({ type: 'ResendDeadLetters', data: positions ? { positions } : {} });
    const resent: WebhookEvent = { type: 'WebhookDeadLettersResent', data: { positions: [7], at: now } };
    given(...standing, abandoned(7))
      .when(resend())
      .thenHappened(resent);
    given(...standing, abandoned(7), abandoned(8))
      .when(resend([7, 7]))
      .thenHappened(resent);
    given(...standing, abandoned(7), resent)
      .when(resend())
      .thenNothing();
    given(...standing, abandoned(7), resent)
      .when(resend([7]))
      .thenRejected('unknown-dead-letter');
    given(...standing, abandoned(7), resent)
      .when(report(7, failing('broken')))
      .thenHappened(failed(7, 1, second, { setAside: true }));
    const off: WebhookEvent = { type: 'WebhookDisabled', data: { because: 'merchant', at: now } };
    given(...standing, abandoned(7), off)
      .when(resend())
      .thenRejected('webhook-is-disabled');
  });
});

describe('an endpoint', () => {
  const four = [1, 2, 3, 4].map((position) => failed(position, 1, second));

  it('that fails five times in a row is left alone for a while', () => {
    given(...standing, ...four)
      .when(report(5, failing('broken')))
      .thenHappened(failed(5, 1, second), paused(5));
  });

  it('that takes something in between is not', () => {
    const taken: WebhookEvent = { type: 'WebhookDelivered', data: { position: 1, eventId: 'e1' } };
    given(...standing, ...four, taken)
      .when(report(5, failing('broken')))
      .thenHappened(failed(5, 1, second));
  });

  it('that only refuses what it is told is there, and is not left alone', () => {
    const refused = { failure: { fault: 'refused' } };
    given(...standing, ...four.map((event) => ({ ...event, data: { ...event.data, ...refused } }) as WebhookEvent))
      .when(report(5, failing('refused')))
      .thenHappened(failed(5, 1, second, refused));
    given(...standing, ...four, paused(-1))
      .when(report(5, failing('refused')))
      .thenHappened(failed(5, 1, second, refused), { type: 'WebhookResumed', data: {} });
  });

  it('is left alone longer each time a probe fails, and what was under way changes nothing', () => {
    given(...standing, ...four, paused(-1))
      .when(report(1, failing('broken')))
      .thenHappened(failed(1, 2, 5 * second), paused(10));
    given(...standing, ...four, paused(4))
      .when(report(5, failing('broken')))
      .thenHappened(failed(5, 1, second));
  });

  it('that asks for a pause is given it, up to a day', () => {
    const until = (seconds: number) => ({ failure: { fault: 'overloaded' }, retryAt: after(now, seconds * second) });
    const pause = (seconds: number): WebhookEvent =>
      ({ type: 'WebhookPaused', data: { ...paused(seconds).data, failure: { fault: 'overloaded' } } }) as WebhookEvent;
    given(...standing)
      .when(report(1, failing('overloaded', { retryAfter: 90 * second })))
      .thenHappened(failed(1, 1, 0, until(90)), pause(90));
    given(...standing)
      .when(report(1, failing('overloaded', { retryAfter: 9_999 * hour })))
      .thenHappened(failed(1, 1, 0, until(86_400)), pause(86_400));
  });

  it('that moves is tried at once', () => {
    const [url, data] = ['https://new.acme.example/', { ...configuration, url: 'https://new.acme.example/' }];
    const change = (more: object) => say({ type: 'ChangeWebhook', data: { ...configuration, enabled: true, ...more } });
    given(...standing, ...four, paused(60))
      .when(change({ url }))
      .thenHappened({ type: 'WebhookDefined', data }, { type: 'WebhookResumed', data: {} });
    given(...standing, ...four, paused(60))
      .when(change({ description: 'the same' }))
      .thenHappened({ type: 'WebhookDefined', data: { ...configuration, description: 'the same' } });
  });

  it('that answers after a pause gets everything again', () => {
    given(...standing, ...four, paused(-1))
      .when(report(1, { outcome: 'taken' }))
      .thenHappened(
        { type: 'WebhookDelivered', data: { position: 1, eventId: 'e1' } },
        { type: 'WebhookResumed', data: {} },
      );
    given(...standing, ...four, paused(60))
      .when(say({ type: 'ResumeWebhook', data: {} }))
      .thenHappened({ type: 'WebhookResumed', data: {} });
    given(...standing)
      .when(say({ type: 'ResumeWebhook', data: {} }))
      .thenNothing();
  });

  it('that says it is gone is switched off, and what it was owed becomes dead letters', () => {
    const off: WebhookEvent = { type: 'WebhookDisabled', data: { because: 'gone', at: now } };
    given(...standing, failed(7, 1, second))
      .when(report(8, { outcome: 'gone' }))
      .thenHappened(off);
    const state = [...standing, failed(7, 1, second), off].reduce(webhookDecider.evolve, webhookDecider.initialState);
    expect(state.enabled).to.equal(false);
    expect(state.failed.size).to.equal(0);
    expect(state.deadLetters.get(7)).to.include({ eventId: 'e7', attempts: 1, abandonedAt: now });
    given(...standing, off)
      .when(report(9, failing('broken')))
      .thenNothing();
  });

  it('that takes nothing for five days is switched off', () => {
    const later = after(now, 120 * hour);
    given(...standing, failed(7, 1, second), paused(-1))
      .when(report(8, failing('unreachable'), later))
      .thenHappened(
        {
          type: 'WebhookDeliveryFailed',
          data: {
            ...delivery(8),
            attempts: 1,
            failure: { fault: 'unreachable' },
            firstFailedAt: later,
            failedAt: later,
            retryAt: after(later, second),
            setAside: false,
          },
        },
        { type: 'WebhookDisabled', data: { because: 'failing-for-days', at: later } },
      );
  });

  it('forgets no delivery whatever it answers: each is taken, waits for another attempt, or is a dead letter', () => {
    const answer = fc.oneof(
      fc.constant<DeliveryAnswer>({ outcome: 'taken' }),
      fc.constantFrom<DeliveryFault[]>('refused', 'broken', 'overloaded', 'timed-out').map((fault) => failing(fault)),
      fc.constant(failing('overloaded', { retryAfter: 30 * second })),
    );
    const step = fc.record({
      position: fc.integer({ min: 1, max: 6 }),
      answer,
      wait: fc.integer({ min: 0, max: 9 * hour }),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        let state = standing.reduce(webhookDecider.evolve, webhookDecider.initialState);
        let at = now;
        const owed = new Set<number>();
        for (const each of steps) {
          at = after(at, each.wait);
          const wasDead = state.deadLetters.has(each.position);
          const decision = webhookDecider.decide(report(each.position, each.answer, at), state);
          if (decision.outcome === 'accepted') state = decision.events.reduce(webhookDecider.evolve, state);
          if (each.answer.outcome !== 'taken') owed.add(each.position);
          else if (!wasDead) owed.delete(each.position);
          if (!state.enabled) break;
        }
        expect([...state.failed.keys(), ...state.deadLetters.keys()].sort()).to.deep.equal([...owed].sort());
      }),
      { numRuns: 200 },
    );
  });
});
