import { DEAL_STATUS } from '../format/words';
import type { TimelineRow } from '../parts/Timeline';
import type { AccountNode } from './AccountPage';

/** What is dated of an account, by the day it began. */
export function story(account: AccountNode): TimelineRow[] {
  const rows: TimelineRow[] = [
    { id: account.id, name: 'Our customer', colour: 'account', since: account.customerSince, until: account.churnedOn },
    ...account.products.edges.map(({ node, since }) => (
      { id: node.id, name: node.name, colour: 'product', since, until: null })),
    ...account.integrations.edges.map(({ node, since }) => (
      { id: node.id, name: node.name, colour: 'integration', since, until: null })),
    ...account.partners.edges.map(({ node, since }) => (
      { id: node.id, name: node.name, colour: 'partner', since, until: null })),
    ...account.deals.nodes.map(({ id, name, openedOn, closedOn, status }) => (
      { id, name: `${name} (${DEAL_STATUS[status].toLowerCase()})`, colour: 'deal', since: openedOn, until: closedOn })),
  ];
  return rows.filter((row) => row.since).sort((one, other) => (one.since ?? '').localeCompare(other.since ?? ''));
}
