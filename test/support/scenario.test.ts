import { AssertionError, expect } from 'chai';
import { describe, it } from 'mocha';
import { accept, ignore, reject, type Decider } from '#domain/kernel/decider.js';
import { scenarioFor } from './scenario.js';

type LineEvent = Readonly<{ type: 'LineSeized' | 'LineFreed' }>;
type LineCommand = Readonly<{ type: 'SeizeLine' | 'ReportLineFreed' }>;
type Line = Readonly<{ seized: boolean }>;

const line: Decider<LineCommand, Line, LineEvent, 'line-in-use'> = {
  initialState: { seized: false },
  decide: ({ type }, { seized: inUse }) => {
    switch (type) {
      case 'SeizeLine':
        return inUse ? reject('line-in-use') : accept({ type: 'LineSeized' });
      case 'ReportLineFreed':
        return inUse ? accept({ type: 'LineFreed' }) : ignore;
    }
  },
  evolve: (_line, { type }) => ({ seized: type === 'LineSeized' }),
};

const given = scenarioFor(line);
const seize = { type: 'SeizeLine' } as const;
const reportFreed = { type: 'ReportLineFreed' } as const;
const seized = { type: 'LineSeized' } as const;
const freed = { type: 'LineFreed' } as const;

describe('the story of a line', () => {
  it('passes when it is told as it happened', () => {
    given().when(seize).thenHappened(seized);
    given(seized).when(seize).thenRejected('line-in-use');
    given(seized, freed).when(reportFreed).thenNothing();
  });

  const untrue: Readonly<Record<string, () => void>> = {
    'another event than the one that happened': () => {
      given().when(seize).thenHappened(freed);
    },
    'an event too many': () => {
      given().when(seize).thenHappened(seized, freed);
    },
    'an event where there was a refusal': () => {
      given(seized).when(seize).thenHappened(seized);
    },
    'an event where there was nothing': () => {
      given().when(reportFreed).thenHappened(freed);
    },
    'no event at all, called an event': () => {
      given().when(reportFreed).thenHappened();
    },
    'a refusal where there was an event': () => {
      given().when(seize).thenRejected('line-in-use');
    },
    'a refusal where there was nothing': () => {
      given().when(reportFreed).thenRejected('line-in-use');
    },
    'nothing where there was an event': () => {
      given().when(seize).thenNothing();
    },
    'nothing where there was a refusal': () => {
      given(seized).when(seize).thenNothing();
    },
  };
  for (const [claim, tell] of Object.entries(untrue)) {
    it(`fails when it claims ${claim}`, () => {
      expect(tell).to.throw(AssertionError);
    });
  }

  it('fails when a refusal gives another reason', () => {
    const moody = scenarioFor<LineCommand, Line, LineEvent, 'line-in-use' | 'line-barred'>(line);
    expect(() => {
      moody(seized).when(seize).thenRejected('line-barred');
    }).to.throw(AssertionError);
  });
});

describe('the story of a line whose decider is not pure', () => {
  it('fails when deciding changes the state in place', () => {
    const careless: Decider<LineCommand, { seized: boolean }, LineEvent> = {
      initialState: { seized: false },
      decide: (_command, state) => {
        state.seized = true;
        return accept(seized);
      },
      evolve: (_state, { type }) => ({ seized: type === 'LineSeized' }),
    };
    expect(() => scenarioFor(careless)().when(seize)).to.throw(AssertionError, 'never changed in place');
  });

  it('fails when an event changes the state that every line begins with', () => {
    const shared: Decider<LineCommand, { heard: number }, LineEvent> = {
      initialState: { heard: 0 },
      decide: () => ignore,
      evolve: (state) => {
        state.heard += 1;
        return { heard: state.heard };
      },
    };
    expect(() => scenarioFor(shared)(seized).when(seize)).to.throw(AssertionError, 'never changed in place');
  });

  it('fails when the same question is answered differently', () => {
    let asked = 0;
    const fickle: Decider<LineCommand, Line, LineEvent> = {
      ...line,
      decide: () => accept((asked += 1) % 2 === 0 ? seized : freed),
    };
    expect(() => scenarioFor(fickle)().when(seize)).to.throw(AssertionError, 'the same decision');
  });
});
