export type Place = Readonly<{ left?: number; top?: number; maxHeight?: number }>;
type Box = Readonly<{ left: number; right: number; top: number; bottom: number; width: number; height: number }>;

const gap = 6;
const margin = 8;

/** Below its button where there is room, else above; never out of the window. */
export const place = (anchor: Box, list: Box): Place => {
  const below = window.innerHeight - anchor.bottom - gap - margin;
  const above = anchor.top - gap - margin;
  const down = list.height <= below || below >= above;
  const maxHeight = Math.max(120, down ? below : above);
  const height = Math.min(list.height, maxHeight);
  const left = Math.max(margin, Math.min(anchor.left, window.innerWidth - list.width - margin));
  return { left, top: down ? anchor.bottom + gap : anchor.top - gap - height, maxHeight };
};
