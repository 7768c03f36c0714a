import type { ReactNode } from 'react';
import type { Tone } from './tone.js';
import './lamp.css';

/** Each state has its own shape, so that a lamp is read without its colour. */
const shapes = {
  ready: <circle cx="10" cy="10" r="6" className="lamp-line" />,
  alerting: (
    <>
      <circle cx="10" cy="10" r="4" />
      <path d="M4.200 4.200a8.200 8.2 0 0 0 0 11.600M15.800 4.200a8.200 8.2 0 0 1 0 11.6" className="lamp-line" />
    </>
  ),
  talking: <circle cx="10" cy="10" r="7" />,
  held: <path d="M5.500 4h3v12h-3zM11.500 4h3v12h-3z" />,
  'wrap-up': (
    <>
      <circle cx="10" cy="10" r="6" className="lamp-line" />
      <path d="M10 4a6 6 0 0 1 0 12z" />
    </>
  ),
  unknown: <path d="M4 10h12" className="lamp-line" />,
  failed: <path d="M5 5l10 10M15 5L5 15" className="lamp-line" />,
  accent: <path d="M10 3l7 7-7 7-7-7z" />,
} satisfies Record<Tone, ReactNode>;

export const Lamp = ({ tone, size = 14 }: Readonly<{ tone: Tone; size?: number }>) => (
  <svg className={`lamp lamp--${tone}`} viewBox="0 0 20 20" width={size} height={size} aria-hidden="true">
    {shapes[tone]}
  </svg>
);
