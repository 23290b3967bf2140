/** Which partners share accounts with which, as the cells of a heat map. */
import type { SharedAccounts } from '#operations';

type Found = NonNullable<SharedAccounts['partnerGraph']>;

export type HeatPartner = { id: string; name: string; community: number | null };

export type Pair = { one: HeatPartner; other: HeatPartner; sharedAccounts: number; sharedIntegrations: number; weight: number };

export type Heat = {
  /** By community, and within one the largest PageRank first. */
  partners: readonly HeatPartner[];
  /** Those tied, the most shared accounts first. */
  pairs: readonly Pair[];
  /** What ties two partners, in either order. */
  pairOf: (one: string, other: string) => Pair | undefined;
  most: number;
};

export function heatOf({ nodes, edges }: Pick<Found, 'nodes' | 'edges'>): Heat {
  const last = Math.max(0, ...nodes.map(({ community }) => (community ?? -1) + 1));
  const partners = [...nodes]
    .sort((one, other) => (one.community ?? last) - (other.community ?? last) || (other.size ?? 0) - (one.size ?? 0)
      || one.partner.name.localeCompare(other.partner.name))
    .map(({ community, partner }): HeatPartner => ({ ...partner, community }));
  const place = new Map(partners.map(({ id }, at) => [id, at]));
  const known = new Map<string, Pair>();
  for (const { from, to, ...tie } of edges) {
    const [first, second] = [place.get(from), place.get(to)];
    if (first === undefined || second === undefined) continue;
    const [one, other] = [partners[Math.min(first, second)], partners[Math.max(first, second)]];
    if (one && other) known.set(keyOf(one.id, other.id), { one, other, ...tie });
  }
  const pairs = [...known.values()].sort((one, other) => other.sharedAccounts - one.sharedAccounts || other.weight - one.weight);
  return {
    partners, pairs, most: pairs[0]?.sharedAccounts ?? 0,
    pairOf: (one, other) => known.get(keyOf(one, other)) ?? known.get(keyOf(other, one)),
  };
}

const STEPS = 5;

/** How dark a count is, 1 to 5 and 0 for none: by the root of its share in the most, so that small ones can be told apart. */
export function step(count: number, most: number): number {
  return count > 0 && most > 0 ? Math.min(STEPS, Math.ceil(STEPS * Math.sqrt(count / most) - 1e-9)) : 0;
}

/** Which counts each step stands for; steps without any are left out. */
export function steps(most: number): { step: number; from: number; to: number }[] {
  return Array.from({ length: STEPS }, (_, at) => ({
    step: at + 1, from: Math.floor(most * (at / STEPS) ** 2 + 1e-9) + 1, to: Math.floor(most * ((at + 1) / STEPS) ** 2 + 1e-9),
  })).filter(({ from, to }) => from <= to);
}

/** Where the arrow keys lead from a cell: to the next one in that direction that can be opened. */
export function next(heat: Heat, [row, column]: readonly [number, number], key: string): [number, number] | undefined {
  const [down, right] = DIRECTIONS[key] ?? [0, 0];
  if (!down && !right) return undefined;
  for (let [y, x] = [row + down, column + right]; ; [y, x] = [y + down, x + right]) {
    const [one, other] = [heat.partners[y], heat.partners[x]];
    if (!one || !other) return undefined;
    if (heat.pairOf(one.id, other.id)) return [y, x];
  }
}

const DIRECTIONS: Record<string, [number, number]> = {
  ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1],
};

/** Pairs by a column of their table. */
export function sortedPairs(pairs: readonly Pair[], { by, isDescending }: { by: string; isDescending: boolean }): Pair[] {
  const sign = isDescending ? -1 : 1;
  const name = ({ one, other }: Pair) => `${one.name} ${other.name}`;
  return [...pairs].sort((one, other) => sign * (by === 'pair' ? name(one).localeCompare(name(other))
    : one[by as 'weight'] - other[by as 'weight']));
}

function keyOf(one: string, other: string): string {
  return `${one} ${other}`;
}
