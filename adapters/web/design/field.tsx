import { useId, type InputHTMLAttributes, type ReactNode, type Ref } from 'react';
import { Icon } from './icon.js';
import './field.css';

type Own = Readonly<{
  label: string;
  hint?: ReactNode;
  /** What is wrong with it, in words that say what to do. */
  error?: string | undefined;
  hideLabel?: boolean;
  ref?: Ref<HTMLInputElement>;
}>;

type Given = Own & Omit<InputHTMLAttributes<HTMLInputElement>, keyof Own | 'style' | 'id'>;

export const Field = ({ label, hint, error, hideLabel = false, className = '', ...input }: Given) => {
  const id = useId();
  const notes = [hint !== undefined && `${id}-hint`, error !== undefined && `${id}-error`].filter(Boolean).join(' ');
  return (
    <div className={`field ${className}`}>
      <label htmlFor={id} className={hideLabel ? 'visually-hidden' : 'field-label'}>
        {label}
      </label>
      <input
        {...input}
        id={id}
        className="field-input"
        aria-invalid={error !== undefined}
        aria-describedby={notes === '' ? undefined : notes}
      />
      {hint !== undefined && (
        <p id={`${id}-hint`} className="field-hint">
          {hint}
        </p>
      )}
      {error !== undefined && (
        <p id={`${id}-error`} className="field-error">
          <Icon name="warning" size={14} /> {error}
        </p>
      )}
    </div>
  );
};
