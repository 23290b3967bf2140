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
import { type Segment, SEGMENTS } from './segments';
import { type Basis, type SizeBy, SIZES, sizeWord } from './sizes';

const ROWS = 25;

type Props = Shown & { title: string; note: string; rows: readonly PartnerRow[] };
type Shown = {
  hasTies: boolean;
  sizeBy: SizeBy;
  basis: Basis;
  segment: Segment | undefined;
  onChoose: (id: string) => void;
};

/** The partners of the picture as a table, which says the same without being seen. */
export function PartnerTable({ title, note, rows, ...drawn }: Props) {
  const [parameters, change] = useParameters();
  const columns = columnsOf(drawn);
  const by = columns.find((column) => column.sort && column.sort === parameters.get('sort')?.replace(/^-/, ''))?.sort;
  const sorting = by ? { by, isDescending: parameters.get('sort')?.startsWith('-') ?? false } : undefined;
  const all = sorting ? sorted(rows, sorting) : rows;
  const page = Math.min(Math.max(0, Math.trunc(Number(parameters.get('page')) || 0)), Math.max(0, Math.ceil(all.length / ROWS) - 1));
  const shown = all.slice(page * ROWS, (page + 1) * ROWS);
  return (
    <Card title={title} note={note} action={(
      <button type="button" className="button" disabled={!all.length} onClick={() => download('partners.csv', new Blob([csvOf(all, drawn.sizeBy)], { type: 'text/csv' }))}>
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

function columnsOf({ hasTies, sizeBy, basis, segment, onChoose }: Shown): Column<PartnerRow>[] {
  return [
    { name: 'Partner', sort: 'name', cell: (row) => <NodeLink node={row} /> },
    { name: 'Type', cell: (row) => <span className="badges"><TypeBadges types={row.types} /></span> },
    {
      name: 'Community', sort: 'community', isNumber: true,
      cell: (row) => row.community === null ? NONE : <><Dot of={seriesOf(row.community)} /> {count(row.community + 1)}</>,
    },
    ...(segment && segment !== 'type' && segment !== 'community' ? [
      { name: SEGMENTS[segment], sort: 'segment', cell: (row: PartnerRow) => row.segment ?? NONE },
    ] : []),
    ...(sizeBy === 'ties' ? [] : [
      { name: SIZES[sizeBy], sort: 'size', isNumber: true, cell: (row: PartnerRow) => sizeWord(sizeBy, row.size, basis) },
    ]),
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

function csvOf(rows: readonly PartnerRow[], sizeBy: SizeBy): string {
  const known: readonly SizeBy[] = ['pageRank', 'ties', 'betweenness', 'coverageShapley'];
  const isSum = !known.includes(sizeBy);
  return csv(
    [
      'id', 'name', 'types', 'sectors', 'region', 'tier', 'community', ...known, ...(isSum ? [`${sizeBy}Sum`] : []),
      'tieWeight', 'sharedAccounts', 'sharedIntegrations',
    ],
    rows.map((row) => [
      row.id, row.name, row.types.map((type) => PARTNER_TYPES[type]).join('; '), row.sectors.join('; '), row.region, row.tier,
      row.community === null ? null : row.community + 1, row.pageRank, row.ties, row.betweenness, row.coverageShapley,
      ...(isSum ? [row.size] : []), row.tie?.weight, row.tie?.sharedAccounts, row.tie?.sharedIntegrations,
    ]),
  );
}
