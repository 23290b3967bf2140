import { account, type Account, accountStrengthenedBy } from '#operations';

import { useAsOf } from '../app/asOf';
import { useQuery } from '../data/useQuery';
import { count, counted, date, listed, money, NONE } from '../format/format';
import { CREDIT, DEAL_KIND, DEAL_STATUS, POPULATION, ROLES, SOURCES } from '../format/words';
import { KindName, TypeBadges } from '../parts/Badges';
import { Card, Facts, Stat } from '../parts/Card';
import { Head } from '../parts/Head';
import { LayeredGraph } from '../parts/LayeredGraph';
import { NodeLink } from '../parts/Link';
import { Page } from '../parts/Page';
import { Definition, QueryButton } from '../parts/Query';
import { QueryCard } from '../parts/QueryCard';
import { Empty } from '../parts/States';
import { Strengths } from '../parts/Strengths';
import { FirstOf, Table } from '../parts/Table';
import { Timeline } from '../parts/Timeline';
import { OutlookCard } from './OutlookCard';
import { stack } from './stack';
import { story } from './story';

export type AccountNode = NonNullable<Account['account']>;
type Asked = { id: string; asOf: string | undefined };

/** One account: its stack, who strengthens it and why, and what happened when. */
export function AccountPage({ id }: { id: string }) {
  const variables = { id, asOf: useAsOf() };
  const loaded = useQuery(account, variables);
  return (
    <Page id={id} loaded={loaded} of={(data) => data.account}>
      {(node) => (
        <>
          <Head title={node.name} over={<KindName kind="Account" />} lead={<Lead node={node} />}>
            <QueryButton operation={account} variables={variables} />
          </Head>
          <Numbers node={node} variables={variables} />
          <StrengthenedBy name={node.name} variables={variables} />
          <OutlookCard id={node.id} />
          <Stack node={node} />
          <Card title="Timeline" note="What is dated. Nothing is drawn where no date is known.">
            <Timeline rows={story(node)} until={variables.asOf} />
          </Card>
          <Partners node={node} />
          <Deals node={node} />
        </>
      )}
    </Page>
  );
}

function Lead({ node }: { node: AccountNode }) {
  return (
    <>
      <div className="badges">
        {node.population && <span className={`badge ${node.population === 'CUSTOMER' ? 'good' : ''}`}>{POPULATION[node.population]}</span>}
        {node.churnedOn && !node.isActive && <span className="badge warn">Churned</span>}
        {[node.segment, node.industry, node.region, node.domain].filter(Boolean).map((fact) => (
          <span key={fact} className="badge quiet">{fact}</span>
        ))}
      </div>
      <Facts facts={[
        ['Customer since', node.customerSince && date(node.customerSince)],
        ['Churned', node.churnedOn && date(node.churnedOn)],
        ['Owner', node.ownerKey],
        ['Also a partner', node.asPartner && <NodeLink node={node.asPartner} />],
      ]} />
    </>
  );
}

function Numbers({ node, variables }: { node: AccountNode; variables: Asked }) {
  const define = (title: string, field: string) => (
    <Definition title={title} of={account} part={`account.${field}`} variables={variables} />
  );
  return (
    <dl className="stats">
      <Stat label="ARR" value={node.arr ? money(node.arr, 'short') : NONE} definition={define('ARR', 'arr')}
        note={node.arr ? money(node.arr) : 'not known'} />
      <Stat label="Partners" value={count(node.partners.totalCount)} definition={define('Partners', 'partners')}
        note={`${count(node.knownBy.totalCount)} have it on a list`} />
      <Stat label="Integrations switched on" value={count(node.integrations.totalCount)}
        definition={define('Integrations switched on', 'integrations')}
        note={`between ${counted(node.products.totalCount, 'product')} in use`} />
      <Stat label="Deals" value={count(node.deals.totalCount)} definition={define('Deals', 'deals')} note="open, won and lost" />
    </dl>
  );
}

