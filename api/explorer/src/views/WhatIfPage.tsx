import { whatIf, type WhatIf } from '#operations';

import { useAsOf } from '../app/asOf';
import { idsOf, useParameters } from '../app/router';
import { useQuery } from '../data/useQuery';
import { count, money, moneys, NONE, percent } from '../format/format';
import { TypeBadges } from '../parts/Badges';
import { Card, Stat } from '../parts/Card';
import { ChosenPartners } from '../parts/ChosenPartners';
import { Head } from '../parts/Head';
import { NodeLink } from '../parts/Link';
import { Definition, QueryButton } from '../parts/Query';
import { RobustnessCard } from '../parts/RobustnessCard';
import { Empty, Loading, Problems } from '../parts/States';
import { FirstOf, Table } from '../parts/Table';

type Found = WhatIf['whatIf'];
type Asked = { partners: readonly string[]; asOf: string | undefined };

/** What hangs on some partners. */
export function WhatIfPage() {
  const [parameters, change] = useParameters();
  const asOf = useAsOf();
  const partners = idsOf(parameters.get('partners'));
  const variables = { partners, asOf };
  const { data, problems, isLoading, retry } = useQuery(whatIf, partners.length ? variables : null);
  const names = new Map(data?.partners.nodes.map((node) => [node.id, node.name]));
  return (
    <>
      <Head title="What if partners left?"
        lead="What hangs on some partners today, all else being equal. It is no forecast: accounts may stay, and others may take over.">
        {partners.length > 0 && <QueryButton operation={whatIf} variables={variables} />}
      </Head>
      <ChosenPartners label="Partners that leave" field="Add a partner that leaves" away="Keep" ids={partners} names={names}
        onChange={(ids) => change({ partners: ids.join(',') }, { replace: false })} />
      <Problems problems={problems} retry={retry} />
      {partners.length > 0 && !data && isLoading && <Loading height={360} what="Working out what hangs on them" />}
      {partners.length > 0 && data && !problems.length && (
        <div className={isLoading ? 'main-grid is-stale' : 'main-grid'}><Answer data={data} variables={variables} /></div>
      )}
      {!partners.length && (
        <Empty title="No partner is chosen.">Name one or more above, or follow “What if it left?” on a partner&rsquo;s page.</Empty>
      )}
      <RobustnessCard asOf={asOf} />
    </>
  );
}

function Answer({ data, variables }: { data: WhatIf; variables: Asked }) {
  const { whatIf: found, ecosystem, partners } = data;
  if (!partners.nodes.length) return <Empty title="None of these partners is known.">Take them away above, and search for others.</Empty>;
  const define = (title: string, field: string) => (
    <Definition title={title} of={whatIf} part={`whatIf.${field}`} variables={variables} />
  );
  return (
    <>
      <dl className="stats">
        <Stat label="Accounts affected" value={count(found.accountsAffected.totalCount)} definition={define('Accounts affected', 'accountsAffected')}
          note={worth(found.valueAffected)} />
        <Stat label="Accounts left without a partner" value={count(found.accountsUncovered.totalCount)}
          definition={define('Accounts left without a partner', 'accountsUncovered')} note={worth(found.valueUncovered)} />
        <Stat label="Open pipeline affected" value={moneys(found.openPipelineAffected)}
          definition={define('Open pipeline affected', 'openPipelineAffected')} note="open deals that they sourced or influenced" />
      </dl>
      <Beside found={found} today={ecosystem} />
      <div className="columns">
        <Accounts title="Accounts left without a partner" none="Every account keeps a partner." found={found.accountsUncovered} />
        <Accounts title="Accounts affected" none="It is no account's partner." found={found.accountsAffected} />
        <Card title="Integrations lost" note="Nobody else builds them.">
          {found.integrationsLost.nodes.length ? (
            <>
              <Table caption="Integrations lost, by name" rows={found.integrationsLost.nodes} keyOf={(node) => node.id} columns={[
                { name: 'Integration', cell: (node) => <NodeLink node={node} /> },
                { name: 'Kind', cell: (node) => node.kind ?? NONE },
                { name: 'Accounts', isNumber: true, cell: (node) => count(node.accounts.totalCount) },
              ]} />
              <FirstOf shown={found.integrationsLost.nodes.length} total={found.integrationsLost.totalCount} />
            </>
          ) : <Empty title="No integration is lost." />}
        </Card>
        <Card title="Partners weakened" note="Their products lose an integration.">
          {found.partnersWeakened.nodes.length ? (
            <>
              <Table caption="Partners weakened, by name" rows={found.partnersWeakened.nodes} keyOf={(node) => node.id} columns={[
                { name: 'Partner', cell: (node) => <NodeLink node={node} /> },
                { name: 'Type', cell: (node) => <span className="badges"><TypeBadges types={node.types} /></span> },
              ]} />
              <FirstOf shown={found.partnersWeakened.nodes.length} total={found.partnersWeakened.totalCount} />
            </>
          ) : <Empty title="No other partner's product loses an integration." />}
        </Card>
      </div>
    </>
  );
}

function worth({ basis, share, arr }: Found['valueAffected']): string {
  const part = `${percent(share)} of the ${basis === 'ARR' ? 'ARR' : 'accounts'} that partners cover`;
  return arr.length ? `${moneys(arr)} of ARR; ${part}` : part;
}

function Beside({ found, today }: { found: Found; today: WhatIf['ecosystem'] }) {
  const rows = [
    { name: 'Active partners', now: count(today.activePartners), then: count(found.activePartners), change: fewer(today.activePartners - found.activePartners) },
    {
      name: 'Integrations available', now: count(today.activeIntegrations),
      then: count(today.activeIntegrations - found.integrationsLost.totalCount), change: fewer(found.integrationsLost.totalCount),
    },
    {
      name: found.valueUncovered.basis === 'ARR' ? 'Covered ARR' : 'Covered accounts', now: percent(1),
      then: percent(1 - found.valueUncovered.share), change: found.valueUncovered.share ? `−${percent(found.valueUncovered.share)}` : 'none',
    },
  ];
  return (
    <Card title="Beside today">
      <Table caption="Today and without them" rows={rows} keyOf={(row) => row.name} columns={[
        { name: 'What', cell: (row) => row.name },
        { name: 'Today', isNumber: true, cell: (row) => row.now },
        { name: 'Without them', isNumber: true, cell: (row) => row.then },
        { name: 'Change', isNumber: true, cell: (row) => row.change },
      ]} />
    </Card>
  );
}

function fewer(by: number): string {
  return by ? `−${count(by)}` : 'none';
}

function Accounts({ title, none, found }: { title: string; none: string; found: Found['accountsAffected'] }) {
  return (
    <Card title={title}>
      {found.nodes.length ? (
        <>
          <Table caption={`${title}, by name`} rows={found.nodes} keyOf={(node) => node.id} columns={[
            { name: 'Account', cell: (node) => <NodeLink node={node} /> },
            { name: 'Industry', cell: (node) => node.industry ?? NONE },
            { name: 'Segment', cell: (node) => node.segment ?? NONE },
            { name: 'ARR', isNumber: true, cell: (node) => (node.arr ? money(node.arr, 'short') : NONE) },
          ]} />
          <FirstOf shown={found.nodes.length} total={found.totalCount} />
        </>
      ) : <Empty title={none} />}
    </Card>
  );
}
