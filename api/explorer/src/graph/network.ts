/** The partner graph in memory: who is tied to whom, and the ways between them. */
import type { PartnerGraph } from '#operations';
import { UndirectedGraph } from 'graphology';

import type { PartnerType } from '../format/words';

export type Found = NonNullable<PartnerGraph['partnerGraph']>;

export type PartnerNode = {
  x: number;
  y: number;
  name: string;
  types: readonly PartnerType[];
  sectors: readonly string[];
  region: string | null;
  tier: string | null;
  community: number | null;
  pageRank: number;
  betweenness: number | null;
  coverageShapley: number | null;
  joinedOn: string | null;
};

export type Tie = { weight: number; sharedAccounts: number; sharedIntegrations: number; since: string | null };

export type Network = UndirectedGraph<PartnerNode, Tie>;

/** What is shown of the graph. */
export type Choice = {
  type?: PartnerType | undefined;
  community?: number | undefined;
  selected?: string | undefined;
  other?: string | undefined;
};

export function network(found: Pick<Found, 'nodes' | 'edges'>): Network {
  const graph: Network = new UndirectedGraph();
  for (const { x, y, community, size, partner } of found.nodes) {
    const { id, measures, ...known } = partner;
    graph.addNode(id, {
      ...known, x, y, community, pageRank: size ?? 0,
      betweenness: measures?.betweenness ?? null, coverageShapley: measures?.coverageShapley ?? null,
    });
  }
  for (const { from, to, ...tie } of found.edges) {
    if (graph.hasNode(from) && graph.hasNode(to)) graph.mergeUndirectedEdge(from, to, tie);
  }
  return graph;
}

export function fits({ types, community }: PartnerNode, choice: Choice): boolean {
  return (!choice.type || types.includes(choice.type)) && (choice.community === undefined || community === choice.community);
}

/** Communities with how many partners each has, by number; those alone have none of their own. */
export function communities(graph: Network): { community: number; size: number }[] {
  const sizes = new Map<number, number>();
  graph.forEachNode((_, { community }) => {
    if (community !== null) sizes.set(community, (sizes.get(community) ?? 0) + 1);
  });
  return [...sizes].map(([community, size]) => ({ community, size })).sort((one, other) => one.community - other.community);
}

/** The partner with the largest PageRank in each community. */
export function leaders(graph: Network): Map<number, { name: string; pageRank: number }> {
  const found = new Map<number, { name: string; pageRank: number }>();
  graph.forEachNode((_, { community, name, pageRank }) => {
    const known = community === null ? undefined : found.get(community);
    if (community !== null && (!known || pageRank > known.pageRank)) found.set(community, { name, pageRank });
  });
  return found;
}

/**
 * The way between two partners over the fewest ties and, of such ways, over the heaviest: the one with the largest sum of
 * weights. Both ends are part of it; null where there is none.
 */
export function way(graph: Network, from: string, to: string): string[] | null {
  if (!graph.hasNode(from) || !graph.hasNode(to)) return null;
  const best = new Map<string, { before: string | null; weight: number }>([[from, { before: null, weight: 0 }]]);
  for (let layer = [from]; layer.length && !best.has(to);) {
    const next = new Map<string, { before: string; weight: number }>();
    for (const before of layer) {
      const sum = best.get(before)?.weight ?? 0;
      graph.forEachEdge(before, (_edge, tie, source, target) => {
        const id = source === before ? target : source;
        const weight = sum + tie.weight;
        if (!best.has(id) && weight > (next.get(id)?.weight ?? -1)) next.set(id, { before, weight });
      });
    }
    for (const [id, reached] of next) best.set(id, reached);
    layer = [...next.keys()];
  }
  if (!best.has(to)) return null;
  const ids: string[] = [];
  for (let id: string | null = to; id !== null; id = best.get(id)?.before ?? null) ids.unshift(id);
  return ids;
}

/** The edges along a way. */
export function tiesOf(graph: Network, ids: readonly string[]): string[] {
  return ids.slice(1).flatMap((id, at) => graph.edge(ids[at] ?? '', id) ?? []);
}

/** The heaviest ties of each partner, at most so many each: what holds a dense graph together. */
export function backbone(graph: Network, most: number): Set<string> {
  const kept = new Set<string>();
  graph.forEachNode((id) => {
    graph.mapEdges(id, (edge, { weight }) => ({ edge, weight }))
      .sort((one, other) => other.weight - one.weight)
      .slice(0, most)
      .forEach(({ edge }) => kept.add(edge));
  });
  return kept;
}
