import type { z } from 'zod';
import type { EventOf, EventType } from '#domain/events.js';

export type DataOf<Type extends EventType> = EventOf<Type>['data'];

/** Of each event the schema of its data in every version there has been: version 1 first, the present one last. */
export type VersionsOf<Type extends EventType> = {
  readonly [Each in Type]: readonly [...older: z.ZodType<object>[], present: z.ZodType<DataOf<Each>>];
};
