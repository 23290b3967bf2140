import type { ReportPair } from '#operations';

import { interval } from '../format/estimate';
import { count, decimal } from '../format/format';
import { Card } from '../parts/Card';
import { NodeLink } from '../parts/Link';
import { Empty } from '../parts/States';
import { FirstOf, Table } from '../parts/Table';
import type { Side } from './pair';

type Named = { id: string; name: string };

/** What joins a product of the one to a product of the other. */
export function Between({ one, other, found }: { one: Side; other: Side; found: ReportPair['integrations'] }) {
  return (
    <Card title="Between their products" note={`Integrations that connect a product of ${one.name} and one of ${other.name}.`}>
      {found.nodes.length ? (
        <>
          <Table caption="Integrations between their products" rows={found.nodes} keyOf={(row) => row.id} columns={[
            { name: 'Integration', cell: (row) => <NodeLink node={row} /> },
            { name: 'Built by', cell: (row) => (row.partners.nodes.length ? <Links nodes={row.partners.nodes} /> : 'us') },
            { name: 'Connects', cell: (row) => <Links nodes={row.products.nodes} /> },
            { name: 'Grade', isNumber: true, cell: (row) => count(row.depth) },
            { name: 'Accounts', isNumber: true, cell: (row) => count(row.accounts.totalCount) },
          ]} />
          <FirstOf shown={found.nodes.length} total={found.totalCount} />
        </>
      ) : <Empty title="None is known.">Nothing connects their products: whoever uses both does without.</Empty>}
    </Card>
  );
}

function Links({ nodes }: { nodes: readonly Named[] }) {
  return nodes.map((node, at) => <span key={node.id}>{at > 0 && ', '}<NodeLink node={node} /></span>);
}

type Lifts = NonNullable<ReportPair['one']>['lifts'];

/** Whether accounts take on the one faster once they have the other. */
export function Lifted({ one, other, lifts, why }: { one: Side; other: Side; lifts: readonly [Lifts, Lifts]; why: string | null }) {
  const ways = [{ first: one, then: other, found: lifts[0] }, { first: other, then: one, found: lifts[1] }];
  const rows = ways.flatMap(({ found, ...way }) => found.nodes.map((lift) => ({ ...way, ...lift })));
  return (
    <Card title="Who lifts whom"
      note="How many times faster accounts take on the second once they have the first, by person-time among like accounts: an association.">
      {rows.length ? (
        <Table caption="Who lifts whom" rows={rows} keyOf={(row) => row.first.id} columns={[
          { name: 'After', cell: (row) => row.first.name },
          { name: 'accounts take on', cell: (row) => row.then.name },
          { name: 'Rate ratio', isNumber: true, cell: (row) => `× ${decimal(row.rateRatio.value)}` },
          { name: 'Interval', cell: (row) => interval(row.rateRatio) },
          { name: 'Naive', isNumber: true, cell: (row) => decimal(row.naiveLift) },
          { name: 'Accounts with both', isNumber: true, cell: (row) => count(row.coAccounts) },
        ]} />
      ) : <Empty title="None is known.">{why ?? 'Too few accounts have both, or the interval holds 1.'}</Empty>}
    </Card>
  );
}
