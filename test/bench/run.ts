/** What a benchmark file exports as `run`. */
export type Benchmark = (
  options: Readonly<{
    json: boolean;
    log: (line: string) => void;
    /** What else stood on the command line, for those who measure in more than one way. */
    args: readonly string[];
  }>,
) => Promise<Record<string, number | string>>;

/** `coldStart` is in `cold-start.bench.ts`. */
const fileOf = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** `node dist/test/bench/run.js <name> [--json]`; with --json the figures are one JSON object on the last line. */
const main = async (): Promise<void> => {
  const [name = '', ...flags] = process.argv.slice(2);
  if (!/^[a-z][A-Za-z0-9-]*$/.test(name)) throw new Error('usage: bench <name> [--json]');
  const json = flags.includes('--json');
  const args = flags.filter((flag) => flag !== '--json');
  const { run } = (await import(`./${fileOf(name)}.bench.js`)) as { run: Benchmark };
  const figures = await run({
    json,
    args,
    log: (line) => {
      console.log(line);
    },
  });
  if (json) console.log(JSON.stringify(figures));
  else console.table(figures);
};

await main();
