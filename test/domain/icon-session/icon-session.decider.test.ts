import { expect } from 'chai';
import { describe, it } from 'mocha';
import type { IconSessionCommand, PageContext } from '#domain/icon-session/icon-session.commands.js';
import { iconSessionDecider } from '#domain/icon-session/icon-session.decider.js';
import type { IconSessionEvent, NamedValues, Page } from '#domain/icon-session/icon-session.events.js';
import { sessionLimits } from '#domain/icon-session/page-context.js';
import { contactId, iconSessionId } from '#domain/kernel/ids.js';
import { after, instant } from '#domain/kernel/time.js';
import { scenarioFor } from '#test/support/scenario.js';
import { expectStatesKept } from '../support/history.js';
import { acme, shoes } from '../merchant/acme.js';

const given = scenarioFor(iconSessionDecider);
const now = instant(Date.UTC(2026, 0, 5, 9));

type Said<Command> = Command extends IconSessionCommand ? Pick<Command, 'type' | 'data'> : never;
const say = (said: Said<IconSessionCommand>): IconSessionCommand => ({
  ...said,
  target: iconSessionId(acme, 's1'),
  at: now,
});
const page = (path: string, minute: number, title = path): Page => ({
  url: `https://shop.example/${path}`,
  title,
  at: after(now, minute * 60_000),
});

const capture = { cookies: ['loyalty', 'campaign'], formFields: ['size', 'colour', 'note', 'password', 'cardNumber'] };
const icon = {
  contactId: contactId(acme, 's1'),
  linkId: shoes,
  tokenId: 't1',
  origin: 'https://shop.example',
  page: page('boots', 0),
  pseudoAni: '0000000001',
  merchantSessionId: 'web-77',
};
const clicking = (context: PageContext = {}, more: object = {}) =>
  say({ type: 'ClickIcon', data: { ...icon, ...more, context, capture } });
const clicked: IconSessionEvent = { type: 'IconClicked', data: icon };
const viewed = (view: Page): IconSessionEvent => ({ type: 'PageViewed', data: { page: view } });
const form = (fields: NamedValues, name = 'returns'): IconSessionEvent => ({
  type: 'FormCaptured',
  data: { form: name, fields },
});
const cookies = (values: NamedValues): IconSessionEvent => ({ type: 'CookiesCaptured', data: { cookies: values } });
const reporting = (context: PageContext) => say({ type: 'ReportPageContext', data: { context, capture } });
const closed: IconSessionEvent = { type: 'SessionClosed', data: { cause: 'call-over' } };

describe('a click on an icon', () => {
  it('tells who clicked, where from, and what of the page may be passed on', () => {
    const before = [page('home', -3), page('shoes', -2)];
    given()
      .when(
        clicking(
          {
            page: page('boots', 0),
            pagesBefore: before,
            forms: { returns: { size: '42', age: '37' } },
            cookies: { loyalty: 'gold', sid: 'x' },
          },
          { customerRef: { ref: 'c-1001', by: 'server-signed' } },
        ),
      )
      .thenHappened(
        clicked,
        { type: 'CustomerIdentified', data: { customerRef: 'c-1001', by: 'server-signed' } },
        ...before.map(viewed),
        form({ size: '42' }),
        cookies({ loyalty: 'gold' }),
      );
  });

  it('says nothing of what the page did not tell', () => {
    given().when(clicking()).thenHappened(clicked);
    given()
      .when(clicking({ forms: { returns: { age: '37' } }, cookies: { sid: 'x' } }))
      .thenHappened(clicked);
  });

  it('is one click however often it arrives, also after the call', () => {
    given(clicked)
      .when(clicking({ forms: { returns: { size: '43' } } }))
      .thenNothing();
    given(clicked, closed).when(clicking()).thenNothing();
  });
});

