import type { AgentNamespace } from './agent-socket.js';

/** Sockets that are told in one turn of the event loop: about two milliseconds of it. */
const socketsPerTurn = 20;

/** Tells everybody in a room bit by bit: however many they are, who asks something meanwhile does not wait for all of them. */
export const tellCrowd = (
  namespace: AgentNamespace,
  room: string,
  tell: (to: ReturnType<AgentNamespace['to']>) => void,
): void => {
  const sockets = [...(namespace.adapter.rooms.get(room) ?? [])];
  const next = (): void => {
    const some = sockets.splice(0, socketsPerTurn);
    if (some.length > 0) tell(namespace.to(some));
    if (sockets.length > 0) setImmediate(next);
  };
  next();
};
