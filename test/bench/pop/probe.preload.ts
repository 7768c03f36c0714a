import { profileCpu } from './cpu-profile.js';
import { processProbe, type ProbeRequest } from './server-probe.js';

/** Loaded before the product, which knows nothing of it: tells the benchmark how the process fares. */
const probe = processProbe();
let endProfile = async (): Promise<void> => undefined;

const answer = async ({ probe: what, profileInto }: ProbeRequest): Promise<void> => {
  if (what === 'begin') {
    if (profileInto !== undefined) endProfile = await profileCpu(profileInto);
    probe.begin();
    return;
  }
  const probed = probe.tell();
  await endProfile();
  process.send?.(probed);
};

process.on('message', (request: ProbeRequest) => void answer(request));
// The product ends when it is told to, not when the benchmark lets go.
process.channel?.unref();