describe('the page of a session', () => {
  it('is told once', () => {
    const shoesPage = page('shoes', 2);
    given(clicked)
      .when(reporting({ page: shoesPage }))
      .thenHappened(viewed(shoesPage));
    given(clicked, viewed(shoesPage))
      .when(reporting({ page: shoesPage }))
      .thenNothing();
    given(clicked)
      .when(reporting({ page: page('boots', 0) }))
      .thenNothing();
  });

  it('is not new when it is loaded once more', () => {
    given(clicked)
      .when(reporting({ page: page('boots', 3) }))
      .thenNothing();
  });

  it('is new when the customer comes back to it', () => {
    const back = page('boots', 4);
    given(clicked, viewed(page('shoes', 2)))
      .when(reporting({ page: back }))
      .thenHappened(viewed(back));
  });

  it('stays where the customer is when an earlier page is told late', () => {
    const [late, here] = [page('home', 1), page('shoes', 2)];
    given(clicked, viewed(here))
      .when(reporting({ pagesBefore: [late] }))
      .thenHappened(viewed(late));
    given(clicked, viewed(here), viewed(late))
      .when(reporting({ page: { ...here, at: after(now, 240_000) } }))
      .thenNothing();
    given(clicked, viewed(late), viewed(here))
      .when(reporting({ page: late }))
      .thenNothing();
  });

  it('was looked at before, and both times count', () => {
    const before = [page('boots', -5), page('home', -3)];
    given()
      .when(clicking({ page: page('boots', 0), pagesBefore: before }))
      .thenHappened(clicked, ...before.map(viewed));
  });
});

describe('a form of a session', () => {
  it('tells field by field what has changed', () => {
    const known = form({ size: '42', colour: 'red' });
    given(clicked, known)
      .when(reporting({ forms: { returns: { size: '42', colour: 'red' } } }))
      .thenNothing();
    given(clicked, known)
      .when(reporting({ forms: { returns: { size: '42', colour: 'blue', note: 'left one' } } }))
      .thenHappened(form({ colour: 'blue', note: 'left one' }));
  });

  it('tells when a field has been emptied, but not that one is still empty', () => {
    given(clicked, form({ size: '42' }))
      .when(reporting({ forms: { returns: { size: '' } } }))
      .thenHappened(form({ size: '' }));
    given(clicked)
      .when(reporting({ forms: { returns: { size: '' } } }))
      .thenNothing();
  });

  it('is kept apart from another form with the same fields', () => {
    given(clicked, form({ size: '42' }))
      .when(reporting({ forms: { order: { size: '42' } } }))
      .thenHappened(form({ size: '42' }, 'order'));
  });

  it('never tells a password or a payment card, even when the merchant allows it', () => {
    given(clicked)
      .when(reporting({ forms: { login: { password: 'hunter2', cardNumber: '4111111111111111' } } }))
      .thenNothing();
  });

  it('never tells a payment card typed where it does not belong', () => {
    given(clicked)
      .when(reporting({ forms: { returns: { note: 'my card is 4111 1111 1111 1111', size: '4111-1111-1111-1' } } }))
      .thenNothing();
  });
});

describe('cookies of a session', () => {
  it('are told when they change', () => {
    given(clicked, cookies({ loyalty: 'gold' }))
      .when(reporting({ cookies: { loyalty: 'gold' } }))
      .thenNothing();
    given(clicked, cookies({ loyalty: 'gold' }))
      .when(reporting({ cookies: { loyalty: 'gold', campaign: 'spring' } }))
      .thenHappened(cookies({ campaign: 'spring' }));
  });
});

