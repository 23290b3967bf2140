import { type KeyboardEvent, type ReactNode, type Ref, useEffect, useId, useState } from 'react';

import { Icon } from './Icon';

export type Option = { key: string; content: ReactNode; choose: () => void };

type Props = {
  label: string;
  placeholder: string;
  text: string;
  onText: (text: string) => void;
  /** What can be chosen; none while there is nothing to choose from. */
  options: readonly Option[];
  /** Said to screen readers when the options change. */
  said: string;
  /** A line above the options, such as what went wrong. */
  note?: ReactNode;
  /** What Enter does while there are no options yet. */
  onEnter?: () => void;
  input?: Ref<HTMLInputElement>;
  hint?: ReactNode;
};

/** A text with things to choose from: arrows go through them, Enter takes one, Escape leaves. */
export function Combobox({ label, placeholder, text, onText, options, said, note, onEnter, input, hint }: Props) {
  const [isOpen, setOpen] = useState(false);
  const [active, setActive] = useState(0);
  const id = useId();
  const isShown = isOpen && (options.length > 0 || Boolean(note));

  const leave = () => {
    setOpen(false);
    onText('');
    (document.activeElement as HTMLElement | null)?.blur();
  };
  const take = (choose: (() => void) | undefined) => {
    if (!choose) return;
    choose();
    leave();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') leave();
    if (event.key === 'Enter' && text.trim()) take(options[active]?.choose ?? onEnter);
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    event.preventDefault();
    setOpen(true);
    if (options.length) setActive((active + (event.key === 'ArrowDown' ? 1 : options.length - 1)) % options.length);
  };

  return (
    <div className="search" onBlur={(event) => {
      if (!event.currentTarget.contains(event.relatedTarget)) setOpen(false);
    }}>
      <label className="search-field">
        <Icon name="search" />
        <input ref={input} type="search" role="combobox" value={text} placeholder={placeholder} aria-label={label}
          aria-expanded={isShown} aria-controls={`${id}-list`} aria-autocomplete="list" autoComplete="off"
          {...(isShown && options.length > 0 && { 'aria-activedescendant': `${id}-${active}` })}
          onFocus={() => setOpen(true)} onKeyDown={onKeyDown}
          onChange={(event) => {
            onText(event.target.value);
            setActive(0);
            setOpen(true);
          }} />
        {hint}
      </label>
      <div className="hidden" role="status">{isShown && said}</div>
      <div className="search-list" hidden={!isShown}>
        {note && <p className="search-note">{note}</p>}
        <div id={`${id}-list`} role="listbox" aria-label="Found">
          {options.map((option, at) => (
            <div key={option.key} id={`${id}-${at}`} role="option" aria-selected={at === active}
              onMouseMove={() => setActive(at)} onMouseDown={(event) => event.preventDefault()}
              onClick={() => take(option.choose)}>
              {option.content}
            </div>
          ))}
        </div>
      </div>
    </div>
  );
}

/** A text once the typing pauses; at once where there is none. */
export function usePaused(value: string, ms: number): string {
  const [paused, setPaused] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setPaused(value), value ? ms : 0);
    return () => clearTimeout(timer);
  }, [value, ms]);
  return value && paused;
}
