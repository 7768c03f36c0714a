import { useId, useLayoutEffect, useRef, useState, type KeyboardEvent, type ReactNode, type Ref } from 'react';
import { Button } from './button.js';
import { Icon } from './icon.js';
import type { IconName } from './icon.names.js';
import { place, type Place } from './menu-place.js';
import './menu.css';

export type MenuItem = Readonly<{
  key: string;
  label: ReactNode;
  /** In front of the label: a lamp, an icon. */
  before?: ReactNode;
  /** Behind it: the state of the one who is picked. */
  after?: ReactNode;
  disabled?: boolean;
  /** Of another kind than those above it. */
  apart?: boolean;
  /** Of a choice among several: whether it is the present one. */
  chosen?: boolean;
  onChoose: () => void;
}>;

type Given = Readonly<{
  /** What the button says. */
  label: string;
  title?: string;
  items: readonly MenuItem[];
  icon?: IconName;
  tone?: 'plain' | 'primary' | 'quiet';
  size?: 'small' | 'medium' | 'large';
  iconOnly?: boolean;
  disabled?: boolean;
  busy?: boolean;
  shortcut?: string;
  /** Shown in place of the items: nothing to pick, or still being fetched. */
  empty?: ReactNode;
  onToggle?: (open: boolean) => void;
  buttonRef?: Ref<HTMLButtonElement>;
  className?: string;
}>;

const step = (items: readonly HTMLElement[], key: string): HTMLElement | undefined => {
  const at = items.findIndex((item) => item === document.activeElement);
  switch (key) {
    case 'ArrowDown':
      return items[(at + 1) % items.length];
    case 'ArrowUp':
      return items[(at <= 0 ? items.length : at) - 1];
    case 'Home':
      return items[0];
    case 'End':
      return items.at(-1);
    default:
      return undefined;
  }
};

/** The next item, in a circle, that begins with the letter that was typed. */
const named = (items: readonly HTMLElement[], letter: string): HTMLElement | undefined => {
  const at = items.findIndex((item) => item === document.activeElement) + 1;
  const begins = (item: HTMLElement): boolean =>
    item.innerText.trim().toLocaleLowerCase().startsWith(letter.toLocaleLowerCase());
  return [...items.slice(at), ...items.slice(0, at)].find(begins);
};

const choicesIn = (list: HTMLElement | null): readonly HTMLElement[] => [
  ...(list?.querySelectorAll<HTMLElement>('[role^=menuitem]:not([aria-disabled=true])') ?? []),
];

const Item = ({ item, close }: Readonly<{ item: MenuItem; close: () => void }>) => (
  <button
    type="button"
    role={item.chosen === undefined ? 'menuitem' : 'menuitemradio'}
    aria-checked={item.chosen}
    aria-disabled={item.disabled === true}
    tabIndex={-1}
    className={item.apart === true ? 'menu-item menu-item--apart' : 'menu-item'}
    onClick={() => {
      if (item.disabled === true) return;
      close();
      item.onChoose();
    }}
  >
    {item.before}
    <span className="menu-item-label">{item.label}</span>
    {item.after !== undefined && <span className="menu-item-after">{item.after}</span>}
    {item.chosen === true && <Icon name="check" size={14} />}
  </button>
);

/** A button that opens a list to pick from. Arrows move, Escape leaves; in the top layer, so that nothing cuts it off. */
export const Menu = ({ label, title, items, empty, onToggle, className, iconOnly = false, ...button }: Given) => {
  const { buttonRef, ...looks } = button;
  const id = useId();
  const anchor = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState(false);
  const [where, setWhere] = useState<Place>({});
  const close = (): void => list.current?.hidePopover();
  const many = items.length;

  useLayoutEffect(() => {
    if (!open || !anchor.current || !list.current) return;
    setWhere(place(anchor.current.getBoundingClientRect(), list.current.getBoundingClientRect()));
    const inside = list.current !== document.activeElement && list.current.contains(document.activeElement);
    if (!inside) (choicesIn(list.current)[0] ?? list.current).focus();
  }, [open, many]);

  const onKeyDown = (event: KeyboardEvent): void => {
    const choices = choicesIn(list.current);
    const letter = event.key.length === 1 && event.key !== ' ';
    const next = letter ? named(choices, event.key) : step(choices, event.key);
    if (event.key === 'Tab') close();
    if (!next) return;
    event.preventDefault();
    event.stopPropagation();
    next.focus();
  };

  return (
    <div className={`menu ${className ?? ''}`} ref={anchor}>
      <Button
        {...looks}
        {...(buttonRef ? { ref: buttonRef } : {})}
        iconOnly={iconOnly}
        title={title}
        aria-haspopup="menu"
        aria-expanded={open}
        popoverTarget={id}
      >
        {label}
      </Button>
      <div
        id={id}
        ref={list}
        popover="auto"
        role="menu"
        tabIndex={-1}
        aria-label={title ?? label}
        className="menu-list"
        style={where}
        onKeyDown={onKeyDown}
        onToggle={(event) => {
          setOpen(event.newState === 'open');
          onToggle?.(event.newState === 'open');
        }}
      >
        {open && items.length === 0 ? <div className="menu-empty">{empty}</div> : null}
        {open && items.map(({ key, ...item }) => <Item key={key} item={{ key, ...item }} close={close} />)}
      </div>
    </div>
  );
};
