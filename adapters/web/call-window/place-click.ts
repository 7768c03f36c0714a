import type { ClickRequest } from '#domain/contracts/customer-desk.js';
import type { Milliseconds } from '#domain/kernel/time.js';

export type ClickAnswer =
  | Readonly<{ outcome: 'accepted'; token: string; ahead: Milliseconds }>
  | Readonly<{ outcome: 'refused'; code: string }>
  | Readonly<{ outcome: 'unreachable' }>;

/** Below this the difference of two clocks is the road's. */
const worthCorrecting = 2000;

const clockAhead = (date: string | null): Milliseconds => {
  const difference = Date.parse(date ?? '') + 500 - Date.now();
  return Math.abs(difference) > worthCorrecting ? difference : 0;
};

/** Tells the server of the click. Asking again with the same key is the same click, so a lost answer costs nothing. */
export const placeClick = async (click: ClickRequest): Promise<ClickAnswer> => {
  try {
    const response = await fetch('/v1/clicks', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(click),
    });
    const { token, code } = (await response.json()) as Readonly<{ token?: string; code?: string }>;
    return response.ok && token
      ? { outcome: 'accepted', token, ahead: clockAhead(response.headers.get('date')) }
      : { outcome: 'refused', code: code ?? '' };
  } catch {
    return { outcome: 'unreachable' };
  }
};
