import { type ReactNode, useId } from 'react';

import { count, counted } from '../format/format';
import { Icon } from './Icon';

export type Column<Row> = {
  name: string;
  cell: (row: Row) => ReactNode;
  isNumber?: boolean;
  /** The name to sort by, where the list can be. */
  sort?: string;
};

export type Sorting = { by: string; isDescending: boolean };

type Props<Row> = {
  caption: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  keyOf: (row: Row) => string;
  sorting?: Sorting;
  onSort?: (sorting: Sorting) => void;
};

/** Rows of things; the first column names each. */
export function Table<Row>({ caption, columns, rows, keyOf, sorting, onSort }: Props<Row>) {
  const id = useId();
  return (
    <div className="table-scroll" tabIndex={0} role="group" aria-labelledby={id}>
      <table className="table">
        <caption id={id} className="hidden">{caption}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <HeadCell key={column.name} column={column} sorting={sorting} onSort={onSort} />
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={keyOf(row)}>
              {columns.map((column, at) => {
                const className = column.isNumber ? 'number' : undefined;
                return at ? <td key={column.name} className={className}>{column.cell(row)}</td>
                  : <th key={column.name} scope="row" className={className}>{column.cell(row)}</th>;
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function HeadCell<Row>({ column, sorting, onSort }: {
  column: Column<Row>;
  sorting: Sorting | undefined;
  onSort: ((sorting: Sorting) => void) | undefined;
}) {
  const className = column.isNumber ? 'number' : undefined;
  const { sort } = column;
  if (!sort || !onSort) return <th scope="col" className={className}>{column.name}</th>;
  const isSorted = sorting?.by === sort;
  const isDescending = isSorted && sorting.isDescending;
  // What is large is looked for first among numbers, what begins the alphabet among names.
  const next = { by: sort, isDescending: isSorted ? !isDescending : (column.isNumber ?? false) };
  return (
    <th scope="col" className={className}
      {...(isSorted && { 'aria-sort': isDescending ? 'descending' as const : 'ascending' as const })}>
      <button type="button" className="sort" onClick={() => onSort(next)}>
        {column.name}
        {isSorted && <Icon name={isDescending ? 'down' : 'up'} />}
      </button>
    </th>
  );
}

/** Says that a list goes on. */
export function FirstOf({ shown, total }: { shown: number; total: number }) {
  return total > shown && <p className="muted small">The first {count(shown)} of {count(total)}.</p>;
}

type PagerProps = {
  total: number;
  noun: string;
  plural?: string;
  shown: number;
  /** How many rows stand before this page, where that is known. */
  before?: number | undefined;
  next: string | null | undefined;
  onTurn: (after: string | null) => void;
  isFirst: boolean;
};

/** Where a page of a list stands, and the way on. */
export function Pager({ total, noun, plural, shown, before, next, onTurn, isFirst }: PagerProps) {
  const from = before === undefined || !shown ? '' : `${before + 1}–${before + shown} of `;
  return (
    <nav className="pager" aria-label="Pages">
      <span role="status">{from}{counted(total, noun, plural)}</span>
      <span className="actions">
        {!isFirst && <button type="button" className="button" onClick={() => onTurn(null)}>First page</button>}
        <button type="button" className="button" disabled={!next} onClick={() => next && onTurn(next)}>Next page</button>
      </span>
    </nav>
  );
}
