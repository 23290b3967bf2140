import { partners, type PartnerWhere } from '#operations';

import { count, date, NONE } from '../format/format';
import { PARTNER_TYPES, STATUS } from '../format/words';
import { StatusBadge, TypeBadges } from '../parts/Badges';
import { NodeLink } from '../parts/Link';
import { choice, containing, ListPage } from '../parts/ListPage';

/** All partners, or those that fit. */
export function PartnersPage() {
  return (
    <ListPage title="Partners" noun="partner" operation={partners} of={(data) => data.partners} where={where}
      lead="Companies that integrate with, implement, distribute or recommend what we make."
      empty={<>Load some with <code>ecograph import</code>.</>}
      filters={[
        { name: 'name', label: 'Name holds' },
        { name: 'type', label: 'Type', options: PARTNER_TYPES },
        { name: 'status', label: 'Status', options: STATUS },
        { name: 'tier', label: 'Tier' },
        { name: 'region', label: 'Region' },
        { name: 'manager', label: 'Managed by (key)', mine: 'My partners' },
      ]}
      columns={[
        { name: 'Partner', sort: 'NAME', cell: (partner) => <NodeLink node={partner} /> },
        { name: 'Type', cell: (partner) => <span className="badges"><TypeBadges types={partner.types} /></span> },
        { name: 'Status', sort: 'STATUS', cell: (partner) => <StatusBadge status={partner.status} /> },
        { name: 'Tier', sort: 'TIER', cell: (partner) => partner.tier ?? NONE },
        { name: 'Region', sort: 'REGION', cell: (partner) => partner.region ?? NONE },
        { name: 'Joined', sort: 'JOINED_ON', cell: (partner) => <span className="nowrap">{date(partner.joinedOn)}</span> },
        { name: 'Accounts', sort: 'ACCOUNTS_COUNT', isNumber: true, cell: (partner) => count(partner.accounts.totalCount) },
        { name: 'Integrations', sort: 'INTEGRATIONS_COUNT', isNumber: true, cell: (partner) => count(partner.integrations.totalCount) },
        { name: 'Deals', sort: 'DEALS_COUNT', isNumber: true, cell: (partner) => count(partner.deals.totalCount) },
      ]} />
  );
}

function where(value: (name: string) => string | undefined): PartnerWhere | undefined {
  const [name, tier, region, manager] = ['name', 'tier', 'region', 'manager'].map(value);
  const [type, status] = [choice(value('type'), PARTNER_TYPES), choice(value('status'), STATUS)];
  const conditions: PartnerWhere = {
    ...(name && { or: containing(name).map((one) => ({ name: one })) }),
    ...(type && { types: { has: type } }),
    ...(status && { status: { eq: status } }),
    ...(tier && { tier: { startsWith: tier } }),
    ...(region && { region: { startsWith: region } }),
    ...(manager && { managerKey: { eq: manager } }),
  };
  return Object.keys(conditions).length ? conditions : undefined;
}
