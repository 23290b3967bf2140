import type { Change, Result, What } from '../data/imports';
import { count, counted } from '../format/format';
import { NodeLink } from '../parts/Link';
import { FirstOf, Table } from '../parts/Table';
import { COUNTED, COUNTED_DONE, WHAT, WHAT_DONE } from './importing';

/** What comes onto a list, leaves it and changes on it; after the import, what did. */
export function ImportChanges({ result: { changes, changed, newAccounts }, isDone }: { result: Result; isDone: boolean }) {
  const words = isDone ? WHAT_DONE : WHAT;
  const kinds = Object.keys(words) as What[];
  const total = kinds.reduce((sum, what) => sum + changes[what], 0);
  const rows = changed.map((change, at) => ({ ...change, key: `${change.what} ${change.account} ${at}` }));
  return (
    <>
      <dl className="facts counts" aria-label="Changes of the list">
        {kinds.map((what) => <div key={what}><dt>{(isDone ? COUNTED_DONE : COUNTED)[what]}</dt><dd>{count(changes[what])}</dd></div>)}
      </dl>
      {newAccounts > 0 && <p className="muted">{counted(newAccounts, 'account')} {isDone ? 'had' : newAccounts === 1 ? 'has' : 'have'} not been in the graph before.</p>}
      {rows.length > 0 && (
        <div className="import-rows">
          <Table caption={isDone ? 'Accounts that came, left or changed' : 'Accounts that come, leave or change'} rows={rows} keyOf={(row) => row.key} columns={[
            { name: 'Account', cell: (change) => <Changed change={change} isDone={isDone} /> },
            { name: 'What', cell: ({ what, isNew }) => <>{words[what]} {isNew && <span className="badge good">New account</span>}</> },
          ]} />
        </div>
      )}
      <FirstOf shown={rows.length} total={total} />
    </>
  );
}

/** A new account has a page only once it was imported. */
function Changed({ change: { account, name, isNew }, isDone }: { change: Change; isDone: boolean }) {
  return isNew && !isDone ? <>{name}</> : <NodeLink node={{ id: account, name }} />;
}
