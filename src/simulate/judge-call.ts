import type { Observation, Seen } from './observation.js';

/**
 * How a call of the load went. `wrong`: a screen showed another customer than the one on the phone. `lost`: rung or
 * answered without a pop, broken, or never over. `elsewhere`: answered by somebody who is no robot.
 */
export type Verdict =
  | Readonly<{ is: 'popped' }>
  | Readonly<{ is: 'abandoned' }>
  | Readonly<{ is: 'elsewhere' }>
  | Readonly<{ is: 'refused' | 'failed' | 'wrong' | 'lost'; why: string }>;

export type JudgeCall = Readonly<{
  observations: readonly Observation[];
  /** Where the page lies that the code of this call's plan opens; none: no code was to be keyed. */
  page: string | undefined;
  /** Whether a first name is a robot's. */
  isRobot: (agentName: string) => boolean;
}>;

const all = <Saw extends Observation['saw']>(observations: readonly Observation[], saw: Saw): readonly Seen<Saw>[] =>
  observations.filter((each): each is Seen<Saw> => each.saw === saw);

const first = <Saw extends Observation['saw']>(observations: readonly Observation[], saw: Saw): Seen<Saw> | undefined =>
  all(observations, saw)[0];

/** Digits go where the voice goes: whoever is shown the page that was keyed for this call is on the phone. */
const pageOfAnother = (observations: readonly Observation[], page: string | undefined): string | undefined =>
  all(observations, 'page').some(({ url }) => url !== page)
    ? 'the customer was shown a page keyed for another'
    : undefined;

/** So does hanging up: a window that is over with nobody of this call having ended it was on the phone with somebody else. */
const endedByNobody = (observations: readonly Observation[]): string | undefined => {
  const over = first(observations, 'window-over');
  if (over?.state !== 'ended' || over.cause !== 'normal-clearing') return undefined;
  const ends = [...all(observations, 'customer-hangs-up'), ...all(observations, 'agent-clears')];
  return ends.some(({ at }) => at <= over.at) ? undefined : 'the call ended, and nobody of it had hung up';
};

const leftForNoReason = (observations: readonly Observation[]): string | undefined => {
  const customerGone = [...all(observations, 'customer-hangs-up'), ...brokenOff(observations)];
  const isExplained = ({ agent, at }: Seen<'agent-left'>): boolean =>
    customerGone.some((end) => end.at <= at) ||
    all(observations, 'agent-clears').some((clear) => clear.agent === agent && clear.at <= at) ||
    all(observations, 'agent-hands-on').some((handing) => handing.agent === agent && handing.at <= at);
  const talked = new Set(all(observations, 'talk').map(({ agent }) => agent));
  return all(observations, 'agent-left').every((left) => !talked.has(left.agent) || isExplained(left))
    ? undefined
    : 'an agent was cut off, and nobody of the call had hung up';
};

/** The call broke: the far end saw it end, too. */
const brokenOff = (observations: readonly Observation[]): readonly Observation[] =>
  all(observations, 'window-over').filter(({ cause }) => cause !== 'normal-clearing');

const isWrong = ({ observations, page }: JudgeCall): string | undefined =>
  pageOfAnother(observations, page) ?? endedByNobody(observations) ?? leftForNoReason(observations);

const isLost = (observations: readonly Observation[]): string | undefined => {
  if (first(observations, 'ring-without-pop')) return 'a phone rang without a pop';
  const over = first(observations, 'window-over');
  if (!over) return 'never over';
  if (over.state === 'ended' && over.cause !== 'normal-clearing') return `broken off: ${over.cause}`;
  const popped = new Set(all(observations, 'pop').map(({ agent }) => agent));
  if (all(observations, 'talk').some(({ agent }) => !popped.has(agent))) return 'answered without a pop';
  if (popped.size === 0 && !first(observations, 'customer-hangs-up')) return 'no pop';
  const left = all(observations, 'agent-left').length;
  return left < popped.size ? 'an agent never left it' : undefined;
};

/** Judges a call from what both ends saw. What correlation believes plays no part in it. */
export const judgeCall = (call: JudgeCall): Verdict => {
  const { observations, isRobot } = call;
  const refusal = first(observations, 'click-refused');
  if (refusal) return { is: 'refused', why: refusal.code };
  if (all(observations, 'answered').some(({ agentName }) => !isRobot(agentName))) return { is: 'elsewhere' };
  const wrong = isWrong(call);
  if (wrong !== undefined) return { is: 'wrong', why: wrong };
  const over = first(observations, 'window-over');
  if (over?.state === 'failed') return { is: 'failed', why: over.cause };
  const lost = isLost(observations);
  if (lost !== undefined) return { is: 'lost', why: lost };
  return { is: first(observations, 'pop') ? 'popped' : 'abandoned' };
};
