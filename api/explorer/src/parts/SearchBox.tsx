import { search } from '#operations';
import { useEffect, useRef, useState } from 'react';

import { href, navigate, pageOf } from '../app/router';
import { useQuery } from '../data/useQuery';
import { KINDS } from '../format/words';
import { Dot } from './Badges';
import { Combobox, type Option, usePaused } from './Combobox';
import { describe } from './hit';

const PAUSE_MS = 120;

/** Search from everywhere: `/` goes to it, arrows choose, Enter opens. */
export function SearchBox() {
  const [text, setText] = useState('');
  const input = useRef<HTMLInputElement>(null);
  const asked = usePaused(text.trim(), PAUSE_MS);
  const { data, isLoading, problems } = useQuery(search, asked ? { text: asked } : null);
  useSlash(input);
  const total = data?.search.totalCount ?? 0;
  const options: Option[] = asked ? [
    ...(data?.search.nodes ?? []).map((hit) => ({
      key: hit.node.id, content: <Hit hit={hit} />, choose: () => navigate(href(pageOf(hit.node.id))),
    })),
    {
      key: '', choose: () => navigate(href('search', { q: asked })),
      content: (
        <span className="muted">
          {isLoading ? 'Searching …' : total
            ? `All ${total} results for “${asked}”`
            : `Nothing begins with “${asked}”. Try another word of the name.`}
        </span>
      ),
    },
  ] : [];
  return (
    <div className="search" role="search">
      <Combobox label="Search partners, accounts, products, integrations and deals" input={input}
        placeholder="Search partners, accounts, products …" text={text} onText={setText} options={options}
        said={isLoading ? '' : `${total} found`} onEnter={() => navigate(href('search', { q: text.trim() }))}
        note={problems[0]?.message}
        hint={<kbd aria-hidden="true">/</kbd>} />
    </div>
  );
}

/** What was found, as a line. */
export function Hit({ hit }: { hit: Parameters<typeof describe>[0] }) {
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
