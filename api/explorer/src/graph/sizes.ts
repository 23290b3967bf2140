/** What a partner's dot is sized by. */
import type { PartnerGraph } from '#operations';

import { covered } from '../format/covered';
import { count, decimal, NONE } from '../format/format';
import type { Network } from './network';

export const SIZES = {
  pageRank: 'PageRank',
  ties: 'Ties',
  weight: 'Strength of its ties',
  sharedAccounts: 'Accounts shared',
  betweenness: 'Betweenness',
  coverageShapley: 'Fair share of covered ARR',
} as const;

export type SizeBy = keyof typeof SIZES;

/** What each counts, in words that end a sentence. */
export const SIZE_MEANING: Record<SizeBy, string> = {
  pageRank: 'a partner’s share of what flows along all ties',
  ties: 'how many partners one is tied to',
  weight: 'the weights of a partner’s ties, added up',
  sharedAccounts: 'the accounts on a partner’s ties, added up: one that is shared with two others counts twice',
  betweenness: 'the pairs of others whose shortest ways lead through a partner',
  coverageShapley: 'the value of a partner’s accounts, each split evenly among those that have it',
};

/** The value of each partner; null where it is not measured. */
export function valuesOf(graph: Network, by: SizeBy): (id: string) => number | null {
  if (by === 'ties') return (id) => graph.degree(id);
  if (by === 'weight' || by === 'sharedAccounts') {
    const sums = new Map<string, number>();
    graph.forEachEdge((_edge, tie, from, to) => {
      for (const id of [from, to]) sums.set(id, (sums.get(id) ?? 0) + tie[by]);
    });
    return (id) => sums.get(id) ?? 0;
  }
  return (id) => graph.getNodeAttribute(id, by);
}

/** What covered value is counted in; it is the same for all partners. */
export type Basis = NonNullable<PartnerGraph['partners']['nodes'][number]['measures']> | null | undefined;

/** A value as it is read. */
export function sizeWord(by: SizeBy, value: number | null, basis?: Basis): string {
  if (by === 'coverageShapley' && basis) return covered(by, { ...basis, coverageShapley: value, coverageLeaveOneOut: null }) ?? NONE;
  return by === 'ties' || by === 'sharedAccounts' ? count(value) : decimal(value);
}
