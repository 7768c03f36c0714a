/** Who is there with how many sockets. */
export type Presence<Id> = Readonly<{
  /** True for the first. */
  enter: (id: Id) => boolean;
  /** True for the last. */
  leave: (id: Id) => boolean;
}>;

export const presence = <Id>(): Presence<Id> => {
  const sockets = new Map<Id, number>();
  return {
    enter: (id) => {
      const before = sockets.get(id) ?? 0;
      sockets.set(id, before + 1);
      return before === 0;
    },
    leave: (id) => {
      const left = (sockets.get(id) ?? 0) - 1;
      if (left > 0) sockets.set(id, left);
      else sockets.delete(id);
      return left === 0;
    },
  };
};
