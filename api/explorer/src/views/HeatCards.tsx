import { sharedAccounts } from '#operations';
import { useMemo } from 'react';

import { useParameters } from '../app/router';
import { useQuery } from '../data/useQuery';
import { csv } from '../format/csv';
import { count, counted, date, decimal, listed } from '../format/format';
import { Card } from '../parts/Card';
import { download } from '../parts/download';
import { Icon } from '../parts/Icon';
import { Link } from '../parts/Link';
import { QueryButton } from '../parts/Query';
import { Empty, Loading, Problems } from '../parts/States';
import { Pager, Table } from '../parts/Table';
import { type Heat, heatOf, type Pair, sortedPairs } from './heat';
import { HeatMap, shared } from './HeatMap';

const SIZES = [15, 30, 60];
const USUAL = 30;
const ROWS = 25;

/** Which partners have accounts in common: the largest by each other, and the pairs as a table. */
export function HeatCards({ asOf }: { asOf: string | undefined }) {
  const [parameters, change] = useParameters();
  const most = SIZES.find((size) => String(size) === parameters.get('most')) ?? USUAL;
  const variables = { most };
  const { data, problems, isLoading, retry } = useQuery(sharedAccounts, variables);
  const found = data?.partnerGraph;
  const heat = useMemo(() => found && heatOf(found), [found]);
  const title = 'Who shares accounts with whom';
  return (
    <>
      <Card title={title}
        note={found && <Note found={found} asOf={asOf} />}
        action={(
          <span className="actions">
            <label className="inline">
              Partners
              <select className="field" value={most} onChange={(event) => change({ most: event.target.value === String(USUAL) ? null : event.target.value, page: null })}>
                {SIZES.map((size) => <option key={size}>{size}</option>)}
              </select>
            </label>
            <QueryButton operation={sharedAccounts} variables={variables} of={title} />
          </span>
        )}>
        <Problems problems={problems} retry={retry} />
        {!data && isLoading && <Loading height={560} what="Reading who shares accounts" />}
        {data && !problems.length && (heat?.pairs.length ? (
          <div className={isLoading ? 'card-body is-stale' : 'card-body'}><HeatMap heat={heat} /></div>
        ) : <Nothing isMeasured={Boolean(found)} />)}
      </Card>
      {heat && heat.pairs.length > 0 && <Pairs heat={heat} />}
    </>
  );
}

type Found = Parameters<typeof heatOf>[0] & { provenance: { computedAt: string; isStale: boolean; excluded: string[] } };

function Note({ found, asOf }: { found: Found; asOf: string | undefined }) {
  const { nodes, provenance: { computedAt, isStale, excluded } } = found;
  return (
    <>
      The {counted(nodes.length, 'partner')} with the largest PageRank, put together by community. A number is how many active accounts both
      have, on whatever evidence; it opens them, and what the accounts on both lists are to each. Measured on {date(computedAt)}
      {isStale && '; data has changed since: run ecograph measure'}.
      {asOf && ` Earlier days are not stored: this is not of ${date(asOf)}.`}
      {excluded.length > 0 && ` Left out, so that an empty cell is not always none: ${listed(excluded)}.`}
    </>
  );
}

function Nothing({ isMeasured }: { isMeasured: boolean }) {
  return isMeasured ? (
    <Empty title="No two partners share an account.">
      Say which partner works for which account with <code>ecograph import</code>, then run <code>ecograph measure</code>.
    </Empty>
  ) : (
    <Empty title="Nothing is measured yet.">
      Who shares accounts is computed and stored by <code>ecograph measure</code>; run it, then load this page again.
    </Empty>
  );
}

function Pairs({ heat }: { heat: Heat }) {
  const [parameters, change] = useParameters();
  const by = ['pair', 'sharedAccounts', 'sharedIntegrations', 'weight'].find((one) => one === parameters.get('sort')?.replace(/^-/, ''));
  const sorting = by ? { by, isDescending: parameters.get('sort')?.startsWith('-') ?? false } : undefined;
  const all = sorting ? sortedPairs(heat.pairs, sorting) : heat.pairs;
  const page = Math.min(Math.max(0, Math.trunc(Number(parameters.get('page')) || 0)), Math.max(0, Math.ceil(all.length / ROWS) - 1));
  const shown = all.slice(page * ROWS, (page + 1) * ROWS);
  return (
    <Card title="The pairs" note="The same as a table; those that share most accounts first."
      action={(
        <button type="button" className="button" onClick={() => download('shared-accounts.csv', new Blob([csvOf(all)], { type: 'text/csv' }))}>
          <Icon name="download" />CSV
        </button>
      )}>
      <Table caption="Pairs of partners and what they share" rows={shown} keyOf={({ one, other }) => `${one.id} ${other.id}`} columns={[
        {
          name: 'Partners', sort: 'pair',
          cell: (pair) => <Link to="overlap" parameters={{ partners: `${pair.one.id},${pair.other.id}` }} title={shared(pair)}>{pair.one.name} and {pair.other.name}</Link>,
        },
        { name: 'Shared accounts', sort: 'sharedAccounts', isNumber: true, cell: (pair) => count(pair.sharedAccounts) },
        { name: 'Shared integrations', sort: 'sharedIntegrations', isNumber: true, cell: (pair) => count(pair.sharedIntegrations) },
        { name: 'Strength of the tie', sort: 'weight', isNumber: true, cell: (pair) => decimal(pair.weight) },
      ]} {...(sorting && { sorting })} onSort={(to) => change({ sort: (to.isDescending ? '-' : '') + to.by, page: null })} />
      <Pager total={all.length} noun="pair" shown={shown.length} before={page * ROWS} isFirst={page === 0}
        next={(page + 1) * ROWS < all.length ? String(page + 1) : null} onTurn={(to) => change({ page: to }, { replace: false })} />
    </Card>
  );
}

function csvOf(pairs: readonly Pair[]): string {
  return csv(
    ['oneId', 'oneName', 'otherId', 'otherName', 'sharedAccounts', 'sharedIntegrations', 'weight'],
    pairs.map(({ one, other, sharedAccounts: accounts, sharedIntegrations, weight }) => (
      [one.id, one.name, other.id, other.name, accounts, sharedIntegrations, weight])),
  );
}
