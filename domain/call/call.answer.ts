import { ignore, reject, type Decision } from '../kernel/decider.js';
import type { CallCommand, CallRejection } from './call.commands.js';
import type { CallEvent } from './call.events.js';

export type Ask<Type extends CallCommand['type']> = Extract<CallCommand, { type: Type }>;
export type EventOf<Type extends CallEvent['type']> = Extract<CallEvent, { type: Type }>;
export type EventData<Type extends CallEvent['type']> = EventOf<Type>['data'];
export type Answer = Decision<CallEvent, CallRejection>;

/** Nobody can act on it: who asked is told so; who only reported cannot help it. */
export const outOfPlace = ({ type }: CallCommand, reason: CallRejection): Answer =>
  type.startsWith('Report') ? ignore : reject(reason);
