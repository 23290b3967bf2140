import { type ReactNode, useEffect, useState } from 'react';

import { useAsOf } from '../app/asOf';
import { useParameters } from '../app/router';
import type { Operation } from '../data/client';
import { useQuery } from '../data/useQuery';
import { Card } from './Card';
import { ExportButton } from './ExportButton';
import { Head } from './Head';
import { Mine } from './Mine';
import { QueryButton } from './Query';
import { Empty, Loading, Problems } from './States';
import { type Column, Pager, type Sorting, Table } from './Table';

const ROWS = 50;
const EXPORTED_AT_ONCE = 1_000;
const PAUSE_MS = 300;

/** One condition of a list: free text, or one of some values. Its value stands in the address under its name. */
export type Filter = {
  name: string;
  label: string;
  options?: Readonly<Record<string, string>>;
  /** What one's own are called, where the condition is the key of who looks after them. */
  mine?: string;
};

type Asked<Where, By> = {
  first: number;
  after?: string | undefined;
  asOf?: string | undefined;
  where?: Where | undefined;
  orderBy?: readonly { by: By; direction: 'ASC' | 'DESC' }[] | undefined;
};

type Found<Row> = { totalCount: number; nodes: Row[]; pageInfo: { hasNextPage: boolean; endCursor: string | null } };

type Props<Data, Row, Where, By> = {
  title: string;
  noun: string;
  lead: ReactNode;
  operation: Operation<Data, Asked<Where, By>>;
  of: (data: Data) => Found<Row>;
  filters: readonly Filter[];
  where: (value: (name: string) => string | undefined) => Where | undefined;
  columns: readonly Column<Row>[];
  empty: ReactNode;
};

/** A list that is filtered, sorted and paged by the server; the address holds how. */
export function ListPage<Data, Row extends { id: string }, Where, By extends string>(
  { title, noun, lead, operation, of, filters, where, columns, empty }: Props<Data, Row, Where, By>,
) {
  const [parameters, change] = useParameters();
  const value = (name: string) => parameters.get(name) || undefined;
  const sorting = sortingOf(parameters.get('sort'), columns);
  const after = value('after');
  const conditions = where(value);
  const variables: Asked<Where, By> = {
    first: ROWS, after, asOf: useAsOf(), where: conditions,
    orderBy: sorting && [{ by: sorting.by as By, direction: sorting.isDescending ? 'DESC' : 'ASC' }],
  };
  const { data, problems, isLoading, retry } = useQuery(operation, variables);
  const found = data && of(data);
  return (
    <>
      <Head title={title} lead={lead}><QueryButton operation={operation} variables={variables} /></Head>
      <Filters filters={filters} value={value} isAny={conditions !== undefined}
        change={(changes) => change({ ...changes, after: null })} />
      <Problems problems={problems} retry={retry} />
      {!found && isLoading && <Loading height={480} />}
      {found && (
        <Card title={conditions ? `${title} that fit` : `All ${title.toLowerCase()}`} action={found.nodes.length > 0 && (
          <ExportButton operation={operation} variables={{ ...variables, first: EXPORTED_AT_ONCE, after: undefined }}
            file={`${title.toLowerCase()}.csv`} of={title} />
        )}>
          <div className={isLoading ? 'is-stale' : undefined}>
            {found.nodes.length ? (
              <Table caption={title} rows={found.nodes} keyOf={(row) => row.id} columns={columns} {...(sorting && { sorting })}
                onSort={(next) => change({ sort: (next.isDescending ? '-' : '') + next.by, after: null })} />
            ) : conditions
              ? <Empty title={`No ${noun} fits.`}>Take a condition away.</Empty>
              : <Empty title={`There is no ${noun}.`}>{empty}</Empty>}
          </div>
          <Pager total={found.totalCount} noun={noun} shown={found.nodes.length} isFirst={!after}
            before={after ? undefined : 0} next={found.pageInfo.hasNextPage ? found.pageInfo.endCursor : null}
            onTurn={(cursor) => change({ after: cursor }, { replace: false })} />
        </Card>
      )}
    </>
  );
}

function sortingOf(text: string | null, columns: readonly { sort?: string }[]): Sorting | undefined {
  const by = text?.replace(/^-/, '');
  return columns.some((column) => column.sort && column.sort === by) && by
    ? { by, isDescending: text?.startsWith('-') ?? false }
    : undefined;
}

type FiltersProps = {
  filters: readonly Filter[];
  value: (name: string) => string | undefined;
  isAny: boolean;
  change: (changes: Record<string, string | null>) => void;
};

function Filters({ filters, value, isAny, change }: FiltersProps) {
  return (
    <div className="filters" role="group" aria-label="Conditions">
      {filters.map(({ name, label, options }) => (
        <label key={name}>
          {label}
          {options ? (
            <select className="field" value={value(name) ?? ''} onChange={(event) => change({ [name]: event.target.value })}>
              <option value="">Any</option>
              {Object.entries(options).map(([key, word]) => <option key={key} value={key}>{word}</option>)}
            </select>
          ) : <Text value={value(name) ?? ''} change={(text) => change({ [name]: text })} />}
        </label>
      ))}
      {filters.map(({ name, mine }) => mine && (
        <Mine key={name} label={mine} value={value(name)} choose={(key) => change({ [name]: key })} />
      ))}
      {isAny && (
        <button type="button" className="button plain"
          onClick={() => change(Object.fromEntries(filters.map(({ name }) => [name, null])))}>
          Clear
        </button>
      )}
    </div>
  );
}

/** A text that is taken over when the typing pauses. */
function Text({ value, change }: { value: string; change: (text: string) => void }) {
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  useEffect(() => {
    if (text.trim() === value) return;
    const timer = setTimeout(() => change(text.trim()), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text]); // the rest follows from the text
  return <input type="search" className="field" value={text} onChange={(event) => setText(event.target.value)} />;
}

/** The text as it was typed, or with a capital: names are compared letter by letter. */
export function containing(text: string): { contains: string }[] {
  const capital = text.charAt(0).toUpperCase() + text.slice(1);
  return [...new Set([text, capital])].map((contains) => ({ contains }));
}

/** A choice from the address, if it is one. */
export function choice<Value extends string>(text: string | undefined, options: Readonly<Record<Value, string>>): Value | undefined {
  return text !== undefined && Object.hasOwn(options, text) ? (text as Value) : undefined;
}
