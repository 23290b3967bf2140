import { partners } from '#operations';

import { useAsOf } from '../app/asOf';
import { useParameters } from '../app/router';
import { useQuery } from '../data/useQuery';
import { count, counted, date, NONE } from '../format/format';
import { StatusBadge, TypeBadges } from '../parts/Badges';
import { Card } from '../parts/Card';
import { Head } from '../parts/Head';
import { NodeLink } from '../parts/Link';
import { QueryButton } from '../parts/Query';
import { Empty, Loading, Problems } from '../parts/States';
import { Pager, Table } from '../parts/Table';

const ROWS = 50;

/** All partners, page by page. */
export function PartnersPage() {
  const [parameters, change] = useParameters();
  const after = parameters.get('after') ?? undefined;
  const variables = { first: ROWS, after, asOf: useAsOf() };
  const { data, problems, isLoading, retry } = useQuery(partners, variables);
  const found = data?.partners;
  return (
    <>
      <Head title="Partners" lead={found && counted(found.totalCount, 'partner')}>
        <QueryButton operation={partners} variables={variables} />
      </Head>
      <Problems problems={problems} retry={retry} />
      {!found && isLoading && <Loading height={480} />}
      {found && (
        <Card title="All partners">
          <div className={isLoading ? 'is-stale' : undefined}>
            {found.nodes.length ? (
              <Table caption="Partners" rows={found.nodes} keyOf={(partner) => partner.id} columns={[
                { name: 'Partner', cell: (partner) => <NodeLink node={partner} /> },
                { name: 'Type', cell: (partner) => <span className="badges"><TypeBadges types={partner.types} /></span> },
                { name: 'Status', cell: (partner) => <StatusBadge status={partner.status} /> },
                { name: 'Tier', cell: (partner) => partner.tier ?? NONE },
                { name: 'Region', cell: (partner) => partner.region ?? NONE },
                { name: 'Joined', cell: (partner) => date(partner.joinedOn) },
                { name: 'Accounts', isNumber: true, cell: (partner) => count(partner.accounts.totalCount) },
                { name: 'Integrations', isNumber: true, cell: (partner) => count(partner.integrations.totalCount) },
                { name: 'Deals', isNumber: true, cell: (partner) => count(partner.deals.totalCount) },
              ]} />
            ) : <Empty title="There is no partner.">Load some with <code>ecograph import</code>.</Empty>}
          </div>
          <Pager total={found.totalCount} noun="partner" shown={found.nodes.length} isFirst={!after}
            next={found.pageInfo.hasNextPage ? found.pageInfo.endCursor : null} onTurn={(cursor) => change({ after: cursor }, { replace: false })} />
        </Card>
      )}
    </>
  );
}
