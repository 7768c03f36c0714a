/** A screen as of a position in the log. */
export type Snapshot<Screen> = Readonly<{ position: number; screen: Screen }>;

type Send<Screen> = (to: string, snapshot: Snapshot<Screen>) => void;

/**
 * Screens that several sockets mirror, in rooms that never hear an older position after a newer one. What nobody watches
 * is not even encoded.
 */
export type OrderedRooms<Screen> = Readonly<{
  /** The socket is in the room: it gets the screen as it is, and so do the others, should theirs be older. */
  enter: (room: string, socketId: string, snapshot: Snapshot<Screen> | undefined) => void;
  push: (room: string, snapshot: Snapshot<Screen>) => void;
  /** Nobody is left in the room. */
  forget: (room: string) => void;
}>;

export const orderedRooms = <Screen>(send: Send<Screen>): OrderedRooms<Screen> => {
  const latest = new Map<string, number>();
  return {
    enter: (room, socketId, snapshot) => {
      const before = latest.get(room) ?? -1;
      latest.set(room, Math.max(before, snapshot?.position ?? -1));
      if (!snapshot) return;
      send(before >= 0 && snapshot.position > before ? room : socketId, snapshot);
    },
    push: (room, snapshot) => {
      const before = latest.get(room);
      if (before === undefined || snapshot.position <= before) return;
      latest.set(room, snapshot.position);
      send(room, snapshot);
    },
    forget: (room) => {
      latest.delete(room);
    },
  };
};