describe('a page that tells too much', () => {
  const many = (count: number, name: (index: number) => string) =>
    Array.from({ length: count }, (_, index) => name(index));
  const allowing = (names: readonly string[], context: PageContext) =>
    say({ type: 'ReportPageContext', data: { context, capture: { cookies: names, formFields: names } } });

  it('is cut to length, and not within a character', () => {
    const short = 'a'.repeat(sessionLimits.characters - 1);
    given(clicked)
      .when(reporting({ forms: { returns: { note: `${short}bc` } } }))
      .thenHappened(form({ note: `${short}b` }));
    given(clicked)
      .when(reporting({ forms: { returns: { note: `${short}👟` } } }))
      .thenHappened(form({ note: short }));
    given(clicked, form({ note: `${short}b` }))
      .when(reporting({ forms: { returns: { note: `${short}bd` } } }))
      .thenNothing();
    given(clicked)
      .when(reporting({ forms: { [`${short}bc`]: { size: '42' } } }))
      .thenHappened(form({ size: '42' }, `${short}b`));
    const long = page('b'.repeat(3_000), 1, 't'.repeat(3_000));
    const cut = { url: long.url.slice(0, 2_000), title: 't'.repeat(2_000), at: long.at };
    given(clicked)
      .when(reporting({ page: long }))
      .thenHappened(viewed(cut));
    given(clicked, viewed(cut))
      .when(reporting({ page: long }))
      .thenNothing();
  });

  it('is heard for the latest 200 pages before the click, and 500 in all', () => {
    const before = many(250, (index) => `p${index}`).map((path, index) => page(path, index - 300));
    given()
      .when(clicking({ pagesBefore: before }))
      .thenHappened(clicked, ...before.slice(50).map(viewed));
    const views = many(499, (index) => `q${index}`).map((path, index) => viewed(page(path, index + 1)));
    given(clicked, ...views.slice(1))
      .when(reporting({ page: page('z', 600) }))
      .thenHappened(viewed(page('z', 600)));
    given(clicked, ...views)
      .when(reporting({ page: page('z', 600) }))
      .thenNothing();
  });

  it('is heard for 100 fields over all forms; those that are known still change', () => {
    const names = many(
      101,
      (index) => `f${'abcdefghij'[index % 10] ?? ''}${'abcdefghijk'[Math.floor(index / 10)] ?? ''}`,
    );
    const [first, rest] = [names.slice(0, 60), names.slice(60)];
    const filled = (fields: readonly string[], value = 'x') => Object.fromEntries(fields.map((name) => [name, value]));
    given(clicked)
      .when(allowing(names, { forms: { one: filled(first), two: filled(rest) } }))
      .thenHappened(form(filled(first), 'one'), form(filled(rest.slice(0, 40)), 'two'));
    given(clicked, form(filled(first), 'one'), form(filled(rest.slice(0, 40)), 'two'))
      .when(allowing(names, { forms: { one: filled(first, 'y'), two: filled(rest) } }))
      .thenHappened(form(filled(first, 'y'), 'one'));
    given(clicked, form(filled(first), 'one'))
      .when(allowing(names, { forms: { one: filled(first, 'y'), two: filled(rest) } }))
      .thenHappened(form(filled(first, 'y'), 'one'), form(filled(rest.slice(0, 40)), 'two'));
    given(clicked)
      .when(allowing(names, { cookies: filled(names) }))
      .thenHappened(cookies(filled(names.slice(0, 100))));
  });

  it('changes nothing of the language when its form is called __proto__', () => {
    const forms = JSON.parse('{"__proto__":{"size":"42"}}') as PageContext['forms'] & object;
    given(clicked)
      .when(reporting({ forms }))
      .thenHappened(form({ size: '42' }, '__proto__'));
    given(clicked, form({ size: '42' }, '__proto__'))
      .when(reporting({ forms }))
      .thenNothing();
    expect(({} as Record<string, unknown>)['size']).to.be.undefined;
  });
});

describe('a page that an agent pushes', () => {
  const push = { pushId: 'push-1', url: 'https://shop.example/aruba', label: 'Aruba offer', by: 'agent', code: '*76' };
  const pushing = say({ type: 'PushPage', data: push });
  const pushed: IconSessionEvent = { type: 'PagePushed', data: push };
  const shown: IconSessionEvent = { type: 'PageShown', data: { pushId: 'push-1', url: push.url } };
  const showing = say({ type: 'ReportPageShown', data: { pushId: 'push-1', url: push.url } });
  const blocked: IconSessionEvent = { type: 'PageBlocked', data: { pushId: 'push-1', why: 'refused-by-customer' } };
  const blocking = say({ type: 'ReportPageBlocked', data: { pushId: 'push-1', why: 'refused-by-customer' } });

  it('is sent once, and shown or blocked once', () => {
    given(clicked).when(pushing).thenHappened(pushed);
    given(clicked, pushed).when(pushing).thenNothing();
    given(clicked, pushed).when(showing).thenHappened(shown);
    given(clicked, pushed, shown).when(showing).thenNothing();
    given(clicked, pushed, shown).when(blocking).thenNothing();
    given(clicked, pushed).when(blocking).thenHappened(blocked);
    given(clicked, pushed, blocked).when(showing).thenNothing();
  });

  it('is nothing when nobody pushed it', () => {
    given(clicked).when(showing).thenNothing();
    given(clicked).when(blocking).thenNothing();
  });

  it('is refused after the call; one that was pushed before is not refused again', () => {
    given(clicked, closed).when(pushing).thenRejected('push-after-the-call');
    given(clicked, pushed, closed).when(pushing).thenNothing();
  });
});

