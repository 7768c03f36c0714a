import { expect } from 'chai';
import { describe, it } from 'mocha';
import { gistOf, titleOf } from '#adapters/web/work/journeys/event-words.js';
import { causesOf, shapeOf, subjectOf, type Placed } from '#adapters/web/work/journeys/journey.shape.js';
import { eventCatalogue, type EventType } from '#domain/events.js';
import { sampleJourney } from '#test/support/web/sample-journey.js';

const shape = shapeOf(sampleJourney().events);
const nth = (type: EventType, index = 0): Placed => {
  const found = shape.placed.filter(({ event }) => event.type === type)[index];
  if (!found) throw new Error(`no ${type} in the sample`);
  return found;
};

describe('a journey as it is drawn', () => {
  it('has every event, in the order of the log', () => {
    const positions = shape.placed.map(({ event }) => event.position);
    expect(positions).to.deep.equal(sampleJourney().events.map(({ position }) => position));
    expect(shape.placed.map(({ row }) => row)).to.deep.equal(positions.map((_, index) => index));
  });

  it('puts each event on the lane where it happened', () => {
    expect(nth('IconClicked').lane).to.equal('browser');
    expect(nth('PortLeased').lane).to.equal('gateway');
    expect(nth('CallQueued').lane).to.equal('centre');
    expect(nth('CorrelationDecided').lane).to.equal('correlation');
    expect(nth('ScreenPopOffered').lane).to.equal('agent');
    expect(nth('ChannelJoined').lane).to.equal('channel');
  });

  it('tells the two sides of one call apart, though their events have one name', () => {
    expect([nth('CallEstablished', 0).lane, nth('CallEstablished', 1).lane]).to.deep.equal(['centre', 'gateway']);
    expect([nth('CallCleared', 0).lane, nth('CallCleared', 1).lane]).to.deep.equal(['centre', 'gateway']);
  });

  it('has a lane for records only when there is one', () => {
    expect(shape.lanes).to.include('records');
    const withoutRecord = sampleJourney().events.filter(({ type }) => type !== 'CallRecordIssued');
    expect(shapeOf(withoutRecord).lanes).to.not.include('records');
  });

  it('leads from the pop back to the call that was queued, cause by cause', () => {
    expect(causesOf(nth('ScreenPopOffered')).map(({ event }) => event.type)).to.deep.equal([
      'CallDelivered',
      'RouteSelected',
      'AgentReserved',
      'CallAssigned',
      'CallJoinedQueue',
      'CallQueued',
    ]);
  });

  it('leads from the click to all that it led to', () => {
    expect(shape.effectsOf(nth('IconClicked')).map(({ event }) => event.type)).to.deep.equal([
      'CallRequested',
      'DestinationSelected',
      'DialAllowed',
    ]);
  });

  it('says how late the log heard, and when a clock was ahead', () => {
    expect(nth('CallEstablished', 0).lateness).to.equal(6);
    expect(nth('CallEstablished', 1).lateness).to.equal(2380);
    expect(nth('PageShown').lateness).to.equal(-640);
  });

  it('is the story of a customer and of the page that it began on', () => {
    expect(subjectOf(sampleJourney().events)).to.deep.equal({ customer: 'C-20418', page: 'Return an order' });
    expect(subjectOf([])).to.deep.equal({});
  });

  it('is drawn when it is empty, too', () => {
    expect(shapeOf([]).placed).to.deep.equal([]);
  });
});

describe('an event in words', () => {
  it('has its own name, as one reads it', () => {
    expect(titleOf('CallDelivered')).to.equal('Call delivered');
    expect(titleOf('DtmfCommandRecognised')).to.equal('DTMF command recognised');
    for (const type of Object.keys(eventCatalogue) as EventType[]) {
      expect(titleOf(type), type).to.match(/^(DTMF|[A-Z][a-z]+)( [a-z]+)*$/);
    }
  });

  it('says the gist of what it holds, and nothing that is not there', () => {
    expect(gistOf(nth('PortLeased').event)).to.equal('port 12, +2975550112');
    expect(gistOf(nth('CorrelationDecided').event)).to.equal('certain, live-lease-of-ani');
    expect(gistOf(nth('DispositionRecorded').event)).to.equal('resolved');
    for (const { event } of shape.placed) expect(gistOf(event)).to.not.match(/undefined|\[object/);
  });
});
