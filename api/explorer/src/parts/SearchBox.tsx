import { search } from '#operations';
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';

import { href, navigate, pageOf } from '../app/router';
import { useQuery } from '../data/useQuery';
import { KINDS } from '../format/words';
import { Dot } from './Badges';
import { describe } from './hit';
import { Icon } from './Icon';

const PAUSE_MS = 120;

/** Search from everywhere: `/` goes to it, arrows choose, Enter opens. */
export function SearchBox() {
  const [text, setText] = useState('');
  const [isOpen, setOpen] = useState(false);
  const [active, setActive] = useState(0);
  const input = useRef<HTMLInputElement>(null);
  const id = useId();
  const asked = usePaused(text.trim(), PAUSE_MS);
  const { data, isLoading, problems } = useQuery(search, asked ? { text: asked } : null);
  useSlash(input);
  const hits = asked ? (data?.search.nodes ?? []) : [];
  const all = asked ? [...hits.map((hit) => href(pageOf(hit.node.id))), href('search', { q: asked })] : [];
  const isShown = isOpen && asked !== '';

  const leave = () => {
    setOpen(false);
    setText('');
    input.current?.blur();
  };
  const open = (at: number) => {
    const target = all[at] ?? (text.trim() ? href('search', { q: text.trim() }) : undefined);
    if (target) navigate(target);
    if (target) leave();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') leave();
    if (event.key === 'Enter') open(active);
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    event.preventDefault();
    setOpen(true);
    if (all.length) setActive((active + (event.key === 'ArrowDown' ? 1 : all.length - 1)) % all.length);
  };

  return (
    <div className="search" role="search" onBlur={(event) => {
      if (!event.currentTarget.contains(event.relatedTarget)) setOpen(false);
    }}>
      <label className="search-field">
        <Icon name="search" />
        <input ref={input} type="search" role="combobox" value={text} placeholder="Search partners, accounts, products …"
          aria-label="Search partners, accounts, products, integrations and deals" aria-expanded={isShown}
          aria-controls={`${id}-list`} aria-autocomplete="list" autoComplete="off"
          {...(isShown && { 'aria-activedescendant': `${id}-${active}` })}
          onFocus={() => setOpen(true)} onKeyDown={onKeyDown}
          onChange={(event) => {
            setText(event.target.value);
            setActive(0);
            setOpen(true);
          }} />
        <kbd aria-hidden="true">/</kbd>
      </label>
      <div className="hidden" role="status">{isShown && !isLoading && `${data?.search.totalCount ?? 0} found`}</div>
      <div id={`${id}-list`} role="listbox" aria-label="Found" className="search-list" hidden={!isShown}>
        {problems.length > 0 && <p role="presentation" className="search-note">{problems[0]?.message}</p>}
        {all.map((target, at) => {
          const hit = hits[at];
          return (
            <div key={target} id={`${id}-${at}`} role="option" aria-selected={at === active}
              onMouseMove={() => setActive(at)} onMouseDown={(event) => event.preventDefault()} onClick={() => open(at)}>
              {hit ? <Hit hit={hit} /> : (
                <span className="muted">
                  {isLoading ? 'Searching …' : data?.search.totalCount
                    ? `All ${data.search.totalCount} results for “${asked}”`
                    : `Nothing begins with “${asked}”. Try another word of the name.`}
                </span>
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
}

function Hit({ hit }: { hit: Parameters<typeof describe>[0] }) {
  return (
    <>
      <Dot of={hit.node.__typename.toLowerCase()} square />
      <span className="grow">
        {hit.node.name}
        <span className="muted small"> {describe(hit)}</span>
      </span>
      <span className="muted small">{KINDS[hit.node.__typename]}</span>
    </>
  );
}

function usePaused(value: string, ms: number): string {
  const [paused, setPaused] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setPaused(value), value ? ms : 0);
    return () => clearTimeout(timer);
  }, [value, ms]);
  return value && paused;
}

function useSlash(input: { current: HTMLInputElement | null }): void {
  useEffect(() => {
    const listen = (event: globalThis.KeyboardEvent) => {
      const target = event.target as HTMLElement;
      if (event.key !== '/' || event.ctrlKey || event.metaKey || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)) return;
      event.preventDefault();
      input.current?.focus();
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, [input]);
}
