import { partnerStanding, type PartnerStanding } from '#operations';

import { covered } from '../format/covered';
import { count, date, decimal, NONE } from '../format/format';
import { Facts } from '../parts/Card';
import { QueryCard } from '../parts/QueryCard';
import { Empty } from '../parts/States';
import { Table } from '../parts/Table';

type Measures = NonNullable<NonNullable<PartnerStanding['partner']>['measures']>;
type Point = { computedAt: string; value: number };
type Row = { name: string; value: number | null; rank: number | null; history: readonly Point[] };

const WIDTH = 96, HEIGHT = 22, EDGE = 2;

/** Where a partner stands among all by the centrality measures, and how that went from run to run. */
export function StandingCard({ id }: { id: string }) {
  return (
    <QueryCard title="Where it stands" operation={partnerStanding} variables={{ id }} height={220}
      note="In the graph of partners that share accounts and integrations, as of the last run of the measures. Rank 1 is the largest value.">
      {({ partner }) => {
        if (!partner) return null;
        const { measures } = partner;
        if (!measures || measures.reason) return <Empty title="Nothing is measured yet.">{measures?.reason}</Empty>;
        return <Standing measures={measures} />;
      }}
    </QueryCard>
  );
}

function Standing({ measures: of }: { measures: Measures }) {
  const rows: Row[] = [
    { name: 'PageRank', value: of.pageRank, rank: of.pageRankRank, history: of.pageRankHistory },
    { name: 'Betweenness', value: of.betweenness, rank: of.betweennessRank, history: of.betweennessHistory },
    { name: 'Shapley centrality', value: of.shapleyNeighbours, rank: of.shapleyNeighboursRank, history: of.shapleyNeighboursHistory },
    { name: 'Burt’s constraint', value: of.constraint, rank: of.constraintRank, history: of.constraintHistory },
  ];
  const [run] = of.provenance;
  return (
    <>
      <Table caption="Measures, ranks and earlier runs" rows={rows} keyOf={({ name }) => name} columns={[
        { name: 'Measure', cell: ({ name }) => name },
        { name: 'Value', isNumber: true, cell: ({ value }) => decimal(value) },
        { name: 'Rank', isNumber: true, cell: ({ rank }) => count(rank) },
        { name: 'Runs', isNumber: true, cell: ({ history }) => count(history.length) },
        { name: 'Course', cell: ({ history }) => <Course points={history} /> },
      ]} />
      <Facts facts={[
        ['Fair share of covered value (Shapley)', covered('coverageShapley', of)],
        ['Covered by it alone', covered('coverageLeaveOneOut', of)],
        ['Falls off without it', of.isArticulationPoint === true && 'a part of the graph'],
        ['Computed', run && `${date(run.provenance.computedAt.slice(0, 10))}${run.provenance.isStale ? '; data has changed since' : ''}`],
      ]} />
    </>
  );
}

/** A line too small for an axis; the first and the last value say the same in words. */
function Course({ points }: { points: readonly Point[] }) {
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last || points.length < 2) return <>{NONE}</>;
  const values = points.map(({ value }) => value);
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const y = (value: number) => (most === least ? HEIGHT / 2 : EDGE + ((most - value) / (most - least)) * (HEIGHT - 2 * EDGE));
  const line = values.map((value, at) => `${EDGE + (at / (values.length - 1)) * (WIDTH - 2 * EDGE)},${y(value)}`).join(' ');
  return (
    <svg width={WIDTH} height={HEIGHT} role="img" aria-label={`From ${decimal(first.value)} to ${decimal(last.value)}`}>
      <polyline points={line} fill="none" stroke="var(--accent)" strokeWidth="1.5" />
    </svg>
  );
}
