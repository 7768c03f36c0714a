import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react';
import { Icon } from './icon.js';
import type { IconName } from './icon.names.js';
import { KeyHint } from './key-hint.js';
import './button.css';

type Own = Readonly<{
  children: ReactNode;
  /** `go` and `stop` act on a call; `primary` is the one thing to do next; `quiet` has no ground of its own. */
  tone?: 'plain' | 'primary' | 'go' | 'stop' | 'quiet';
  size?: 'small' | 'medium' | 'large';
  icon?: IconName;
  /** Key that does the same. */
  shortcut?: string | undefined;
  /** Asked for, not done yet: cannot be asked for again. */
  busy?: boolean;
  /** The words are for those who cannot see the icon. */
  iconOnly?: boolean;
  ref?: Ref<HTMLButtonElement>;
}>;

type Given = Own & Omit<ButtonHTMLAttributes<HTMLButtonElement>, keyof Own | 'style'>;

const iconSizes = { small: 14, medium: 16, large: 20 } as const;

const classOf = ({ tone = 'plain', size = 'medium', iconOnly = false, className = '' }: Given): string =>
  `button button--${tone} button--${size} ${iconOnly ? 'button--icon' : ''} ${className}`;

const Words = ({ children, iconOnly = false, shortcut }: Pick<Own, 'children' | 'iconOnly' | 'shortcut'>) => (
  <>
    <span className={iconOnly ? 'visually-hidden' : 'button-words'}>{children}</span>
    {shortcut !== undefined && !iconOnly && <KeyHint keys={shortcut} />}
  </>
);

export const Button = (given: Given) => {
  const { children, tone: _tone, size = 'medium', icon, shortcut, busy = false, iconOnly = false, ...rest } = given;
  const { disabled = false, title, ...attributes } = rest;
  return (
    <button
      type="button"
      {...attributes}
      className={classOf(given)}
      disabled={disabled || busy}
      aria-busy={busy}
      aria-keyshortcuts={shortcut}
      title={iconOnly && typeof children === 'string' ? children : title}
    >
      {icon && <Icon name={icon} size={iconSizes[size]} />}
      <Words iconOnly={iconOnly} shortcut={shortcut}>
        {children}
      </Words>
    </button>
  );
};
