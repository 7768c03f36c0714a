import { expect } from 'chai';
import { describe, it } from 'mocha';
import type { LogEvent } from '#domain/events.js';
import { formatJourney } from '#src/cli/format-journey.js';

const event = (position: number, more: object): LogEvent =>
  ({
    id: `e${position}`,
    stream: 'call-acme.1',
    position,
    type: 'CallFailed',
    data: { cause: 'busy' },
    recordedAt: 1_795_173_059_200,
    meta: {
      occurredAt: 1_795_173_059_198,
      causationId: `e${position - 1}`,
      actor: 'policy:offer-pop-when-call-is-delivered',
      contactId: 'contact-acme.1',
    },
    ...more,
  }) as unknown as LogEvent;

describe('a journey in the terminal', () => {
  it('says when it happened, how much later the log had it, what led to it and who did it', () => {
    const [head, first, second, foot] = formatJourney([event(7, {}), event(8, {})]);
    expect(head).to.match(/^position +source time +log +stream +event +cause +actor/);
    expect(first).to.match(
      /^7 +\d\d:\d\d:59\.198 +\+2 ms +call +CallFailed +policy:offer-pop-when-call-is-delivered · cause=busy$/,
    );
    expect(second).to.match(/^8 .*← 7 /);
    expect(foot).to.equal('2 events of 1');
  });

  it('names people without saying their kind twice', () => {
    const by = (actor: string) => formatJourney([event(7, { meta: { ...event(7, {}).meta, actor } })])[1];
    expect(by('agent:agent-acme.anna')).to.include(' agent:acme.anna · ');
    expect(by('customer:session-acme.1f')).to.include(' customer:acme.1f · ');
    expect(by('telephony')).to.include(' telephony · ');
  });

  it('lets nothing that a customer sent drive the terminal', () => {
    const line = formatJourney([event(7, { data: { text: '\u001b[2Jgone\u202e', long: 'x'.repeat(500) } })])[1] ?? '';
    expect(line).to.not.match(/[\p{Cc}\p{Cf}]/u);
    expect(line.length).to.be.lessThan(250);
  });
});
