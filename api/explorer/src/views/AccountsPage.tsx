import { accounts } from '#operations';

import { useAsOf } from '../app/asOf';
import { useParameters } from '../app/router';
import { useQuery } from '../data/useQuery';
import { count, counted, date, money, NONE } from '../format/format';
import { POPULATION } from '../format/words';
import { Card } from '../parts/Card';
import { Head } from '../parts/Head';
import { NodeLink } from '../parts/Link';
import { QueryButton } from '../parts/Query';
import { Empty, Loading, Problems } from '../parts/States';
import { Pager, Table } from '../parts/Table';

const ROWS = 50;

/** All accounts, page by page. */
export function AccountsPage() {
  const [parameters, change] = useParameters();
  const after = parameters.get('after') ?? undefined;
  const variables = { first: ROWS, after, asOf: useAsOf() };
  const { data, problems, isLoading, retry } = useQuery(accounts, variables);
  const found = data?.accounts;
  return (
    <>
      <Head title="Accounts" lead={found && counted(found.totalCount, 'account')}>
        <QueryButton operation={accounts} variables={variables} />
      </Head>
      <Problems problems={problems} retry={retry} />
      {!found && isLoading && <Loading height={480} />}
      {found && (
        <Card title="All accounts">
          <div className={isLoading ? 'is-stale' : undefined}>
            {found.nodes.length ? (
              <Table caption="Accounts" rows={found.nodes} keyOf={(account) => account.id} columns={[
                { name: 'Account', cell: (account) => <NodeLink node={account} /> },
                { name: 'Is our', cell: (account) => account.population ? POPULATION[account.population] : NONE },
                { name: 'Segment', cell: (account) => account.segment ?? NONE },
                { name: 'Industry', cell: (account) => account.industry ?? NONE },
                { name: 'Region', cell: (account) => account.region ?? NONE },
                { name: 'Customer since', cell: (account) => date(account.customerSince) },
                { name: 'Partners', isNumber: true, cell: (account) => count(account.partners.totalCount) },
                { name: 'Integrations', isNumber: true, cell: (account) => count(account.integrations.totalCount) },
                { name: 'ARR', isNumber: true, cell: (account) => account.arr ? money(account.arr) : NONE },
              ]} />
            ) : <Empty title="There is no account.">Load some with <code>ecograph import table --as account</code>.</Empty>}
          </div>
          <Pager total={found.totalCount} noun="account" shown={found.nodes.length} isFirst={!after}
            next={found.pageInfo.hasNextPage ? found.pageInfo.endCursor : null} onTurn={(cursor) => change({ after: cursor }, { replace: false })} />
        </Card>
      )}
    </>
  );
}
