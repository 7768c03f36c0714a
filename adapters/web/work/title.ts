import { useEffect } from 'react';

let ofPage = 'Trunkline';
let calling: string | undefined;
let beat: number | undefined;
let shown = false;

const calm = (): boolean => window.matchMedia('(prefers-reduced-motion: reduce)').matches;

const write = (): void => {
  document.title = calling !== undefined && (shown || calm()) ? calling : ofPage;
};

/** Names the tab as long as the page is shown. */
export const useTitle = (title: string): void => {
  useEffect(() => {
    ofPage = `${title} · Trunkline`;
    write();
  }, [title]);
};

/** The tab calls for attention by its name, or stops calling. */
export const callByTitle = (text: string | undefined): void => {
  calling = text;
  window.clearInterval(beat);
  shown = text !== undefined;
  if (text !== undefined) {
    beat = window.setInterval(() => {
      shown = !shown;
      write();
    }, 1000);
  }
  write();
};
