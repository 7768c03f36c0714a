import type { FromPage } from '#adapters/web/shared/page-messages.js';
import type { ContactId, IconSessionId } from '#domain/kernel/ids.js';
import { instant } from '#domain/kernel/time.js';
import type { CallWindow } from '#domain/views/call-window.js';

export const windowOf = (changes: Partial<CallWindow> = {}): CallWindow => ({
  sessionId: 'session-acme.1' as IconSessionId,
  contactId: 'contact-acme.1' as ContactId,
  merchantName: 'Palm & Pier',
  iconLabel: 'Shoes',
  state: 'requested',
  since: instant(0),
  capture: { cookies: [], formFields: [] },
  volumePercent: 100,
  echoCancellation: true,
  messages: [],
  ...changes,
});

export const hereOf = (changes: Partial<FromPage> = {}): FromPage => ({
  trunkline: 'here',
  click: undefined,
  pages: [
    { url: 'https://shop.example/', title: 'Home', at: instant(1) },
    { url: 'https://shop.example/shoes', title: 'Shoes', at: instant(2) },
  ],
  forms: { returns: { name: 'Joan', reason: 'Too small' } },
  cookies: { cart: 'shoes-42', visits: '7' },
  typing: false,
  push: undefined,
  ...changes,
});
