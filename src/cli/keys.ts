import { KeyFailure, type SubjectKeys } from '#domain/contracts/keys.js';
import type { Settings } from '#config/settings.js';

export type KeysTools = Readonly<{
  settings: Settings;
  openKeys: (settings: Settings) => Promise<Pick<SubjectKeys, 'rewrap' | 'close'>>;
  print: (line: string) => void;
  complain: (line: string) => void;
}>;

const rotate = async ({ settings, openKeys, print }: KeysTools): Promise<void> => {
  const keys = await openKeys(settings);
  try {
    const count = await keys.rewrap();
    print(`${count} keys are wrapped anew. Backups of keys.db from before still need the secret from before.`);
  } finally {
    await keys.close();
  }
};

/** What operators do with the keys of personal data while the product is stopped; answers the exit code. */
export const manageKeys = async (what: string | undefined, tools: KeysTools): Promise<number> => {
  if (what !== 'rotate') {
    tools.complain('What with the keys? trunkline keys rotate');
    return 2;
  }
  try {
    await rotate(tools);
    return 0;
  } catch (error) {
    if (!(error instanceof KeyFailure)) throw error;
    tools.complain(error.message);
    return 1;
  }
};
