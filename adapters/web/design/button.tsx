import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react';
import { Icon, type IconName } from './icon.js';
import { KeyHint } from './key-hint.js';
import './button.css';

type Own = Readonly<{
  children: ReactNode;
  /** `go` and `stop` act on a call; `primary` is the one thing to do next; `quiet` has no ground of its own. */
  tone?: 'plain' | 'primary' | 'go' | 'stop' | 'quiet';
  size?: 'small' | 'medium' | 'large';
  icon?: IconName;
  /** Key that does the same. */
  shortcut?: string;
  /** Asked for, not done yet: cannot be asked for again. */
  busy?: boolean;
  /** The words are for those who cannot see the icon. */
  iconOnly?: boolean;
  ref?: Ref<HTMLButtonElement>;
}>;

type Given = Own & Omit<ButtonHTMLAttributes<HTMLButtonElement>, keyof Own | 'style'>;

const iconSizes = { small: 14, medium: 16, large: 20 } as const;

export const Button = (given: Given) => {
  const { children, tone = 'plain', size = 'medium', icon, shortcut, busy = false, iconOnly = false, ...rest } = given;
  const { className = '', disabled = false, title, ...attributes } = rest;
  return (
    <button
      type="button"
      {...attributes}
      className={`button button--${tone} button--${size} ${iconOnly ? 'button--icon' : ''} ${className}`}
      disabled={disabled || busy}
      aria-busy={busy}
      aria-keyshortcuts={shortcut}
      title={iconOnly && typeof children === 'string' ? children : title}
    >
      {icon && <Icon name={icon} size={iconSizes[size]} />}
      <span className={iconOnly ? 'visually-hidden' : 'button-words'}>{children}</span>
      {shortcut !== undefined && !iconOnly && <KeyHint keys={shortcut} />}
    </button>
  );
};
