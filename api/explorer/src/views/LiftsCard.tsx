import { partnerLifts, type PartnerLifts } from '#operations';

import { interval } from '../format/estimate';
import { count, decimal } from '../format/format';
import { NodeLink } from '../parts/Link';
import { QueryCard } from '../parts/QueryCard';
import { Empty } from '../parts/States';
import { FirstOf, Table } from '../parts/Table';

type Partner = NonNullable<PartnerLifts['partner']>;
type Row = Omit<Partner['lifts']['nodes'][number], 'to'> & { other: { id: string; name: string } };

/** Which partners accounts take on faster after this one, and after which they take on this one. */
export function LiftsCard({ id, name }: { id: string; name: string }) {
  return (
    <QueryCard title="Who lifts whom" operation={partnerLifts} variables={{ id }} height={200}
      note="How many times faster accounts take on the second partner once they have the first, by person-time among like accounts. The other way round may also be true; it is an association.">
      {({ partner }) => partner && (
        <div className="columns">
          <Lifted title={`After ${name}, accounts take on`} {...partner.lifts} rows={partner.lifts.nodes.map(({ to, ...row }) => ({ ...row, other: to }))} />
          <Lifted title={`They take on ${name} after`} {...partner.liftedBy} rows={partner.liftedBy.nodes.map(({ from, ...row }) => ({ ...row, other: from }))} />
        </div>
      )}
    </QueryCard>
  );
}

function Lifted({ title, rows, totalCount, reason }: { title: string; rows: readonly Row[]; totalCount: number; reason: string | null }) {
  return (
    <section aria-label={title}>
      <h3>{title}</h3>
      {rows.length ? (
        <>
          <Table caption={title} rows={rows} keyOf={({ other }) => other.id} columns={[
            { name: 'Partner', cell: ({ other }) => <NodeLink node={other} /> },
            { name: 'Rate ratio', isNumber: true, cell: ({ rateRatio }) => `× ${decimal(rateRatio.value)}` },
            { name: 'Interval', cell: ({ rateRatio }) => interval(rateRatio) },
            { name: 'Naive', isNumber: true, cell: ({ naiveLift }) => decimal(naiveLift) },
            { name: 'Accounts with both', isNumber: true, cell: ({ coAccounts }) => count(coAccounts) },
          ]} />
          <FirstOf shown={rows.length} total={totalCount} />
        </>
      ) : <Empty title="None is known.">{reason}</Empty>}
    </section>
  );
}
