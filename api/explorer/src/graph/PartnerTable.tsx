import { count, decimal, NONE } from '../format/format';
import { csv } from '../format/csv';
import { PARTNER_TYPES } from '../format/words';
import { useParameters } from '../app/router';
import { Dot, TypeBadges } from '../parts/Badges';
import { Card } from '../parts/Card';
import { download } from '../parts/download';
import { Icon } from '../parts/Icon';
import { NodeLink } from '../parts/Link';
import { type Column, Pager, Table } from '../parts/Table';
import { seriesOf } from './look';
import { shared } from './PartnerPanel';
import { type PartnerRow, sorted } from './rows';

const ROWS = 25;

type Props = { title: string; note: string; rows: readonly PartnerRow[]; hasTies: boolean; onChoose: (id: string) => void };

/** The partners of the picture as a table, which says the same without being seen. */
export function PartnerTable({ title, note, rows, hasTies, onChoose }: Props) {
  const [parameters, change] = useParameters();
  const columns = columnsOf(hasTies, onChoose);
  const by = columns.find((column) => column.sort && column.sort === parameters.get('sort')?.replace(/^-/, ''))?.sort;
  const sorting = by ? { by, isDescending: parameters.get('sort')?.startsWith('-') ?? false } : undefined;
  const all = sorting ? sorted(rows, sorting) : rows;
  const page = Math.min(Math.max(0, Math.trunc(Number(parameters.get('page')) || 0)), Math.max(0, Math.ceil(all.length / ROWS) - 1));
  const shown = all.slice(page * ROWS, (page + 1) * ROWS);
  return (
    <Card title={title} note={note} action={(
      <button type="button" className="button" disabled={!all.length} onClick={() => download('partners.csv', new Blob([csvOf(all)], { type: 'text/csv' }))}>
        <Icon name="download" />CSV
      </button>
    )}>
      <Table caption={`${title}, row by row`} rows={shown} keyOf={(row) => row.id} columns={columns} {...(sorting && { sorting })}
        onSort={(next) => change({ sort: (next.isDescending ? '-' : '') + next.by, page: null })} />
      <Pager total={all.length} noun="partner" shown={shown.length} before={page * ROWS} isFirst={page === 0}
        next={(page + 1) * ROWS < all.length ? String(page + 1) : null} onTurn={(next) => change({ page: next }, { replace: false })} />
    </Card>
  );
}

function columnsOf(hasTies: boolean, onChoose: (id: string) => void): Column<PartnerRow>[] {
  return [
    { name: 'Partner', sort: 'name', cell: (row) => <NodeLink node={row} /> },
    { name: 'Type', cell: (row) => <span className="badges"><TypeBadges types={row.types} /></span> },
    {
      name: 'Community', sort: 'community', isNumber: true,
      cell: (row) => row.community === null ? NONE : <><Dot of={seriesOf(row.community)} /> {count(row.community + 1)}</>,
    },
    { name: 'PageRank', sort: 'pageRank', isNumber: true, cell: (row) => decimal(row.pageRank) },
    { name: 'Ties', sort: 'ties', isNumber: true, cell: (row) => count(row.ties) },
    ...(hasTies ? [
      { name: 'Strength of the tie', sort: 'weight', isNumber: true, cell: (row: PartnerRow) => decimal(row.tie?.weight) },
      { name: 'They share', cell: (row: PartnerRow) => (row.tie ? shared(row.tie) : NONE) },
    ] : []),
    {
      name: 'Picture',
      cell: (row) => (
        <button type="button" className="button small" aria-label={`Choose ${row.name} in the picture`} onClick={() => onChoose(row.id)}>
          Choose
        </button>
      ),
    },
  ];
}

function csvOf(rows: readonly PartnerRow[]): string {
  return csv(
    ['id', 'name', 'types', 'community', 'pageRank', 'ties', 'tieWeight', 'sharedAccounts', 'sharedIntegrations'],
    rows.map((row) => [
      row.id, row.name, row.types.map((type) => PARTNER_TYPES[type]).join('; '), row.community === null ? null : row.community + 1,
      row.pageRank, row.ties, row.tie?.weight, row.tie?.sharedAccounts, row.tie?.sharedIntegrations,
    ]),
  );
}
