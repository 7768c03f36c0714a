import { CreateReadModels1763600000000 } from './migrations/create-read-models.migration.js';

/** In the order in which they are run; none is changed once released. */
export const migrations = [CreateReadModels1763600000000] as const;
