import { integration } from '#operations';

import { useAsOf } from '../app/asOf';
import { useQuery } from '../data/useQuery';
import { date } from '../format/format';
import { KindName } from '../parts/Badges';
import { Facts } from '../parts/Card';
import { Head } from '../parts/Head';
import { NodeList } from '../parts/NodeList';
import { Page } from '../parts/Page';
import { QueryButton } from '../parts/Query';
import { Users } from '../parts/Users';

/** One integration: who builds it, what it connects, who switched it on. */
export function IntegrationPage({ id }: { id: string }) {
  const variables = { id, asOf: useAsOf() };
  const loaded = useQuery(integration, variables);
  return (
    <Page id={id} loaded={loaded} of={(data) => data.integration}>
      {(node) => (
        <>
          <Head title={node.name} over={<KindName kind="Integration" />} lead={(
            <Facts facts={[
              ['Connects', <NodeList nodes={node.products.nodes} />],
              ['Built by', node.isPartnerBuilt ? <NodeList nodes={node.partners.nodes} /> : 'us'],
              ['Kind', node.kind],
              ['Grade', node.depth && `${node.depth} of 5`],
              ['Launched', node.launchedOn && date(node.launchedOn)],
              ['Retired', node.retiredOn && date(node.retiredOn)],
            ]} />
          )}>
            <QueryButton operation={integration} variables={variables} />
          </Head>
          <Users title="Accounts that switched it on" users={node.accounts} />
        </>
      )}
    </Page>
  );
}