function StrengthenedBy({ name, variables }: { name: string; variables: Asked }) {
  return (
    <QueryCard title="Partners that strengthen it most" operation={accountStrengthenedBy} variables={variables} height={320}
      note="A score from 0 to 1 with what it is made of. It tells where a partner has a foothold, or makes what the account uses worth more; not that the account stays because of it.">
      {({ account: found }) => {
        if (!found) return null;
        const { nodes, totalCount, reason } = found.strengthenedBy;
        if (!nodes.length) return <Empty title="No partner strengthens it yet.">{reason}</Empty>;
        return (
          <>
            <Strengths name={name} rows={nodes.map(({ partner, ...strength }) => ({ other: partner, strength }))} />
            <FirstOf shown={nodes.length} total={totalCount} />
          </>
        );
      }}
    </QueryCard>
  );
}

function Stack({ node }: { node: AccountNode }) {
  const drawn = stack(node);
  return (
    <Card title="What it uses" note="Products in use, the integrations it switched on between them, and who builds or offers them.">
      {drawn.nodes.length ? (
        <>
          <LayeredGraph title={`What ${node.name} uses`} nodes={drawn.nodes} edges={drawn.edges} columnNames={drawn.columnNames} />
          <Table caption="Products in use" rows={node.products.edges} keyOf={(edge) => edge.node.id} columns={[
            { name: 'Product', cell: (edge) => <NodeLink node={edge.node} /> },
            { name: 'Sector', cell: (edge) => edge.node.category ?? NONE },
            { name: 'Offered by', cell: (edge) => edge.node.isPlatform ? 'us' : listed(edge.node.partners.nodes.map(({ name }) => name)) || NONE },
            { name: 'Used since', cell: (edge) => date(edge.since) },
          ]} />
        </>
      ) : <Empty title="No product in use is known.">Usage comes with <code>ecograph import table --as USES</code>.</Empty>}
    </Card>
  );
}

function Partners({ node }: { node: AccountNode }) {
  const { edges, totalCount } = node.partners;
  return (
    <Card title="Its partners">
      {edges.length ? (
        <>
          <Table caption="Its partners" rows={edges} keyOf={(edge) => `${edge.node.id} ${edge.since}`} columns={[
            { name: 'Partner', cell: (edge) => <><NodeLink node={edge.node} /><div className="badges"><TypeBadges types={edge.node.types} /></div></> },
            { name: 'Does', cell: (edge) => listed(edge.roles.map((role) => ROLES[role])) || NONE },
            { name: 'Known from', cell: (edge) => listed(edge.sources.map((source) => SOURCES[source])) },
            { name: 'Since', cell: (edge) => date(edge.since) },
          ]} />
          <FirstOf shown={edges.length} total={totalCount} />
        </>
      ) : <Empty title="It has no partner yet." />}
    </Card>
  );
}

function Deals({ node }: { node: AccountNode }) {
  const { nodes } = node.deals;
  return (
    <Card title="Deals">
      {nodes.length ? (
        <Table caption="Deals with it" rows={nodes} keyOf={(deal) => deal.id} columns={[
          { name: 'Deal', cell: (deal) => <NodeLink node={deal} /> },
          { name: 'Status', cell: (deal) => `${DEAL_STATUS[deal.status]}${deal.kind ? `, ${DEAL_KIND[deal.kind].toLowerCase()}` : ''}` },
          { name: 'Partners', cell: (deal) => deal.partners.edges.length ? deal.partners.edges.map((edge, at) => (
            <span key={edge.node.id}>{at > 0 && ', '}<NodeLink node={edge.node} /> <span className="muted small">{CREDIT[edge.credit].toLowerCase()}</span></span>
          )) : NONE },
          { name: 'Closed', cell: (deal) => date(deal.closedOn) },
          { name: 'Amount', isNumber: true, cell: (deal) => deal.amount ? money(deal.amount) : NONE },
        ]} />
      ) : <Empty title="No deal with it is known." />}
    </Card>
  );
}
