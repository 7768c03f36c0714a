const secondsBetweenLines = 1;

/** 1,234,567 */
export const whole = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 });

type Now = () => number;
const milliseconds: Now = () => performance.now();

/** @param start as `performance.now()` told it; the answer may be divided by */
export const secondsSince = (start: number, now = milliseconds): number => Math.max(0.001, (now() - start) / 1000);

/** Says how far a long piece of work has come, once in a while. */
export const progressOn = (
  what: string,
  say: (line: string) => void,
  now = milliseconds,
): ((done: number, of: number) => void) => {
  const start = now();
  let next = secondsBetweenLines;
  return (done, of) => {
    const seconds = secondsSince(start, now);
    if (seconds < next) return;
    next = seconds + secondsBetweenLines;
    say(`  ${whole.format(done)} of ${whole.format(of)} ${what}, ${whole.format(done / seconds)}/s`);
  };
};
