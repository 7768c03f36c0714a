import type { ReadModel } from '#domain/contracts/read-models.js';
import { callJourney } from './call-journey/call-journey.read-model.js';
import { callRecords } from './call-records/call-records.read-model.js';
import { contactAgents } from './contact-agents/contact-agents.read-model.js';

/** Everything that people query and that grows with the log. */
export const readModels = [callJourney, callRecords, contactAgents] as const satisfies readonly ReadModel[];
