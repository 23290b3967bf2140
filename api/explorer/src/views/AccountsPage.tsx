import { accounts, type AccountWhere } from '#operations';

import { count, date, money, NONE } from '../format/format';
import { POPULATION } from '../format/words';
import { NodeLink } from '../parts/Link';
import { choice, containing, ListPage } from '../parts/ListPage';

/** All accounts, or those that fit. */
export function AccountsPage() {
  return (
    <ListPage title="Accounts" noun="account" operation={accounts} of={(data) => data.accounts} where={where}
      lead="Companies that are, were or may become customers, of ours or of a partner."
      empty={<>Load some with <code>ecograph import table --as account</code>.</>}
      filters={[
        { name: 'name', label: 'Name holds' },
        { name: 'is', label: 'Is our', options: POPULATION },
        { name: 'segment', label: 'Segment' },
        { name: 'industry', label: 'Industry' },
        { name: 'region', label: 'Region' },
        { name: 'owner', label: 'Owned by (key)', mine: 'My accounts' },
      ]}
      columns={[
        { name: 'Account', sort: 'NAME', cell: (account) => <NodeLink node={account} /> },
        { name: 'Is our', sort: 'POPULATION', cell: (account) => account.population ? POPULATION[account.population] : NONE },
        { name: 'Segment', sort: 'SEGMENT', cell: (account) => account.segment ?? NONE },
        { name: 'Industry', sort: 'INDUSTRY', cell: (account) => account.industry ?? NONE },
        { name: 'Region', sort: 'REGION', cell: (account) => account.region ?? NONE },
        { name: 'Customer since', sort: 'CUSTOMER_SINCE', cell: (account) => <span className="nowrap">{date(account.customerSince)}</span> },
        { name: 'Partners', sort: 'PARTNERS_COUNT', isNumber: true, cell: (account) => count(account.partners.totalCount) },
        { name: 'Integrations', sort: 'INTEGRATIONS_COUNT', isNumber: true, cell: (account) => count(account.integrations.totalCount) },
        { name: 'ARR', isNumber: true, cell: (account) => account.arr ? money(account.arr) : NONE },
      ]} />
  );
}

function where(value: (name: string) => string | undefined): AccountWhere | undefined {
  const [name, segment, industry, region, owner] = ['name', 'segment', 'industry', 'region', 'owner'].map(value);
  const population = choice(value('is'), POPULATION);
  const conditions: AccountWhere = {
    ...(name && { or: containing(name).map((one) => ({ name: one })) }),
    ...(population && { population: { eq: population } }),
    ...(segment && { segment: { startsWith: segment } }),
    ...(industry && { industry: { startsWith: industry } }),
    ...(region && { region: { startsWith: region } }),
    ...(owner && { ownerKey: { eq: owner } }),
  };
  return Object.keys(conditions).length ? conditions : undefined;
}
