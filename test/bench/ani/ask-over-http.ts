import { Agent, get } from 'node:http';
import { aniOf, customerOf, merchant } from './leased-calls.js';

export type Asked = Readonly<{ perSecond: number; p50Ms: number; p99Ms: number; wrong: number }>;

type Where = Readonly<{ url: string; apiKey: string; leases: number; seconds: number; by: 'ani' | 'customer' }>;
type Answer = Readonly<{ sessions?: readonly Readonly<{ customer?: Readonly<{ ref: string }> }>[] }>;

/** As many as a merchant's server might have under way. */
const connections = 16;

/** Asks a running product which click calls come from, by number or by customer, as a merchant's server does. */
export const askOverHttp = async ({ url, apiKey, leases, seconds, by }: Where): Promise<Asked> => {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const headers = { authorization: `Bearer ${apiKey}` };
  const latencies: number[] = [];
  let wrong = 0;
  let nth = 0;

  const lookUp = (index: number): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const value = by === 'ani' ? aniOf(index) : customerOf(index);
      get(
        `${url}/v1/merchants/${merchant}/sessions?by=${by}&value=${encodeURIComponent(value)}`,
        { agent, headers },
        (response) => {
          let text = '';
          response.setEncoding('utf8').on('data', (chunk: string) => {
            text += chunk;
          });
          response.on('end', () => {
            resolve(JSON.parse(text) as Answer);
          });
        },
      ).on('error', reject);
    });

  const ask = async (until: number): Promise<void> => {
    while (performance.now() < until) {
      nth += 1;
      const index = (nth * 7_919) % leases;
      const began = performance.now();
      const { sessions = [] } = await lookUp(index);
      latencies.push(performance.now() - began);
      if (sessions[0]?.customer?.ref !== customerOf(index)) wrong += 1;
    }
  };

  const began = performance.now();
  await Promise.all(Array.from({ length: connections }, () => ask(began + seconds * 1000)));
  const took = (performance.now() - began) / 1000;
  agent.destroy();
  latencies.sort((one, other) => one - other);
  const quantile = (share: number): number => latencies[Math.floor(latencies.length * share)] ?? NaN;
  return { perSecond: latencies.length / took, p50Ms: quantile(0.5), p99Ms: quantile(0.99), wrong };
};
