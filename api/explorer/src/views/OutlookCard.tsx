import { accountOutlook } from '#operations';

import { counted, decimal, listed } from '../format/format';
import { TypeBadges } from '../parts/Badges';
import { Facts } from '../parts/Card';
import { NodeLink } from '../parts/Link';
import { QueryCard } from '../parts/QueryCard';
import { Empty } from '../parts/States';
import { FirstOf, Table } from '../parts/Table';

/** What holds an account (its moat), and the partners that it might take on next. */
export function OutlookCard({ id }: { id: string }) {
  return (
    <QueryCard title="Moat, and next best partners" operation={accountOutlook} variables={{ id }} height={240}
      note="The moat: what the account would have to give up to leave. Next best partners are those that accounts with the same partners have; the partners in the last column speak for them.">
      {({ account }) => account && (
        <>
          <Facts facts={[
            ['Partners it would lose', `${counted(account.moat.partnersLost, 'partner')}${account.moat.isSolePartner ? ', its only one' : ''}`],
            ['Of these hard to replace', decimal(account.moat.irreplaceable)],
            ['Integrations it would lose', counted(account.moat.enabledIntegrations, 'integration')],
          ]} />
          {account.nextBestPartners.nodes.length ? (
            <>
              <Table caption="Next best partners" rows={account.nextBestPartners.nodes} keyOf={({ partner }) => partner.id} columns={[
                { name: 'Partner', cell: ({ partner }) => <NodeLink node={partner} /> },
                { name: 'Type', cell: ({ partner }) => <TypeBadges types={partner.types} /> },
                { name: 'Score', isNumber: true, cell: ({ score }) => decimal(score) },
                { name: 'Because it has', cell: ({ because }) => listed(because.map(({ name }) => name)) },
              ]} />
              <FirstOf shown={account.nextBestPartners.nodes.length} total={account.nextBestPartners.totalCount} />
            </>
          ) : <Empty title="No next partner is proposed.">{account.nextBestPartners.reason}</Empty>}
        </>
      )}
    </QueryCard>
  );
}
