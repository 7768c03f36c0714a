import { writeFile } from 'node:fs/promises';
import { Session } from 'node:inspector/promises';

/** Profiles this process from now on; the answer ends it and writes the profile, as Chromium's tools read it. */
export const profileCpu = async (file: string): Promise<() => Promise<void>> => {
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.start');
  return async () => {
    const { profile } = await session.post('Profiler.stop');
    session.disconnect();
    await writeFile(file, JSON.stringify(profile));
  };
};
