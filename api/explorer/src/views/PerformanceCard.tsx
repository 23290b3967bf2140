import { partnerPerformance, type PartnerPerformance } from '#operations';

import { count, decimal, listed, money, moneys, NONE, percent } from '../format/format';
import { type Estimate, interval } from '../format/estimate';
import { Facts } from '../parts/Card';
import { QueryCard } from '../parts/QueryCard';
import { Empty } from '../parts/States';
import { Table } from '../parts/Table';

export type Performance = NonNullable<NonNullable<PartnerPerformance['partner']>['performance']>;
type Row = { name: string; found: Estimate & { n: number }; comparable: Estimate; shown: (value: number | null) => string };

export const PERFORMANCE_NOTE = 'Closed deals with accounts that have the partner, beside what is expected of accounts of the same segment and '
  + 'industry without it. A difference is no proof that the partner makes it.';

/** How deals go with accounts that have a partner, beside like accounts without it. */
export function PerformanceCard({ id, asOf }: { id: string; asOf: string | undefined }) {
  return (
    <QueryCard title="How deals go with it" operation={partnerPerformance} variables={{ id, asOf }} height={240}
      note={PERFORMANCE_NOTE}>
      {({ partner }) => partner && <Performed performance={partner.performance} />}
    </QueryCard>
  );
}

/** The numbers of it, or why there are none. */
export function Performed({ performance }: { performance: Performance }) {
  const { winRate, comparableWinRate, daysToClose, comparableDaysToClose, dealSize, coverage, engagement } = performance;
  const rows: Row[] = [
    { name: 'Win rate', found: winRate, comparable: comparableWinRate, shown: percent },
    ...dealSize.map(({ currency, amount, comparable }) => ({
      name: `Mean deal, ${currency}`, found: amount, comparable,
      shown: (value: number | null) => (value === null ? NONE : money({ amount: String(value), currency }, 'short')),
    })),
    { name: 'Days to close', found: daysToClose, comparable: comparableDaysToClose, shown: decimal },
  ];
  const known = rows.filter(({ found }) => found.value !== null);
  return (
    <>
      <Facts facts={[
        ['Sourced, won', moneys(performance.sourcedRevenue)],
        ['Influenced, won', moneys(performance.influencedRevenue)],
        ['Sourced, open', moneys(performance.sourcedPipeline)],
        ['Active accounts that have it', coverage !== null && percent(coverage)],
        ['Months with activity in the year', engagement !== null && percent(engagement)],
      ]} />
      {known.length ? (
        <Table caption="Deals with the partner, and expected without it" rows={known} keyOf={({ name }) => name} columns={[
          { name: 'Of deals', cell: ({ name }) => name },
          { name: 'With it', isNumber: true, cell: ({ found, shown }) => shown(found.value) },
          {
            name: 'Interval', cell: ({ found, shown }) => (found.low === null || found.high === null ? NONE
              : `${shown(found.low)} to ${shown(found.high)} (${percent(found.level)})`),
          },
          { name: 'Expected without', isNumber: true, cell: ({ comparable, shown }) => shown(comparable.value) },
          { name: 'Deals', isNumber: true, cell: ({ found }) => count(found.n) },
        ]} />
      ) : <Empty title="Too few deals to compare.">{listed([...new Set(rows.map(({ found }) => interval(found)))])}</Empty>}
    </>
  );
}
