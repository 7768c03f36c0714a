import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { orderedRooms } from '#adapters/live-updates/ordered-rooms.js';

type Step = Readonly<{ kind: 'enter' | 'push' | 'advance'; position: number }>;
const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.constantFrom('enter', 'push', 'advance'),
  position: fc.integer({ min: 0, max: 40 }),
});

describe('a screen that several sockets mirror', () => {
  it('never goes back on any of them, and ends the same on all, however news and snapshots overtake each other', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const heard = new Map<string, number[]>();
        let truth = 0;
        const rooms = orderedRooms<number>((to, { position }) => {
          for (const [socket, positions] of heard) if (to === 'room' || to === socket) positions.push(position);
        });
        for (const [number, { kind, position }] of steps.entries()) {
          if (kind === 'advance') truth += position;
          if (kind === 'push') rooms.push('room', { position: Math.min(position, truth), screen: 0 });
          if (kind === 'enter') {
            heard.set(`socket-${number}`, []);
            rooms.enter('room', `socket-${number}`, { position: truth, screen: 0 });
          }
        }
        rooms.push('room', { position: truth + 1, screen: 0 });
        for (const positions of heard.values()) {
          expect(positions).to.deep.equal([...positions].sort((one, other) => one - other));
          expect(positions.at(-1)).to.equal(truth + 1);
        }
      }),
    );
  });

  it('is not sent where nobody looks, nor after the last one has gone', () => {
    const sent: string[] = [];
    const rooms = orderedRooms<string>((to, { screen }) => void sent.push(`${to} ${screen}`));
    rooms.push('room', { position: 5, screen: 'nobody looks' });
    rooms.enter('room', 'socket', undefined);
    rooms.push('room', { position: 1, screen: 'somebody looks' });
    rooms.forget('room');
    rooms.push('room', { position: 9, screen: 'gone' });
    expect(sent).to.deep.equal(['room somebody looks']);
  });
});
