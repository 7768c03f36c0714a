import type { IconReference } from '#domain/contracts/customer-desk.js';

const parts = ['token', 'merchant', 'link', 'session', 'customer'] satisfies (keyof IconReference)[];
const pressable = 'a[href],button,input';

export type Icon = Element & HTMLOrSVGElement;

/** What stands on the icon; what does not, but stands on the script, holds for all icons of the page. */
export const referenceOf = (icon: Icon, script: HTMLElement): IconReference =>
  JSON.parse(JSON.stringify(Object.assign({}, script.dataset, icon.dataset), parts)) as IconReference;

/** Any clickable object may be an icon: one that no keyboard would reach becomes a button. */
const makeReachable = (): void => {
  for (const icon of document.querySelectorAll<HTMLElement>(`[data-trunkline]:not(${pressable},[tabindex])`)) {
    icon.tabIndex = 0;
    icon.role = 'button';
  }
};

const isIcon = (node: Partial<Icon>): node is Icon => node.dataset?.['trunkline'] !== undefined;

/** Hears clicks on every icon that is there or comes later, drawn inside another element or in a shadow tree. */
export const onPress = (pressed: (icon: Icon) => void): void => {
  const press = (event: Event): void => {
    const icon = event.composedPath().find(isIcon);
    if (!icon) return;
    event.preventDefault();
    pressed(icon);
  };
  // First of all: a shop's own listener may stop the click, or carry it elsewhere.
  addEventListener('click', press, true);
  addEventListener('keydown', (event) => {
    // The last moment before the keyboard moves on: icons that came later are reached too.
    if (event.key === 'Tab') makeReachable();
    if (/^(Enter| )$/.test(event.key) && !(event.target as Element).matches(pressable)) press(event);
  });
  makeReachable();
};
