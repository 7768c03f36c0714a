import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { demoLogInsFile, type DemoAccess } from '../open-profile.js';

/** The demo's key, where the server keeps its data on this machine. */
export const keyOfDemo = async (data: string, merchant: string): Promise<string | undefined> => {
  try {
    const demo = JSON.parse(await readFile(join(data, demoLogInsFile), 'utf8')) as DemoAccess;
    return demo.merchant === merchant ? demo.apiKey : undefined;
  } catch {
    // No demo was ever opened there: the key must come from the command line.
    return undefined;
  }
};
