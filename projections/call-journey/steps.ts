/** One more position: how far it is from the one before, in base 36. A call of fifty events takes some hundred bytes. */
export const withStep = (steps: string, distance: number): string =>
  steps === '' ? distance.toString(36) : `${steps} ${distance.toString(36)}`;

/** The positions that the steps lead to, in order. */
export const positionsOf = (steps: string): readonly number[] => {
  let position = 0;
  return steps === '' ? [] : steps.split(' ').map((step) => (position += parseInt(step, 36)));
};
