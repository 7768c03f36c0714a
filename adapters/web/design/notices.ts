import type { Tone } from './tone.js';

/** Something that has just happened, said once: seen as a toast, heard by a screen reader. */
export type Notice = Readonly<{
  id: number;
  tone: Extract<Tone, 'failed' | 'talking' | 'accent' | 'held'>;
  title: string;
  detail?: string | undefined;
}>;

const shownFor = { failed: 12_000, held: 8_000, talking: 4_000, accent: 5_000 } as const;
const most = 4;

let notices: readonly Notice[] = [];
let nextId = 1;
const listeners = new Set<() => void>();

const become = (changed: readonly Notice[]): void => {
  notices = changed;
  for (const listener of listeners) listener();
};

export const dismiss = (id: number): void => {
  become(notices.filter((notice) => notice.id !== id));
};

/** The same said twice stays one notice, shown anew. */
export const notify = (notice: Omit<Notice, 'id'>): void => {
  const id = nextId++;
  const others = notices.filter(({ title, detail }) => title !== notice.title || detail !== notice.detail);
  become([...others.slice(1 - most), { ...notice, id }]);
  window.setTimeout(() => {
    dismiss(id);
  }, shownFor[notice.tone]);
};

export const noticesStore = {
  subscribe: (listener: () => void): (() => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  current: (): readonly Notice[] => notices,
};
