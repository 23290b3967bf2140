/** With whom a partner shares accounts. */
import type { PartnerOverlap } from '#operations';

type Account = PartnerOverlap['accounts']['nodes'][number];

export type Sharer = { id: string; name: string; accounts: number };

/** The other partners of a partner's accounts, those of most first; that an account is on a list is not enough. */
export function sharers(accounts: readonly Account[], id: string): Sharer[] {
  const found = new Map<string, Sharer>();
  for (const { partners } of accounts) {
    for (const { node, sources } of partners.edges) {
      if (node.id === id || sources.every((source) => source === 'LIST')) continue;
      const known = found.get(node.id) ?? { ...node, accounts: 0 };
      found.set(node.id, { ...known, accounts: known.accounts + 1 });
    }
  }
  return [...found.values()].sort((one, other) => other.accounts - one.accounts || one.name.localeCompare(other.name));
}
