import { accountsOfBoth, accountsOfBothList } from '#operations';

import { useRanked } from '../data/useRanked';
import { money, NONE } from '../format/format';
import { ExportButton } from '../parts/ExportButton';
import { NodeLink } from '../parts/Link';
import { LoadedCard } from '../parts/QueryCard';
import { Empty, Problems } from '../parts/States';
import { FirstOf, Table } from '../parts/Table';

type Props = { one: string; other: string; asOf: string | undefined };

/** The accounts that two partners both have, whatever their lists say: what the heat map counts. */
export function AccountsOfBoth({ one, other, asOf }: Props) {
  const variables = { one, other, asOf };
  const title = 'Accounts that both have';
  const { unranked, ...loaded } = useRanked(accountsOfBoth, variables, { order: [] });
  return (
    <LoadedCard title={title} operation={accountsOfBoth} variables={variables} height={240} loaded={loaded}
      note="Active accounts for which both work, or which use a product or an integration of theirs, or with whose deals they had to do. Lists alone do not count. Those with most ARR first.">
      {({ accounts: { nodes, totalCount } }) => (nodes.length ? (
        <>
          {unranked && <Problems problems={[unranked]} title="They cannot be ranked by ARR." />}
          <Table caption={title} rows={nodes} keyOf={(node) => node.id} columns={[
            { name: 'Account', cell: (node) => <NodeLink node={node} /> },
            { name: 'Domain', cell: (node) => node.domain ?? NONE },
            { name: 'Industry', cell: (node) => node.industry ?? NONE },
            { name: 'Segment', cell: (node) => node.segment ?? NONE },
            { name: 'ARR', isNumber: true, cell: (node) => (node.arr ? money(node.arr, 'short') : NONE) },
          ]} />
          <div className="actions">
            <FirstOf shown={nodes.length} total={totalCount} />
            <ExportButton operation={accountsOfBothList} variables={variables} file="accounts-of-both.csv" of={title} />
          </div>
        </>
      ) : <Empty title="None: no active account has both on this day." />)}
    </LoadedCard>
  );
}
