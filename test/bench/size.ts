import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

/** Bytes as they are served, before any compression; what a customer's browser fetches must stay this small. */
const limits = { appletBytes: 3000, callWindowBytes: 60_000 } as const;

type Figures = Readonly<Record<keyof typeof limits | 'appletGzipBytes' | 'callWindowGzipBytes', number>>;

/** @throws {Error} when the pages have not been built */
const filesUnder = (path: string): readonly Buffer[] =>
  readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => readFileSync(join(parentPath, name)));

const bytesOf = (files: readonly Buffer[]): number => files.reduce((sum, { length }) => sum + length, 0);

/** The delivery applet, and all there is of the call window: scripts, styles and page. */
const figuresOf = (webDirectory: string): Figures => {
  const applet = [readFileSync(join(webDirectory, 'icon.js'))];
  const callWindow = filesUnder(join(webDirectory, 'call'));
  return {
    appletBytes: bytesOf(applet),
    callWindowBytes: bytesOf(callWindow),
    appletGzipBytes: bytesOf(applet.map((file) => gzipSync(file))),
    callWindowGzipBytes: bytesOf(callWindow.map((file) => gzipSync(file))),
  };
};

/** `node dist/test/bench/size.js [--json]`: with --json the figures are one JSON object on the last line. */
const main = (): void => {
  const figures = figuresOf(join(process.cwd(), 'dist/web'));
  for (const [name, limit] of Object.entries(limits)) {
    const bytes = figures[name as keyof typeof limits];
    if (bytes <= limit) continue;
    console.error(`${name}: ${bytes} bytes, and ${limit} is the most there may be`);
    process.exitCode = 1;
  }
  if (process.argv.includes('--json')) console.log(JSON.stringify(figures));
  else console.table(figures);
};

main();
