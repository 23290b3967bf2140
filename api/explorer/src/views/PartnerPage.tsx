import { partner, type Partner, partnerStrengthens } from '#operations';

import { useAsOf } from '../app/asOf';
import { useQuery } from '../data/useQuery';
import { count, date, listed, money, NONE } from '../format/format';
import { CREDIT, DEAL_KIND, DEAL_STATUS } from '../format/words';
import { KindName, StatusBadge, TypeBadges } from '../parts/Badges';
import { Card, Facts, Stat } from '../parts/Card';
import { Head } from '../parts/Head';
import { Link, NodeLink } from '../parts/Link';
import { Page } from '../parts/Page';
import { Definition, QueryButton } from '../parts/Query';
import { QueryCard } from '../parts/QueryCard';
import { Empty } from '../parts/States';
import { Strengths } from '../parts/Strengths';
import { FirstOf, Table } from '../parts/Table';
import { LiftsCard } from './LiftsCard';
import { OverlapCard } from './OverlapCard';
import { PerformanceCard } from './PerformanceCard';
import { SharingCard } from './SharingCard';
import { StandingCard } from './StandingCard';

type Node = NonNullable<Partner['partner']>;
type Asked = { id: string; asOf: string | undefined };

/** One partner: who it is, what it offers, whom it strengthens and why. */
export function PartnerPage({ id }: { id: string }) {
  const variables = { id, asOf: useAsOf() };
  const loaded = useQuery(partner, variables);
  return (
    <Page id={id} loaded={loaded} of={(data) => data.partner}>
      {(node) => (
        <>
          <Head title={node.name} over={<KindName kind="Partner" />} lead={<Lead node={node} />}>
            <Link className="button" to="graph" parameters={{ partner: node.id }}>In the graph</Link>
            <Link className="button" to="overlap" parameters={{ partners: node.id }}>Overlap</Link>
            <Link className="button" to="report" parameters={{ partner: node.id }}>Report</Link>
            <Link className="button" to="import" parameters={{ partner: node.id }}>Import its list</Link>
            <Link className="button" to="what-if" parameters={{ partners: node.id }}>What if it left?</Link>
            <QueryButton operation={partner} variables={variables} />
          </Head>
          <Numbers node={node} variables={variables} />
          <Strengthens name={node.name} variables={variables} />
          <StandingCard id={node.id} />
          <LiftsCard id={node.id} name={node.name} />
          <OverlapCard id={node.id} name={node.name} asOf={variables.asOf} />
          <PerformanceCard id={node.id} asOf={variables.asOf} />
          <div className="columns">
            <Products node={node} />
            <Integrations node={node} />
          </div>
          <Deals node={node} />
          <SharingCard id={node.id} name={node.name} />
          <About node={node} />
        </>
      )}
    </Page>
  );
}

function Lead({ node }: { node: Node }) {
  return (
    <div className="badges">
      <TypeBadges types={node.types} />
      <StatusBadge status={node.status} />
      {node.tier && <span className="badge">{node.tier}</span>}
      {node.region && <span className="badge quiet">{node.region}</span>}
      {node.domain && <span className="badge quiet">{node.domain}</span>}
    </div>
  );
}

function Numbers({ node, variables }: { node: Node; variables: Asked }) {
  const define = (title: string, field: string) => (
    <Definition title={title} of={partner} part={`partner.${field}`} variables={variables} />
  );
  return (
    <dl className="stats">
      <Stat label="Accounts" value={count(node.accounts.totalCount)} definition={define('Accounts', 'accounts')}
        note={`${count(node.knownAccounts.totalCount)} on its own account list`} />
      <Stat label="Products" value={count(node.products.totalCount)} definition={define('Products', 'products')}
        note={listed(node.sectors)} />
      <Stat label="Integrations" value={count(node.integrations.totalCount)} definition={define('Integrations', 'integrations')}
        note="that it builds" />
      <Stat label="Deals" value={count(node.deals.totalCount)} definition={define('Deals', 'deals')} note="sourced or influenced" />
    </dl>
  );
}

