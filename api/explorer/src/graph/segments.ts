/** What partners can be put together by, and what stands together then. */
import { PARTNER_TYPES } from '../format/words';
import { type Network, type PartnerNode, leaders } from './network';

export const SEGMENTS = {
  type: 'Type', sector: 'Sector', region: 'Region', tier: 'Tier', community: 'Community',
} as const;

export type Segment = keyof typeof SEGMENTS;

/** Partners of one segment; those that have none are together, and last. */
export type Group = { key: string; name: string; ids: readonly string[] };

/** What a partner has of a segment: of several types or sectors, the first. */
export function segmentOf(node: Omit<PartnerNode, 'x' | 'y'>, by: Segment): string | null {
  switch (by) {
    case 'type': return node.types[0] ?? null;
    case 'sector': return node.sectors[0] ?? null;
    case 'community': return node.community === null ? null : String(node.community);
    default: return node[by];
  }
}

/** The word for it. Communities have numbers alone. */
export function segmentWord(node: Omit<PartnerNode, 'x' | 'y'>, by: Segment): string | null {
  const key = segmentOf(node, by);
  if (key === null) return null;
  if (by === 'type') return PARTNER_TYPES[key as keyof typeof PARTNER_TYPES];
  return by === 'community' ? String(Number(key) + 1) : key;
}

/** All partners in groups, the largest first, equal ones by name. */
export function groups(graph: Network, by: Segment): Group[] {
  const found = new Map<string | null, string[]>();
  graph.forEachNode((id, node) => {
    const key = segmentOf(node, by);
    const known = found.get(key);
    if (known) known.push(id);
    else found.set(key, [id]);
  });
  const named = by === 'community' ? leaders(graph) : new Map<number, { name: string }>();
  const nameOf = (key: string | null, first: string) => {
    if (key === null) return `No ${SEGMENTS[by].toLowerCase()}`;
    const leader = by === 'community' ? named.get(Number(key))?.name : undefined;
    const word = segmentWord(graph.getNodeAttributes(first), by) ?? key;
    return leader === undefined ? word : `${word}: ${leader}`;
  };
  return [...found].map(([key, ids]) => ({ key, group: { key: key ?? '', name: nameOf(key, ids[0] ?? ''), ids } }))
    .sort((one, other) => Number(one.key === null) - Number(other.key === null)
      || other.group.ids.length - one.group.ids.length || one.group.name.localeCompare(other.group.name))
    .map(({ group }) => group);
}
