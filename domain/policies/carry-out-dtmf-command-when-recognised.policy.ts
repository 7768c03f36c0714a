import type { CallId } from '../kernel/ids.js';
import { policy } from '../kernel/policy.js';

/** The merchant's own server decides what the digits mean; they join whatever its address asks already. */
const withDigits = (address: string, code: string): string => {
  const [page = '', ...fragment] = address.split('#');
  const asked = `${page}${page.includes('?') ? '&' : '?'}digits=${encodeURIComponent(code)}`;
  return [asked, ...fragment].join('#');
};

/** What the agent keyed reaches the customer's browser: a page of the merchant's, or a setting of the media. */
export const carryOutDtmfCommandWhenRecognised = policy({
  name: 'carry-out-dtmf-command-when-recognised',
  on: ['DtmfCommandRecognised'],
  decide: ({ stream, id, data: { action, code, label } }, { calls }) => {
    const call = calls.call(stream as CallId);
    if (call?.sessionId === undefined) return [];
    const base = { target: call.sessionId } as const;
    const by = 'agent';
    switch (action.kind) {
      case 'page':
        return [{ ...base, type: 'PushPage', data: { pushId: id, url: action.origin + action.path, label, by, code } }];
      case 'hand-to-merchant': {
        const url = withDigits(action.origin + action.path, code);
        return [{ ...base, type: 'PushPage', data: { pushId: id, url, label, by, code } }];
      }
      case 'media':
        return action.setting === 'volume'
          ? [
              {
                ...base,
                type: 'ChangeMediaSetting',
                data: { setting: 'volume', changePercent: action.changePercent, by },
              },
            ]
          : [{ ...base, type: 'ChangeMediaSetting', data: { setting: 'echo-cancellation', on: action.on, by } }];
    }
  },
});
