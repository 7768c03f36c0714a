import type { ReactNode } from 'react';
import type { IconName } from './icon.names.js';
import './icon.css';

/** Strokes on a grid of 20. Drawn for this product; each means one thing everywhere. */
const drawings = {
  phone: (
    <path d="M5 3h3l1.5 4-2 1.4a9 9 0 0 0 4.1 4.1L13 10.5 17 12v3a2 2 0 0 1-2.2 2A13 13 0 0 1 3 5.2 2 2 0 0 1 5 3z" />
  ),
  'hang-up': <path d="M2.5 12.600c4.2-4.1 10.8-4.1 15 0l-1.7 2.3-3.3-1.200v-2.300a9 9 0 0 0-5 0v2.300l-3.3 1.200z" />,
  pause: <path d="M7 4.500v11M13 4.500v11" />,
  play: <path d="M6.5 4.500v11l9-5.500z" />,
  transfer: <path d="M3 7h12m-3.5-3.500L15 7l-3.5 3.500M17 13H8" />,
  people: (
    <>
      <circle cx="7.5" cy="7" r="2.7" />
      <path d="M2.5 16c.4-3 2.3-4.5 5-4.500s4.6 1.5 5 4.500M13 4.700a2.7 2.7 0 0 1 0 4.800M14.8 11.900c1.6.6 2.5 2 2.7 4.1" />
    </>
  ),
  person: (
    <>
      <circle cx="10" cy="6.5" r="3" />
      <path d="M4 17c.5-3.6 2.7-5.5 6-5.500s5.5 1.9 6 5.5" />
    </>
  ),
  keypad: (
    <path d="M5 4.500h.01M10 4.500h.01M15 4.500h.01M5 10h.01M10 10h.01M15 10h.01M5 15.500h.01M10 15.500h.01M15 15.500h.01" />
  ),
  note: <path d="M4 3.500h12v9l-4 4H4zM12 16.500v-4h4M7 7.500h6M7 10.500h3" />,
  chat: <path d="M3.5 4h13v9.500h-7L6 16.700v-3.200H3.500z" />,
  page: <path d="M3 4h14v12H3zM3 7.500h14M5.5 5.750h.01M8 5.750h.01" />,
  push: <path d="M3 4h14v6M3 4v12h7M3 7.500h14M13 16.500l4-.01m0 0v-4m0 4-4.5-4.5" />,
  form: <path d="M4 3.500h12v13H4zM7 7h6M7 10h6M7 13h3" />,
  data: <path d="M3.5 6h5M3.5 10h5M3.5 14h5M11.5 6h5M11.5 10h5M11.5 14h5" />,
  cookie: (
    <>
      <path d="M10 3a7 7 0 1 0 7 7 3 3 0 0 1-3.5-3.500A3 3 0 0 1 10 3z" />
      <path d="M7.5 9h.01M8.5 13h.01M12.5 12.500h.01" />
    </>
  ),
  check: <path d="M4 10.500l4 4 8-9" />,
  cross: <path d="M5 5l10 10M15 5L5 15" />,
  warning: <path d="M10 3.500L17.5 16.500h-15zM10 8.500v3.500M10 14.300h.01" />,
  nearly: <path d="M4 8c2-2.2 4-2.2 6 0s4 2.2 6 0M4 13c2-2.2 4-2.2 6 0s4 2.2 6 0" />,
  question: <path d="M7 7.300a3 3 0 1 1 4.4 2.700c-.9.5-1.4 1-1.4 2.200M10 15.300h.01" />,
  clock: (
    <>
      <circle cx="10" cy="10" r="6.8" />
      <path d="M10 6v4.200l2.7 1.7" />
    </>
  ),
  'chevron-down': <path d="M5 7.500l5 5 5-5" />,
  'chevron-right': <path d="M7.5 5l5 5-5 5" />,
  copy: <path d="M7 7h9.500v9.500H7zM13 7V3.500H3.500V13H7" />,
  link: (
    <path d="M8.5 11.500l3-3M9 6.500l2-2a3.18 3.18 0 0 1 4.5 4.500l-2 2M11 13.500l-2 2A3.18 3.18 0 0 1 4.5 11l2-2" />
  ),
  search: (
    <>
      <circle cx="8.8" cy="8.8" r="5.3" />
      <path d="M12.7 12.700L17 17" />
    </>
  ),
  sun: (
    <>
      <circle cx="10" cy="10" r="3.2" />
      <path d="M10 2.500v2M10 15.500v2M2.5 10h2M15.5 10h2M4.7 4.700l1.4 1.400M13.9 13.900l1.4 1.400M4.7 15.300l1.4-1.400M13.9 6.100l1.4-1.4" />
    </>
  ),
  moon: <path d="M16.5 11.800A7 7 0 0 1 8.2 3.500a7 7 0 1 0 8.3 8.300z" />,
  screen: <path d="M3 4h14v9.500H3zM7 17h6M10 13.500V17" />,
  bell: <path d="M5 13.500V9a5 5 0 0 1 10 0v4.500l1.5 1.500h-13zM8.5 17h3" />,
  volume: <path d="M3.5 8v4h3l4 3.5V4.5L6.5 8zM13.2 7.5a3.5 3.5 0 0 1 0 5M15.5 5.2a7 7 0 0 1 0 9.6" />,
  'bell-off': (
    <path d="M5 13.500V9a5 5 0 0 1 .7-2.500M8 4.400A5 5 0 0 1 15 9v3.500M13.5 15h-10L5 13.500M8.5 17h3M3 3l14 14" />
  ),
  keyboard: <path d="M2.5 5.500h15v9h-15zM5.5 8.500h.01M8.5 8.500h.01M11.5 8.500h.01M14.5 8.500h.01M6.5 11.750h7" />,
  refresh: <path d="M16 6.500A7 7 0 1 0 17 10M16.5 3v4h-4" />,
  'log-out': <path d="M11.5 3.500h-7v13h7M8.5 10H17m-3-3.200l3 3.2-3 3.2" />,
  headset: (
    <path d="M4 12V9.500a6 6 0 0 1 12 0V12M4 11h2.500v4.500H4zM13.5 11H16v4.500h-2.500zM16 15.500c0 1.5-1.5 2-3.5 2" />
  ),
  journey: (
    <>
      <circle cx="4.5" cy="5" r="1.8" />
      <circle cx="15.5" cy="15" r="1.8" />
      <path d="M6.3 5h6.200a2.5 2.5 0 0 1 0 5h-5a2.5 2.5 0 0 0 0 5h6.2" />
    </>
  ),
  lock: <path d="M4.5 9h11v7.500h-11zM7 9V6.500a3 3 0 0 1 6 0V9" />,
  cause: <path d="M5 3.500v6a3 3 0 0 0 3 3h8m-3-3l3 3-3 3" />,
  send: <path d="M3 10l14-6.500L13 17l-3.5-5.500zM9.5 11.500L17 3.5" />,
  offline: (
    <path d="M3 3l14 14M2.5 8a11 11 0 0 1 3-2M9 5a11 11 0 0 1 8.5 3M5.5 11.200a7 7 0 0 1 2.8-1.700M12.5 10a7 7 0 0 1 2 1.200M10 15.300h.01" />
  ),
} satisfies Record<IconName, ReactNode>;

/** Decoration: whoever uses it says in words what it stands for. */
export const Icon = ({ name, size = 16 }: Readonly<{ name: IconName; size?: number }>) => (
  <svg className="icon" viewBox="0 0 20 20" width={size} height={size} aria-hidden="true" focusable="false">
    {drawings[name]}
  </svg>
);
