import { type ReactNode, useState } from 'react';

import type { Problem } from '../data/client';
import { keepKey } from '../data/credentials';

/** Something is on its way; the same room is kept for it. */
export function Loading({ height = 120, what = 'Loading' }: { height?: number; what?: string }) {
  return (
    <div role="status" className="skeleton" style={{ height }}>
      <span className="hidden">{what}…</span>
    </div>
  );
}

/** What went wrong, and what to do about it. */
export function Problems({ problems, title, retry }: { problems: readonly Problem[]; title?: string; retry?: (() => void) | undefined }) {
  if (!problems.length) return null;
  return (
    <div role="alert" className="state bad">
      <strong>{title ?? (problems.length === 1 ? 'This could not be answered.' : 'Some of this could not be answered.')}</strong>
      {problems.map((problem, at) => (
        <p key={at}>
          {problem.message} {problem.hint} <span className="small muted">({problem.code})</span>
        </p>
      ))}
      {retry && problems.some((problem) => problem.code === 'UNAUTHENTICATED') && <KeyForm retry={retry} />}
      {retry && <button type="button" className="button" onClick={retry}>Try again</button>}
    </div>
  );
}

/** Nothing is there: why, and what would change that. */
export function Empty({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="state">
      <strong>{title}</strong>
      {children && <p>{children}</p>}
    </div>
  );
}

/** Takes an API key, where people cannot log in by themselves. */
function KeyForm({ retry }: { retry: () => void }) {
  const [key, setKey] = useState('');
  return (
    <form className="actions" onSubmit={(event) => {
      event.preventDefault();
      keepKey(key.trim());
      retry();
    }}>
      <input className="field" type="password" autoComplete="off" aria-label="API key" placeholder="API key" value={key}
        onChange={(event) => setKey(event.target.value)} />
      <button type="submit" className="button primary" disabled={!key.trim()}>Use this key in this tab</button>
    </form>
  );
}
