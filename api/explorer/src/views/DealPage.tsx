import { deal } from '#operations';

import { useAsOf } from '../app/asOf';
import { useQuery } from '../data/useQuery';
import { date, money } from '../format/format';
import { CHANNEL, CREDIT, DEAL_KIND, DEAL_STATUS } from '../format/words';
import { KindName, TypeBadges } from '../parts/Badges';
import { Card, Facts } from '../parts/Card';
import { Head } from '../parts/Head';
import { NodeLink } from '../parts/Link';
import { NodeList } from '../parts/NodeList';
import { Page } from '../parts/Page';
import { QueryButton } from '../parts/Query';
import { Empty } from '../parts/States';
import { Table } from '../parts/Table';

/** One deal: with whom, for what, and which partners are credited with it. */
export function DealPage({ id }: { id: string }) {
  const variables = { id, asOf: useAsOf() };
  const loaded = useQuery(deal, variables);
  return (
    <Page id={id} loaded={loaded} of={(data) => data.deal}>
      {(node) => (
        <>
          <Head title={node.name} over={<KindName kind="Deal" />} lead={(
            <Facts facts={[
              ['Account', <NodeLink node={node.account} />],
              ['Amount', node.amount && money(node.amount)],
              ['Status', DEAL_STATUS[node.status]],
              ['Stage', node.stage],
              ['Kind', node.kind && DEAL_KIND[node.kind]],
              ['Channel', node.channel && CHANNEL[node.channel]],
              ['Opened', node.openedOn && date(node.openedOn)],
              ['Closed', node.closedOn && date(node.closedOn)],
              ['Products', node.products.nodes.length > 0 && <NodeList nodes={node.products.nodes} />],
            ]} />
          )}>
            <QueryButton operation={deal} variables={variables} />
          </Head>
          <Card title="Partners credited with it" note="Sourced: the partner brought it. Influenced: it touched the deal later; never both.">
            {node.partners.edges.length ? (
              <Table caption="Partners credited with it" rows={node.partners.edges} keyOf={(edge) => edge.node.id} columns={[
                { name: 'Partner', cell: (edge) => <NodeLink node={edge.node} /> },
                { name: 'Type', cell: (edge) => <span className="badges"><TypeBadges types={edge.node.types} /></span> },
                { name: 'Credit', cell: (edge) => CREDIT[edge.credit] },
                { name: 'On', cell: (edge) => date(edge.on) },
              ]} />
            ) : <Empty title="No partner is credited with it.">A partner's touch, imported from the CRM, credits it.</Empty>}
          </Card>
        </>
      )}
    </Page>
  );
}
