import type { MerchantRejection } from './merchant.commands.js';
import type { DtmfAction, DtmfEntry } from './merchant.events.js';
import { isPathUnder } from './origin.js';

/** Begins unlike any channel code, so that the two never collide. One code may begin another: the recogniser waits. */
const dtmfCode = /^[*#][0-9*#]{1,7}$/;

/** Steps of volume in percent of what it is: −90 to +300. */
const isVolumeStep = (percent: number): boolean =>
  Number.isInteger(percent) && percent >= -90 && percent <= 300 && percent !== 0;

const refusalOfAction = (action: DtmfAction, origins: readonly string[]): MerchantRejection | undefined => {
  switch (action.kind) {
    case 'page':
    case 'hand-to-merchant':
      return origins.includes(action.origin) && isPathUnder(action.origin, action.path)
        ? undefined
        : 'page-outside-verified-origins';
    case 'media':
      return action.setting === 'echo-cancellation' || isVolumeStep(action.changePercent)
        ? undefined
        : 'bad-media-setting';
  }
};

const refusalOfEntry = ({ code, action }: DtmfEntry, origins: readonly string[]): MerchantRejection | undefined =>
  dtmfCode.test(code) ? refusalOfAction(action, origins) : 'bad-dtmf-code';

/** Why this cannot be the table of a merchant with these verified origins; undefined when it can. */
export const refusalOfTable = (
  entries: readonly DtmfEntry[],
  origins: readonly string[],
): MerchantRejection | undefined => {
  const broken = entries.map((entry) => refusalOfEntry(entry, origins)).find((refusal) => refusal !== undefined);
  if (broken) return broken;
  return new Set(entries.map(({ code }) => code)).size < entries.length ? 'duplicate-dtmf-code' : undefined;
};
