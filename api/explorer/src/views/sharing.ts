/** With whom a partner shares accounts. */
import type { PartnerOverlap } from '#operations';

type Account = PartnerOverlap['accounts']['nodes'][number];

export type Sharer = { id: string; name: string; accounts: number };

/**
 * The other partners of a partner's accounts, those of most first; that an account is on a list is not enough, and who has
 * left by the day has no part in it.
 */
export function sharers(accounts: readonly Account[], id: string, day: string): Sharer[] {
  const found = new Map<string, Sharer>();
  for (const { partners } of accounts) {
    for (const { node: { leftOn, ...other }, sources } of partners.edges) {
      if (other.id === id || (leftOn !== null && leftOn <= day) || sources.every((source) => source === 'LIST')) continue;
      const known = found.get(other.id);
      found.set(other.id, { ...other, accounts: (known?.accounts ?? 0) + 1 });
    }
  }
  return [...found.values()].sort((one, other) => other.accounts - one.accounts || one.name.localeCompare(other.name));
}
