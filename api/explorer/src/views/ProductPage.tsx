import { product } from '#operations';

import { useAsOf } from '../app/asOf';
import { useQuery } from '../data/useQuery';
import { count, date, NONE } from '../format/format';
import { KindName } from '../parts/Badges';
import { Card, Facts } from '../parts/Card';
import { Head } from '../parts/Head';
import { NodeLink } from '../parts/Link';
import { NodeList } from '../parts/NodeList';
import { Page } from '../parts/Page';
import { QueryButton } from '../parts/Query';
import { Empty } from '../parts/States';
import { Table } from '../parts/Table';
import { Users } from '../parts/Users';

/** One product: who offers it, what connects it, who uses it. */
export function ProductPage({ id }: { id: string }) {
  const variables = { id, asOf: useAsOf() };
  const loaded = useQuery(product, variables);
  return (
    <Page id={id} loaded={loaded} of={(data) => data.product}>
      {(node) => (
        <>
          <Head title={node.name} over={<KindName kind="Product" />} lead={(
            <Facts facts={[
              ['Sector', node.category],
              ['Offered by', node.isPlatform ? 'us: it is our platform' : <NodeList nodes={node.partners.nodes} />],
              ['Listed', node.listedOn && date(node.listedOn)],
              ['Delisted', node.delistedOn && date(node.delistedOn)],
            ]} />
          )}>
            <QueryButton operation={product} variables={variables} />
          </Head>
          <Card title={`Integrations (${count(node.integrations.totalCount)})`}>
            {node.integrations.nodes.length ? (
              <Table caption="Integrations that connect it" rows={node.integrations.nodes} keyOf={(one) => one.id} columns={[
                { name: 'Integration', cell: (one) => <NodeLink node={one} /> },
                { name: 'With', cell: (one) => <NodeList nodes={one.products.nodes.filter((other) => other.id !== node.id)} /> },
                { name: 'Built by', cell: (one) => one.partners.nodes.length ? <NodeList nodes={one.partners.nodes} /> : 'us' },
                { name: 'Grade', isNumber: true, cell: (one) => count(one.depth) },
                { name: 'Accounts', isNumber: true, cell: (one) => count(one.accounts.totalCount) },
              ]} />
            ) : <Empty title="No integration connects it." />}
          </Card>
          <Users title="Accounts that use it" users={node.accounts} />
          {node.certifiedPartners.edges.length > 0 && (
            <Card title={`Certified partners (${count(node.certifiedPartners.totalCount)})`}>
              <Table caption="Certified partners" rows={node.certifiedPartners.edges} keyOf={(edge) => edge.node.id} columns={[
                { name: 'Partner', cell: (edge) => <NodeLink node={edge.node} /> },
                { name: 'Level', cell: (edge) => edge.level ?? NONE },
              ]} />
            </Card>
          )}
        </>
      )}
    </Page>
  );
}
