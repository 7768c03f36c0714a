import type { SeededRandom } from '#domain/kernel/seeded-random.js';
import type { Milliseconds } from '#domain/kernel/time.js';
import type { CallMix, Fate } from './call-mix.js';

/**
 * What an action waits for: the click; the ringing of the actor's own phone; the first agent's answer; the second's; the
 * end of the actor's own part in the call.
 */
export const moments = ['clicked', 'delivered', 'established', 'joined', 'left'] as const;
export type Moment = (typeof moments)[number];

export type Actor = 'customer' | 'first-agent' | 'second-agent';

/** The second agent of a transfer or conference is whoever the driver finds ready. */
export type Deed =
  | Readonly<{ do: 'answer' | 'hold' | 'retrieve' | 'transfer' | 'conference' | 'hang-up' }>
  | Readonly<{ do: 'change-data'; key: string; value: string }>
  | Readonly<{ do: 'key-digits'; digits: string }>
  | Readonly<{ do: 'wrap-up'; disposition: string }>;

export type PlannedAction = Readonly<{ by: Actor; since: Moment; after: Milliseconds }> & Deed;

type Plan = Readonly<{ mix: CallMix; fate: Fate; index: number; talk: Milliseconds; luck: SeededRandom }>;

/** A stretch of talk: who leads it, and since when it is counted. */
type Stretch = Readonly<{ by: Actor; since: Moment; length: Milliseconds }>;

const part = (length: Milliseconds, share: number): Milliseconds => Math.round(length * share);

const answers = (by: Actor, { mix, luck }: Plan): PlannedAction => ({
  by,
  since: 'delivered',
  after: luck.within(mix.ringing),
  do: 'answer',
});

const wrapsUp = (by: Actor, { mix, luck }: Plan): readonly PlannedAction[] => {
  const after = luck.within(mix.wrapUp);
  const disposition = mix.dispositions[luck.within({ from: 0, to: mix.dispositions.length - 1 })];
  return disposition === undefined ? [] : [{ by, since: 'left', after, do: 'wrap-up', disposition }];
};

/** Changes of data number `from` to `to`, evenly spaced over the stretch. */
const changesData = ({ by, since, length }: Stretch, from: number, to: number): readonly PlannedAction[] =>
  Array.from({ length: to - from }, (_none, nth) => ({
    by,
    since,
    after: part(length, (nth + 1) / (to - from + 1)),
    do: 'change-data' as const,
    key: `note-${from + nth + 1}`,
    value: `${by} ${from + nth + 1}`,
  }));

const keysCode = ({ by, since, length }: Stretch, { mix, index, luck }: Plan): readonly PlannedAction[] => {
  const digits = mix.codes[index % mix.codes.length];
  return luck.chance(mix.keyed) && digits !== undefined
    ? [{ by, since, after: part(length, 0.2), do: 'key-digits', digits }]
    : [];
};

const holds = ({ by, since, length }: Stretch, { mix, luck }: Plan): readonly PlannedAction[] =>
  luck.chance(mix.held)
    ? [
        { by, since, after: part(length, 0.4), do: 'hold' },
        { by, since, after: part(length, 0.7), do: 'retrieve' },
      ]
    : [];

const ends = ({ by, since, length }: Stretch, { mix, luck }: Plan): PlannedAction => ({
  by: luck.chance(mix.endedByCustomer) ? 'customer' : by,
  since,
  after: length,
  do: 'hang-up',
});

const abandoned = ({ mix, luck }: Plan): readonly PlannedAction[] => [
  { by: 'customer', since: 'clicked', after: luck.within(mix.patience), do: 'hang-up' },
];

const plain = (plan: Plan): readonly PlannedAction[] => {
  const whole: Stretch = { by: 'first-agent', since: 'established', length: plan.talk };
  return [
    answers('first-agent', plan),
    ...keysCode(whole, plan),
    ...holds(whole, plan),
    ...changesData(whole, 0, plan.mix.dataUpdates),
    ends(whole, plan),
    ...wrapsUp('first-agent', plan),
  ];
};

/** The first agent brings in a second somewhere in the middle; each does half of what is to be done. */
const handedOn = (plan: Plan, kind: 'transfer' | 'conference'): readonly PlannedAction[] => {
  const { mix, talk, luck } = plan;
  const firstLength = part(talk, luck.within({ from: 30, to: 70 }) / 100);
  const first: Stretch = { by: 'first-agent', since: 'established', length: firstLength };
  const second: Stretch = { by: 'second-agent', since: 'joined', length: talk - firstLength };
  const half = Math.ceil(mix.dataUpdates / 2);
  const leaves: PlannedAction = { by: 'first-agent', since: 'joined', after: part(second.length, 0.5), do: 'hang-up' };
  return [
    answers('first-agent', plan),
    ...keysCode(first, plan),
    ...holds(first, plan),
    ...changesData(first, 0, half),
    { by: first.by, since: first.since, after: first.length, do: kind },
    answers('second-agent', plan),
    ...changesData(second, half, mix.dataUpdates),
    ...(kind === 'conference' ? [leaves] : []),
    ends(second, plan),
    ...wrapsUp('first-agent', plan),
    ...wrapsUp('second-agent', plan),
  ];
};

const inOrder = (one: PlannedAction, other: PlannedAction): number =>
  moments.indexOf(one.since) - moments.indexOf(other.since) || one.after - other.after;

/** What customer and agents do in one call, in order. */
export const plannedActions = (plan: Plan): readonly PlannedAction[] => {
  switch (plan.fate) {
    case 'abandoned':
      return abandoned(plan);
    case 'plain':
      return plain(plan).toSorted(inOrder);
    case 'transferred':
      return handedOn(plan, 'transfer').toSorted(inOrder);
    case 'conferenced':
      return handedOn(plan, 'conference').toSorted(inOrder);
  }
};
