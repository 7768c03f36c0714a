import type { Settings } from '#config/settings.js';
import type { Trunkline } from '../compose.js';
import { logPlace } from './log-place.js';

/** What the terminal shows once everything is up: where to look, and whom to be. */
export const greeting = ({ url, demo }: Trunkline, settings: Settings): string => {
  const log = logPlace(settings);
  const lines = ['', '  Trunkline is ready.', ''];
  if (!demo) return [...lines, `  Pages and API   ${url}`, `  Event log       ${log}`, ''].join('\n');
  const width = Math.max(...demo.access.logIns.map(({ login }) => login.length)) + 2;
  return [
    ...lines,
    `  1  Agent desktop   ${url}/agent`,
    '     Sign in as one of these, log on, and go ready:',
    ...demo.access.logIns.map(
      ({ login, password, displayName, roles }) =>
        `       ${login.padEnd(width)}${password}   ${displayName} (${roles.join(', ')})`,
    ),
    '',
    `  2  Demo shop       ${demo.shopUrl}`,
    '     Browse two pages, fill half a form, click “Talk to us”. The pop is on the agent’s screen before the answer.',
    '',
    `  3  Journeys        ${url}/journeys`,
    '',
    `  API                ${url}/openapi.json   key for ${demo.access.merchant}: ${demo.access.apiKey}`,
    `  Event log          ${log}`,
    '',
  ].join('\n');
};
