import type { ReactNode } from 'react';
import { Icon } from './icon.js';
import type { IconName } from './icon.names.js';
import { Lamp } from './lamp.js';
import type { Tone } from './tone.js';
import './badge.css';

/** A word or two about a thing, with a shape that says the same. */
export const Badge = ({ tone, icon, children }: Readonly<{ tone: Tone; icon?: IconName; children: ReactNode }>) => (
  <span className={`badge badge--${tone}`}>
    {icon && <Icon name={icon} size={14} />}
    {children}
  </span>
);

/** The state of a person, a line or a call: its lamp and its name. */
export const StateChip = ({ tone, children }: Readonly<{ tone: Tone; children: ReactNode }>) => (
  <span className={`badge badge--${tone}`}>
    <Lamp tone={tone} size={12} />
    {children}
  </span>
);
