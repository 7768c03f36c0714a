import type { ChangedEventType, EventOf } from '../events.js';
import { mediaSettingChangedV1 } from './media-setting-changed.upcasters.js';
import type { Upcaster } from './upcaster.js';

/** From version 1 to 2, from 2 to 3, and so on; the last step leads to the event as it is today. */
type Steps<Type extends ChangedEventType> = readonly [...Upcaster<never>[], Upcaster<never, EventOf<Type>['data']>];

/** Of every event that has changed since it was first recorded. */
const steps: { readonly [Type in ChangedEventType]: Steps<Type> } = {
  MediaSettingChanged: [mediaSettingChangedV1],
};

/** The steps by which data that was recorded under version 1 becomes what it is today; none: nothing has changed. */
export const upcastersOf = (type: string): readonly Upcaster[] =>
  Object.hasOwn(steps, type)
    ? (steps[type as ChangedEventType] as readonly Upcaster<never>[] as readonly Upcaster[])
    : [];

/** Data of an event as it would be recorded today. `from`: the version that it was recorded under, 1 or more. */
export const upcast = (type: string, data: object, from: number): object =>
  upcastersOf(type)
    .slice(from - 1)
    .reduce((older, step) => step(older), data);