describe('the media of a session', () => {
  const by = 'agent';
  const louder = (changePercent: number) =>
    say({ type: 'ChangeMediaSetting', data: { setting: 'volume', changePercent, by } });
  const volume = (percent: number): IconSessionEvent => ({
    type: 'MediaSettingChanged',
    data: { setting: 'volume', percent, by },
  });
  const echo = (on: boolean) => say({ type: 'ChangeMediaSetting', data: { setting: 'echo-cancellation', on, by } });
  const echoIs = (on: boolean): IconSessionEvent => ({
    type: 'MediaSettingChanged',
    data: { setting: 'echo-cancellation', on, by },
  });

  it('goes 20 % up and 20 % down again to where it was', () => {
    given(clicked).when(louder(20)).thenHappened(volume(120));
    given(clicked, volume(120)).when(louder(-20)).thenHappened(volume(100));
  });

  it('goes from silence to three times normal and no further', () => {
    given(clicked, volume(290)).when(louder(20)).thenHappened(volume(300));
    given(clicked, volume(300)).when(louder(20)).thenNothing();
    given(clicked, volume(10)).when(louder(-20)).thenHappened(volume(0));
    given(clicked, volume(0)).when(louder(-20)).thenNothing();
    given(clicked, volume(0)).when(louder(20)).thenHappened(volume(20));
  });

  it('cancels echo until it is told not to', () => {
    given(clicked).when(echo(true)).thenNothing();
    given(clicked).when(echo(false)).thenHappened(echoIs(false));
    given(clicked, echoIs(false)).when(echo(false)).thenNothing();
    given(clicked, echoIs(false)).when(echo(true)).thenHappened(echoIs(true));
  });

  it('is not changed after the call', () => {
    given(clicked, closed).when(louder(20)).thenRejected('session-is-closed');
    given(clicked, closed).when(echo(false)).thenRejected('session-is-closed');
  });
});

describe('a session that is over', () => {
  it('was closed once', () => {
    given(clicked)
      .when(say({ type: 'CloseSession', data: closed.data }))
      .thenHappened(closed);
    given(clicked, closed)
      .when(say({ type: 'CloseSession', data: { cause: 'network-lost' } }))
      .thenNothing();
  });

  it('hears nothing more from the customer', () => {
    const push: IconSessionEvent = {
      type: 'PagePushed',
      data: { pushId: 'p', url: 'https://shop.example/', label: '', by: 'agent' },
    };
    given(clicked, closed)
      .when(reporting({ page: page('home', 9), forms: { returns: { size: '1' } } }))
      .thenNothing();
    given(clicked, push, closed)
      .when(say({ type: 'ReportPageShown', data: { pushId: 'p', url: '/' } }))
      .thenNothing();
    given(clicked, push, closed)
      .when(say({ type: 'ReportPageBlocked', data: { pushId: 'p', why: 'page-gone' } }))
      .thenNothing();
  });
});

describe('the states of a session', () => {
  it('are as they were, whatever happens after', () => {
    expectStatesKept(iconSessionDecider, [
      clicked,
      { type: 'CustomerIdentified', data: { customerRef: 'c-1001', by: 'page' } },
      viewed(page('home', 1)),
      form({ size: '42' }),
      form({ size: '43' }),
      cookies({ loyalty: 'gold' }),
      cookies({ loyalty: 'silver' }),
      { type: 'PagePushed', data: { pushId: 'p', url: 'https://shop.example/', label: '', by: 'agent' } },
      { type: 'PageShown', data: { pushId: 'p', url: 'https://shop.example/' } },
      { type: 'MediaSettingChanged', data: { setting: 'volume', percent: 120, by: 'agent' } },
      closed,
    ]);
  });
});

describe('a session that nobody opened', () => {
  it('takes nothing but a click', () => {
    given().when(reporting({})).thenRejected('unknown-session');
    given()
      .when(say({ type: 'CloseSession', data: { cause: 'call-over' } }))
      .thenRejected('unknown-session');
  });
});