function Strengthens({ name, variables }: { name: string; variables: Asked }) {
  return (
    <QueryCard title="Accounts it strengthens most" operation={partnerStrengthens} variables={variables} height={320}
      note="A score from 0 to 1 with what it is made of. It tells where the partner has a foothold, or makes what the account uses worth more; not that the account stays because of it.">
      {({ partner: found }) => {
        if (!found) return null;
        const { nodes, totalCount, reason } = found.strengthens;
        if (!nodes.length) return <Empty title="It strengthens no account yet.">{reason}</Empty>;
        return (
          <>
            <Strengths name={name} rows={nodes.map(({ account, ...strength }) => ({ other: account, strength }))} />
            <FirstOf shown={nodes.length} total={totalCount} />
          </>
        );
      }}
    </QueryCard>
  );
}

function Products({ node }: { node: Node }) {
  const { edges } = node.products;
  return (
    <Card title="Products">
      {edges.length ? (
        <Table caption="Products it offers" rows={edges} keyOf={({ node: product }) => product.id} columns={[
          { name: 'Product', cell: (edge) => <NodeLink node={edge.node} /> },
          { name: 'Sector', cell: (edge) => edge.node.category ?? NONE },
          { name: 'Offered since', cell: (edge) => date(edge.since) },
          { name: 'Accounts', isNumber: true, cell: (edge) => count(edge.node.accounts.totalCount) },
        ]} />
      ) : <Empty title="It offers no product." />}
    </Card>
  );
}

function Integrations({ node }: { node: Node }) {
  const { edges } = node.integrations;
  return (
    <Card title="Integrations it builds">
      {edges.length ? (
        <Table caption="Integrations it builds" rows={edges} keyOf={({ node: integration }) => integration.id} columns={[
          { name: 'Integration', cell: (edge) => <NodeLink node={edge.node} /> },
          { name: 'Connects', cell: (edge) => listed(edge.node.products.nodes.map((product) => product.name)) },
          { name: 'Grade', isNumber: true, cell: (edge) => count(edge.node.depth) },
          { name: 'Accounts', isNumber: true, cell: (edge) => count(edge.node.accounts.totalCount) },
        ]} />
      ) : <Empty title="It builds no integration." />}
    </Card>
  );
}

function Deals({ node }: { node: Node }) {
  const { edges, totalCount } = node.deals;
  return (
    <Card title="Deals" note="Sourced: the partner brought it. Influenced: it touched the deal later; never both.">
      {edges.length ? (
        <>
          <Table caption="Deals it sourced or influenced" rows={edges} keyOf={(edge) => edge.node.id + edge.credit} columns={[
            { name: 'Deal', cell: (edge) => <NodeLink node={edge.node} /> },
            { name: 'Account', cell: (edge) => <NodeLink node={edge.node.account} /> },
            { name: 'Credit', cell: (edge) => CREDIT[edge.credit] },
            { name: 'Kind', cell: (edge) => edge.node.kind ? DEAL_KIND[edge.node.kind] : NONE },
            { name: 'Status', cell: (edge) => DEAL_STATUS[edge.node.status] },
            { name: 'Opened', cell: (edge) => date(edge.node.openedOn) },
            { name: 'Amount', isNumber: true, cell: (edge) => edge.node.amount ? money(edge.node.amount) : NONE },
          ]} />
          <FirstOf shown={edges.length} total={totalCount} />
        </>
      ) : <Empty title="No deal is credited to it.">Deals come with <code>ecograph import crm</code>; a touch credits a partner.</Empty>}
    </Card>
  );
}

function About({ node }: { node: Node }) {
  return (
    <Card title="About">
      <Facts facts={[
        ['Joined', node.joinedOn && date(node.joinedOn)],
        ['Left', node.leftOn && date(node.leftOn)],
        ['Last activity', node.lastActivityOn && date(node.lastActivityOn)],
        ['Kind', node.subtype],
        ['Sectors', listed(node.sectors)],
        ['Managed by', node.managerKey],
        ['Also an account', node.asAccount && <NodeLink node={node.asAccount} />],
        ['Allied with', node.allies.nodes.length > 0
          && node.allies.nodes.map((ally, at) => <span key={ally.id}>{at > 0 && ', '}<NodeLink node={ally} /></span>)],
        ['Certified for', node.certifications.edges.length > 0 && node.certifications.edges.map((edge, at) => (
          <span key={edge.node.id}>{at > 0 && ', '}<NodeLink node={edge.node} />{edge.level && ` (${edge.level})`}</span>
        ))],
      ]} />
    </Card>
  );
}
