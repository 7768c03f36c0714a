/** @throws {Error} when the page lacks it: index.html and its scripts belong together */
export const typed = <Kind extends HTMLElement>(kind: new () => Kind, id: string): Kind => {
  const element = document.getElementById(id);
  if (!(element instanceof kind)) throw new Error(`no ${id}`);
  return element;
};

/** @throws {Error} as above */
export const byId = (id: string): HTMLElement => typed(HTMLElement, id);

/** Only what has changed, so that a live region does not say the same again. */
export const write = (element: HTMLElement, text: string): void => {
  if (element.textContent !== text) element.textContent = text;
};

export const onClick = (id: string, act: () => void): HTMLElement => {
  const element = byId(id);
  element.addEventListener('click', act);
  return element;
};

/** Text becomes text, whatever it holds. */
export const make = <Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  className: string,
  ...children: (string | Node)[]
): HTMLElementTagNameMap[Tag] => {
  const element = document.createElement(tag);
  element.className = className;
  element.append(...children);
  return element;
};
