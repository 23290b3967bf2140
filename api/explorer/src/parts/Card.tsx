import { type ReactNode, useId } from 'react';

import { Loading } from './States';

type Props = { title: string; note?: ReactNode; action?: ReactNode; children: ReactNode };

/** A titled region of a page. */
export function Card({ title, note, action, children }: Props) {
  const id = useId();
  return (
    <section className="card" aria-labelledby={id}>
      <div className="card-head">
        <h2 id={id}>{title}</h2>
        {action}
      </div>
      {note && <p className="card-note">{note}</p>}
      {children}
    </section>
  );
}

type StatProps = { label: string; value: ReactNode; note?: ReactNode; definition?: ReactNode; isLoading?: boolean };

/** One number with what it says. */
export function Stat({ label, value, note, definition, isLoading = false }: StatProps) {
  return (
    <div className="card stat">
      <dt className="stat-label">{label}{definition}</dt>
      <dd>
        <div className="stat-value">{isLoading ? <Loading height={28} what={label} /> : value}</div>
        {note && <div className="stat-note">{note}</div>}
      </dd>
    </div>
  );
}

/** Short facts about one thing; those unknown are left out. */
export function Facts({ facts }: { facts: readonly (readonly [string, ReactNode])[] }) {
  return (
    <dl className="facts">
      {facts.filter(([, value]) => value != null && value !== '' && value !== false).map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
