import { expect } from 'chai';
import { after, afterEach, before, beforeEach, describe, it } from 'mocha';
import type { Browser, Page } from 'playwright-core';
import { launchChromium } from '#test/support/chromium.js';
import { shopper, talkingShopper, unknownCaller } from '#test/support/web/sample-contacts.js';
import { until } from '#test/support/web/until.js';
import { visit, type Visitor } from '#test/support/web/visit.js';
import { workSite, type WorkSite } from '#test/support/web/work-site.js';

describe('the agent desktop', () => {
  let browser: Browser;
  let site: WorkSite;
  let visitor: Visitor;

  before(async () => {
    browser = await launchChromium();
  });
  after(() => browser.close());
  beforeEach(async () => {
    site = await workSite();
    visitor = await visit(browser, site);
  });
  afterEach(async () => {
    await visitor.leave();
    await site.close();
    expect(visitor.complaints).to.deep.equal([]);
  });

  const asked = (type: Parameters<WorkSite['script']['askedFor']>[0], times = 1): Promise<void> =>
    until(`${times} × ${type}`, () => site.script.askedFor(type).length >= times);

  const atDesk = async (): Promise<Page> => {
    const page = await visitor.signIn('anna');
    await page.getByRole('complementary', { name: 'You' }).waitFor();
    return page;
  };
  const you = (page: Page) => page.getByRole('complementary', { name: 'You' });
  const focused = (page: Page): Promise<string> =>
    page.evaluate<string>(
      'document.activeElement.innerText || document.activeElement.getAttribute("aria-label") || ""',
    );
  const heard = (page: Page): Promise<string> =>
    page.evaluate<string>('document.querySelector("[data-announcer=assertive]").textContent');

  const spoken = (page: Page): Promise<string> =>
    page.evaluate<string>('document.querySelector("[data-announcer=polite]").textContent');

  it('takes a call from log-on to the next ready by keyboard alone', async () => {
    const page = await atDesk();
    await page.keyboard.press('Tab');
    await page.getByRole('button', { name: 'Log on' }).focus();
    await page.keyboard.press('Enter');
    await you(page).getByText('Just logged on').waitFor();
    await page.keyboard.press('r');
    await page.getByText('Ready for the next call').waitFor();

    site.script.ring(shopper());
    await page.getByRole('heading', { name: 'Marta Kowalska' }).waitFor();
    await until('Answer has the focus', async () => (await focused(page)).includes('Answer'));
    await page.keyboard.press('Enter');
    await you(page).getByText('Talking').first().waitFor();

    await page.keyboard.press('h');
    await you(page).getByText('On hold').first().waitFor();
    await page.keyboard.press('h');
    await you(page).getByText('Talking').first().waitFor();

    await page.keyboard.press('/');
    await page.keyboard.type('*76');
    await page.getByText('Aruba offer sent').waitFor();
    expect(
      site.script
        .askedFor('key-digits')
        .map(({ digits }) => digits)
        .join(''),
    ).to.equal('*76');
    expect(await page.getByLabel('Keyed in this call').innerText()).to.equal('*76');
    await page.keyboard.press('Escape');

    await page.keyboard.press('n');
    await page.keyboard.type('Hates the left boot, xyz');
    await page.keyboard.press('Escape');
    await asked('take-notes');
    expect(site.script.askedFor('clear'), 'letters in the notes are letters').to.deep.equal([]);

    await page.keyboard.type('*22');
    await until('keys go into the call from wherever nobody types', async () =>
      (await page.getByLabel('Keyed in this call').innerText()).endsWith('*76*22'),
    );

    await page.keyboard.press('t');
    await page.getByRole('menuitem', { name: 'Boris Keller' }).waitFor();
    await until('the first colleague has the focus', async () => (await focused(page)).includes('Boris'));
    await page.keyboard.press('Enter');
    await page.getByText('Ringing Boris Keller to take the call over').waitFor();
    expect(site.script.askedFor('transfer').map(({ to }) => to)).to.deep.equal(['agent-acme.boris']);

    await page.keyboard.press('x');
    await page.getByText('How did it end?').waitFor();
    await page.keyboard.press('d');
    await page.keyboard.press('1');
    await page.getByText('Ready for the next call').waitFor();
    expect(site.script.askedFor('record-disposition').map(({ code }) => code)).to.deep.equal(['resolved']);
  });

  it('shows who calls, about what, from where and why it is believed, before anybody answers', async () => {
    const page = await atDesk();
    site.script.logOn();
    site.script.ring(shopper());
    const contact = page.getByRole('region', { name: 'Contact' });
    await contact.getByRole('heading', { name: 'Marta Kowalska · C-20418' }).waitFor();
    const told = await contact.innerText();
    for (const fact of [
      'Returns',
      'Acme Outdoor',
      'Return an order',
      'Order 88213',
      'Left boot leaks',
      'gold',
      'Certain',
    ]) {
      expect(told).to.include(fact);
    }
    expect(told).to.include('port 12 of aruba-1, leased to this click');
    await contact.getByText('Why', { exact: true }).click();
    for (const fact of ['lease-acme.01K7XQ3N2JQ7', '+2975550112', 'nearest to the caller']) {
      await contact.getByText(fact).waitFor();
    }
  });

  it('says so when nobody knows who calls', async () => {
    const page = await atDesk();
    site.script.logOn();
    site.script.ring(unknownCaller());
    await page.getByRole('heading', { name: 'Unidentified caller' }).waitFor();
    await page.getByText('No match', { exact: true }).waitFor();
    await page.getByText('+2975550199').first().waitFor();
  });

  it('lets the server say which buttons may be pressed', async () => {
    const page = await atDesk();
    site.script.logOn();
    site.script.talk(talkingShopper());
    const hold = page.getByRole('button', { name: 'Hold' });
    await hold.waitFor();
    expect(await hold.isEnabled()).to.equal(true);
    const actions = Object.fromEntries(Object.keys(site.script.desktop().actions).map((action) => [action, false]));
    site.script.show({ actions: actions as ReturnType<typeof site.script.desktop>['actions'] });
    await until('Hold is off', () => hold.isDisabled());
    for (const name of ['Transfer', 'Conference', 'Hang up', '1', 'star', 'Ready', 'Send']) {
      expect(await page.getByRole('button', { name, exact: true }).first().isDisabled(), name).to.equal(true);
    }
    for (const key of ['h', 't', 'c', 'x', 'r']) await page.keyboard.press(key);
    await page.getByRole('group', { name: 'Keypad' }).focus();
    await page.keyboard.type('76');
    expect(site.script.asked).to.deep.equal([]);
  });

  it('tells why something was refused, and goes on', async () => {
    const page = await atDesk();
    site.script.logOn();
    site.script.talk(talkingShopper());
    site.script.refusals.push({ outcome: 'rejected', reason: 'call-is-over' });
    await page.getByRole('button', { name: 'Hold' }).click();
    await page.getByRole('log').getByText('The call is over').waitFor();
    await page.getByRole('button', { name: 'Hold' }).click();
    await page.getByRole('button', { name: 'Retrieve' }).waitFor();
  });

  it('keys a whole code with one click, and sends what is keyed in order', async () => {
    const page = await atDesk();
    site.script.logOn();
    site.script.talk(talkingShopper({ inChannel: false }));
    await page.getByRole('button', { name: '*76 Aruba offer' }).click();
    for (const digit of ['1', '2', '3', '4', '5']) await page.getByRole('button', { name: digit, exact: true }).click();
    await page.getByRole('button', { name: '4821 Customer joins your channel' }).click();
    const sent = (): string =>
      site.script
        .askedFor('key-digits')
        .map(({ digits }) => digits)
        .join('');
    await until('all digits', () => sent().length === 12);
    expect(sent()).to.equal('*76123454821');
  });

  it('drops what was not keyed yet when a digit is refused', async () => {
    const page = await atDesk();
    site.script.logOn();
    site.script.talk(talkingShopper());
    const keyed = (): readonly string[] => site.script.askedFor('key-digits').map(({ digits }) => digits);
    site.script.refusals.push({ outcome: 'rejected', reason: 'call-is-not-connected' });
    await page.getByRole('group', { name: 'Keypad' }).focus();
    const goOn = site.script.pause();
    await page.keyboard.type('76543210');
    await until('the digits are on the display', async () =>
      (await page.getByLabel('Keyed in this call').innerText()).endsWith('210'),
    );
    goOn();
    await page.getByRole('log').getByText('The call is not connected').waitFor();
    await page.keyboard.type('9');
    await until('the next digit', () => keyed().length > 1);
    expect(keyed()).to.deep.equal(['7', '9']);
  });

  it('loses nothing when it is reloaded in the middle of a call', async () => {
    const page = await atDesk();
    site.script.logOn();
    site.script.talk(talkingShopper({ notes: '' }));
    await page.getByRole('textbox', { name: 'Notes' }).fill('Refund promised');
    await asked('take-notes');
    await page.reload();
    await page.getByRole('heading', { name: 'Marta Kowalska · C-20418' }).waitFor();
    expect(await page.getByRole('textbox', { name: 'Notes' }).inputValue()).to.equal('Refund promised');
    await page.getByText('Got it, thank you.').waitFor();
    await page.getByRole('button', { name: 'Hold' }).waitFor();
  });

  it('saves what was typed last, however soon after it the tab is closed', async () => {
    const page = await atDesk();
    site.script.logOn();
    site.script.talk(talkingShopper({ notes: '' }));
    await page.getByRole('textbox', { name: 'Notes' }).pressSequentially('Call back at five');
    await page.close({ runBeforeUnload: true });
    await until('the notes', () => site.script.desktop().contact?.notes === 'Call back at five');
  });

  it('shows in a second tab what it shows in the first, and announces a call once', async () => {
    const first = await atDesk();
    site.script.logOn();
    await first.getByText('Ready for the next call').waitFor();
    const second = await visitor.open('/agent');
    await second.getByText('Ready for the next call').waitFor();
    site.script.ring(shopper());
    for (const tab of [first, second]) await tab.getByRole('button', { name: 'Answer' }).waitFor();
    const said = async (): Promise<readonly string[]> =>
      (await Promise.all([first, second].map(heard))).filter((text) => text !== '');
    await until('somebody announces', async () => (await said()).length > 0);
    expect(await said()).to.have.length(1);
    expect((await said())[0]).to.include('Incoming call: Marta Kowalska');

    await second.getByRole('button', { name: 'Answer' }).click();
    for (const tab of [first, second]) await you(tab).getByText('Talking').first().waitFor();
    expect(site.script.askedFor('answer')).to.have.length(1);
  });

  it('does not announce again a call that rings on while the page is reloaded', async () => {
    const page = await atDesk();
    site.script.logOn();
    site.script.ring(shopper());
    await until('it is announced', async () => (await heard(page)).includes('Incoming call'));
    await page.reload();
    await page.getByRole('button', { name: 'Answer' }).waitFor();
    await until('the title calls', async () => (await page.title()).startsWith('☎'));
    expect(await heard(page)).to.equal('');
  });

  it('calls by the title of its tab until the call is answered', async () => {
    const page = await atDesk();
    site.script.logOn();
    site.script.ring(shopper());
    await until('the title calls', async () => (await page.title()) === '☎ Marta Kowalska · C-20418');
    await page.getByRole('button', { name: 'Answer' }).click();
    await until('the title is calm', async () => (await page.title()) === 'Talking · Trunkline');
  });

  it('does not take the focus from somebody who is writing', async () => {
    const page = await atDesk();
    site.script.logOn();
    site.script.wrapUp(talkingShopper({ notes: '' }));
    await page.getByRole('textbox', { name: 'Notes' }).focus();
    site.script.ring(shopper());
    await page.getByRole('button', { name: 'Answer' }).waitFor();
    expect(await focused(page)).to.not.include('Answer');
  });

  it('keeps the screen when the connection is lost, says so, and comes back with what was written meanwhile', async () => {
    const page = await atDesk();
    site.script.logOn();
    site.script.talk(talkingShopper({ notes: '' }));
    await page.getByRole('button', { name: 'Hold' }).waitFor();
    await site.goDown();
    await page.getByText('Connection lost.').waitFor();
    await page.getByRole('heading', { name: 'Marta Kowalska · C-20418' }).waitFor();
    expect(await page.getByRole('button', { name: 'Hang up' }).isDisabled()).to.equal(true);
    await page.getByRole('textbox', { name: 'Notes' }).fill('Written in the dark');
    await page.getByText('Not saved yet').waitFor();
    site.script.changeContact({
      lastDtmf: { code: '*78', outcome: 'refused', note: 'While away', at: site.script.desktop().since },
    });
    await site.comeBack();
    await page.getByText('Connection lost.').waitFor({ state: 'detached' });
    await page.getByText('While away').waitFor();
    await until('the notes are there', () => site.script.desktop().contact?.notes === 'Written in the dark');
  });

  it('says that it cannot be reached when it never could be, and comes when it can', async () => {
    const page = await visitor.open('/sign-in');
    let closed = true;
    await visitor.context.routeWebSocket(/socket\.io/, (socket) =>
      closed ? socket.close() : socket.connectToServer(),
    );
    await visitor.context.route(/socket\.io/, (route) => (closed ? route.abort() : route.continue()));
    await page.close();
    const signedIn = await visitor.signIn('anna');
    await signedIn.getByText('The desktop cannot be reached').waitFor();
    closed = false;
    await you(signedIn).getByText('Logged off', { exact: true }).waitFor();
  });

  it('says what the agent has become to those who cannot see it', async () => {
    const page = await atDesk();
    site.script.logOn();
    await until('Ready is said', async () => (await spoken(page)) === 'Ready');
    site.script.talk(talkingShopper());
    await until('Talking is said', async () => (await spoken(page)) === 'Talking');
    site.script.wrapUp(talkingShopper());
    await until('Wrap-up is said', async () => (await spoken(page)) === 'Wrap-up');
  });

  it('shows another tab’s notes, and never overwrites what is being written here', async () => {
    const page = await atDesk();
    site.script.logOn();
    site.script.talk(talkingShopper({ notes: 'First' }));
    const notes = page.getByRole('textbox', { name: 'Notes' });
    await until('the notes', async () => (await notes.inputValue()) === 'First');
    site.script.changeContact({ notes: 'From the other tab' });
    await until('the other tab’s notes', async () => (await notes.inputValue()) === 'From the other tab');
    await notes.fill('Mine');
    const { since } = site.script.desktop();
    const late = { code: '*78', outcome: 'refused', note: 'Later than mine', at: since } as const;
    const goOn = site.script.pause();
    site.script.changeContact({ notes: 'Late', lastDtmf: late });
    await page.getByText('Later than mine').waitFor();
    expect(await notes.inputValue()).to.equal('Mine');
    goOn();
    await until('mine are saved', () => site.script.desktop().contact?.notes === 'Mine');
    expect(await notes.inputValue()).to.equal('Mine');
  });

  it('sends messages into the channel once, and sends again what was refused', async () => {
    const page = await atDesk();
    site.script.logOn();
    site.script.talk(talkingShopper());
    await page.getByRole('log', { name: 'Messages' }).waitFor();
    await page.keyboard.press('m');
    await page.keyboard.type('No, any box will do.');
    await page.keyboard.press('Enter');
    await page.getByRole('log', { name: 'Messages' }).getByText('No, any box will do.').waitFor();
    site.script.refusals.push({ outcome: 'failed', failure: 'disk full' });
    await page.keyboard.type('And it is free.');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Not sent. Try again' }).click();
    await asked('send-message', 3);
    const [, refused, again] = site.script.askedFor('send-message');
    expect(again).to.deep.equal(refused);
    await page.getByText('Not sent').waitFor({ state: 'detached' });
  });

  it('attaches what the agent adds, and shows who added what', async () => {
    const page = await atDesk();
    site.script.logOn();
    site.script.talk(talkingShopper());
    await page.getByText('boris,').waitFor();
    await page.getByRole('button', { name: 'Attach', exact: true }).click();
    await page.getByRole('textbox', { name: 'Name' }).fill('refund');
    await page.getByRole('textbox', { name: 'Value' }).fill('124.00 EUR');
    await page.keyboard.press('Enter');
    await asked('change-data');
    expect(site.script.askedFor('change-data')).to.deep.equal([
      { type: 'change-data', changes: { refund: '124.00 EUR' } },
    ]);
    await page.getByText('you,').waitFor();
  });

  it('shows colleagues with their states, and offers only those who are ready', async () => {
    const page = await atDesk();
    site.script.logOn();
    site.script.talk(talkingShopper());
    await page.getByRole('button', { name: 'Conference' }).click();
    const items = page.getByRole('menuitem');
    await items.first().waitFor();
    expect(await items.allInnerTexts()).to.deep.equal([
      'Boris Keller\nReady',
      'Chen Wei\nOn a call',
      'Dalia Haddad\nNot ready',
      'Emil Sørensen\nLogged off',
    ]);
    await items.nth(1).click({ force: true });
    expect(site.script.askedFor('conference')).to.deep.equal([]);
    await items.first().click();
    await asked('conference');
  });

  it('shows what comes after the call, and why one is not ready', async () => {
    const page = await atDesk();
    site.script.logOn();
    site.script.talk(talkingShopper());
    await page.getByRole('button', { name: 'Not ready' }).click();
    await page.getByRole('menuitemradio', { name: 'Lunch' }).click();
    await you(page).getByText('Next').waitFor();
    expect(site.script.askedFor('not-ready').map(({ reason }) => reason)).to.deep.equal(['lunch']);
    site.script.logOn('not-ready');
    site.script.show({ notReadyReason: 'no-answer' });
    await page.getByText('You missed a call').waitFor();
  });

  it('can do without single keys for those who speak to their machine', async () => {
    const page = await atDesk();
    site.script.logOn();
    site.script.talk(talkingShopper());
    await page.getByRole('button', { name: 'Keys' }).click();
    await page.getByLabel('Single keys act.').uncheck();
    await page.getByRole('button', { name: 'Close' }).click();
    await page.getByRole('heading', { name: 'Marta' }).click();
    await page.keyboard.press('h');
    await page.getByRole('button', { name: 'Transfer' }).click();
    await page.getByRole('menuitem').first().waitFor();
    expect(site.script.askedFor('hold')).to.deep.equal([]);
  });

  it('is refused to those who take no calls', async () => {
    const page = await visitor.signIn('boris');
    await page.waitForURL('**/journeys');
    await page.goto(`${site.url}/agent`);
    await page.getByText('This account takes no calls').waitFor();
    expect(await page.getByRole('link', { name: 'Desktop' }).count()).to.equal(0);
  });
});
