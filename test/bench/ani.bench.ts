import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { askOverHttp } from './ani/ask-over-http.js';
import { foldLeases } from './ani/fold-leases.js';
import { aniOf, portsPerGateway } from './ani/leased-calls.js';
import { writeLeases } from './ani/write-log.js';
import { busyMerchant } from './pop/opening-data.js';
import { startProduct } from './pop/product-under-load.js';
import type { Benchmark } from './run.js';

const leases = 100_000;

const rounded = (value: number): number => Number(value.toPrecision(4));

/** The busy merchant with as many lines as there are leases, in gateways of ten thousand. */
const openingData = () => {
  const data = busyMerchant(1);
  const [pattern] = data.gateways;
  if (!pattern) throw new RangeError('a merchant with a gateway is needed');
  return {
    ...data,
    gateways: Array.from({ length: leases / portsPerGateway }, (_none, index) => ({
      ...pattern,
      id: `gateway-${index + 1}`,
      pilotNumber: `+29759${String(index).padStart(5, '0')}`,
      firstAni: aniOf(index * portsPerGateway),
      ports: portsPerGateway,
    })),
  };
};

/** What it costs to know, of a hundred thousand calls at once, which click each comes from. */
export const run: Benchmark = async ({ log, args }) => {
  const seconds = args.includes('--short') ? 2 : 10;
  const folded = foldLeases(leases);
  log(`${leases} leases are folded: ${Math.round(folded.bytesPerLease)} bytes each`);

  await mkdir('data', { recursive: true });
  const folder = await mkdtemp(join('data', 'bench-ani-'));
  try {
    // Once to open the merchant, once more with the leases in its log.
    const settings = { folder, openingData: openingData() };
    await (await startProduct(settings)).stop();
    await writeLeases(join(folder, 'data', 'events.db'), leases);
    const began = performance.now();
    const product = await startProduct(settings);
    const startSeconds = (performance.now() - began) / 1000;
    log(`the product knows of them after ${startSeconds.toFixed(1)} s`);
    const where = { url: product.url, apiKey: product.apiKey, leases, seconds };
    const asked = await askOverHttp({ ...where, by: 'ani' });
    const askedByCustomer = await askOverHttp({ ...where, by: 'customer' });
    await product.stop();
    const wrong = folded.wrong + asked.wrong + askedByCustomer.wrong;
    if (wrong > 0) {
      log(`${wrong} look-ups found nobody, or somebody else`);
      process.exitCode = 1;
    }
    return {
      leases,
      bytesPerLease: rounded(folded.bytesPerLease),
      foldedPerSecond: rounded(folded.foldedPerSecond),
      lookUpsPerSecondInProcess: rounded(folded.lookUpsPerSecond),
      lookUpsPerSecondHttp: rounded(asked.perSecond),
      lookUpsPerSecondHttpByCustomer: rounded(askedByCustomer.perSecond),
      httpP50Ms: rounded(asked.p50Ms),
      httpP99Ms: rounded(asked.p99Ms),
      wrong,
      startSeconds: rounded(startSeconds),
      machineLoad: rounded(loadavg()[0] ?? NaN),
    };
  } finally {
    await rm(folder, { recursive: true });
  }
};
