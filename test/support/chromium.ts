import { accessSync, constants } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

const usualPlaces = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/google-chrome',
  '/snap/bin/chromium',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
] as const;

const canRun = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

const howToGetIt = `
  Debian, Ubuntu: sudo apt-get install chromium
  Fedora:         sudo dnf install chromium
  macOS:          brew install --cask chromium
  or point CHROMIUM at the browser that you have:
                  CHROMIUM=/path/to/chrome npm run test:browser`;

type Machine = Readonly<{ chosen: string | undefined; runs: (path: string) => boolean }>;

/** @throws {Error} when there is none: it says what is missing and how to get it */
export const findChromium = ({ chosen, runs }: Machine): string => {
  const places = chosen === undefined ? usualPlaces : [chosen];
  const found = places.find(runs);
  if (found !== undefined) return found;
  const sought = chosen === undefined ? 'in the usual places' : `at ${chosen}, where CHROMIUM points`;
  throw new Error(`The browser suite needs Chromium or Chrome, and there is none ${sought}.${howToGetIt}`);
};

const chromiumHere = (): string => findChromium({ chosen: process.env['CHROMIUM'], runs: canRun });

/** A fresh headless browser; the caller closes it. Root, as in a container, may not use Chromium's own sandbox. */
export const launchChromium = (): Promise<Browser> =>
  chromium.launch({ executablePath: chromiumHere(), chromiumSandbox: process.getuid?.() !== 0 });

/** Called by mocha before the browser suite: without a browser nothing of it can be shown. */
export const mochaGlobalSetup = (): void => {
  try {
    chromiumHere();
  } catch (missing) {
    process.stderr.write(`\n${missing instanceof Error ? missing.message : String(missing)}\n\n`);
    process.exit(1);
  }
};
