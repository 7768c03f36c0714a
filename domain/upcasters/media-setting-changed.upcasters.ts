import type { EventOf } from '../events.js';
import type { Upcaster } from './upcaster.js';

/** One number for both settings: per cent of volume; 1 for echo cancellation on, 0 for off. */
export type MediaSettingChangedV1 = Readonly<{
  setting: 'volume' | 'echo-cancellation';
  value: number;
  by: string;
}>;

export const mediaSettingChangedV1: Upcaster<MediaSettingChangedV1, EventOf<'MediaSettingChanged'>['data']> = ({
  setting,
  value,
  by,
}) => (setting === 'volume' ? { setting, percent: value, by } : { setting, on: value === 1, by });
