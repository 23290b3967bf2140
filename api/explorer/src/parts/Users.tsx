import { count, date, NONE } from '../format/format';
import { Card } from './Card';
import { NodeLink } from './Link';
import { Empty } from './States';
import { FirstOf, Table } from './Table';

type User = { since: string | null; node: { id: string; name: string; industry: string | null; segment: string | null } };

/** Accounts that use a product or switched an integration on. */
export function Users({ title, users }: { title: string; users: { totalCount: number; edges: User[] } }) {
  return (
    <Card title={`${title} (${count(users.totalCount)})`}>
      {users.edges.length ? (
        <>
          <Table caption={title} rows={users.edges} keyOf={(edge) => `${edge.node.id} ${edge.since}`} columns={[
            { name: 'Account', cell: (edge) => <NodeLink node={edge.node} /> },
            { name: 'Industry', cell: (edge) => edge.node.industry ?? NONE },
            { name: 'Segment', cell: (edge) => edge.node.segment ?? NONE },
            { name: 'Since', cell: (edge) => date(edge.since) },
          ]} />
          <FirstOf shown={users.edges.length} total={users.totalCount} />
        </>
      ) : <Empty title="None is known." />}
    </Card>
  );
}
