import { createContext, type ReactNode, useContext, useEffect, useRef, useState } from 'react';

import { base } from '../app/base';
import type { Operation } from '../data/client';
import { Icon } from './Icon';

type Shown = { title: string; definition?: string | undefined; text: string; variables: object };

const Show = createContext<(shown: Shown) => void>(() => {});

/** The address of GraphiQL with a query in it, in the fragment, so that it never reaches a server's log. */
export function graphiql(text: string, variables: object): string {
  const set = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== undefined));
  const fragment = new URLSearchParams({ query: text });
  if (Object.keys(set).length) fragment.set('variables', JSON.stringify(set, null, 2));
  return `${base}graphiql#${fragment}`;
}

/** Whether this server has GraphiQL: not every one that others reach does. */
export function hasGraphiql(): boolean {
  return document.querySelector('meta[name=graphiql]') !== null;
}

/** Holds the dialog that shows a definition and the query behind it. */
export function QueryDialog({ children }: { children: ReactNode }) {
  const [shown, setShown] = useState<Shown>();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (shown) dialog.current?.showModal();
  }, [shown]);
  return (
    <Show value={setShown}>
      {children}
      <dialog ref={dialog} className="dialog" aria-labelledby="dialog-title" onClose={() => setShown(undefined)}
        onClick={(event) => event.target === dialog.current && dialog.current?.close()}>
        {shown && <Body shown={shown} close={() => dialog.current?.close()} />}
      </dialog>
    </Show>
  );
}

function Body({ shown, close }: { shown: Shown; close: () => void }) {
  const [isCopied, setCopied] = useState(false);
  const set = JSON.stringify(shown.variables, null, 2);
  return (
    <div className="dialog-body">
      <div className="card-head">
        <h2 id="dialog-title">{shown.title}</h2>
        <button type="button" className="button plain icon" aria-label="Close" onClick={close}><Icon name="close" /></button>
      </div>
      {shown.definition && <p>{shown.definition}</p>}
      <h3>The query behind it</h3>
      <pre className="code" tabIndex={0} role="region" aria-label="GraphQL query">{shown.text.trim()}</pre>
      {set !== '{}' && (
        <>
          <h3>with these variables</h3>
          <pre className="code" tabIndex={0} role="region" aria-label="Variables">{set}</pre>
        </>
      )}
      <div className="actions">
        {hasGraphiql() && <a className="button primary" href={graphiql(shown.text, shown.variables)}>Open in GraphiQL</a>}
        <button type="button" className="button" onClick={() => {
          void navigator.clipboard.writeText(shown.text).then(() => setCopied(true));
        }}>
          {isCopied ? 'Copied' : 'Copy the query'}
        </button>
      </div>
    </div>
  );
}

/** Opens the query behind a view, or behind one card of it. */
export function QueryButton<Data, Variables extends object>(
  { operation, variables, of }: { operation: Operation<Data, Variables>; variables: Variables; of?: string },
) {
  const show = useContext(Show);
  return (
    <button type="button" className={of ? 'info' : 'button'} {...(of && { 'aria-label': `The query behind ${of}` })}
      title="The query behind it" onClick={() => show({ title: of ?? `Operation ${operation.name}`, text: operation.text, variables })}>
      <Icon name="ask" />{!of && ' Query'}
    </button>
  );
}

/** Opens the definition of one number of a view, and the query that gives it alone. */
export function Definition<Data, Variables extends object>(
  { title, of, part, variables }: { title: string; of: Operation<Data, Variables>; part: string; variables: Variables },
) {
  const show = useContext(Show);
  const found = of.parts[part];
  if (!found) throw new Error(`${of.file} has no ${part}.`);
  const used = Object.fromEntries(Object.entries(variables).filter(([name]) => found.text.includes(`$${name}`)));
  return (
    <button type="button" className="info" aria-label={`What is meant by ${title}`}
      onClick={() => show({ title, definition: found.description, text: found.text, variables: used })}>
      <Icon name="info" />
    </button>
  );
}
