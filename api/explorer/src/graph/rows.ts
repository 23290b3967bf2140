/** The partners of a picture as rows of a table. */
import { type Choice, fits, type Network, type PartnerNode, type Tie } from './network';

export type PartnerRow = Omit<PartnerNode, 'x' | 'y' | 'joinedOn'> & {
  id: string;
  ties: number;
  /** What ties it to the chosen partner or, on a way, to the partner before it. */
  tie?: Tie | undefined;
};

/** The partners on the way, in order; or the chosen partner and those tied to it; or all that fit, the largest first. */
export function rowsOf(graph: Network, choice: Choice, way: readonly string[] | null | undefined): PartnerRow[] {
  if (way) return way.map((id, at) => row(graph, id, way[at - 1]));
  const { selected } = choice;
  if (selected && graph.hasNode(selected)) {
    const near = graph.neighbors(selected).map((id) => row(graph, id, selected));
    return [row(graph, selected), ...near.sort((one, other) => (other.tie?.weight ?? 0) - (one.tie?.weight ?? 0))];
  }
  return graph.filterNodes((_, node) => fits(node, choice)).map((id) => row(graph, id))
    .sort((one, other) => other.pageRank - one.pageRank);
}

function row(graph: Network, id: string, before?: string): PartnerRow {
  const { name, types, community, pageRank } = graph.getNodeAttributes(id);
  const edge = before === undefined ? undefined : graph.edge(before, id);
  return { id, name, types, community, pageRank, ties: graph.degree(id), tie: edge ? graph.getEdgeAttributes(edge) : undefined };
}

/** Rows by a column; those without a value stand last, equal ones as they stood. */
export function sorted(rows: readonly PartnerRow[], { by, isDescending }: { by: string; isDescending: boolean }): PartnerRow[] {
  const valueOf = (one: PartnerRow) => (by === 'weight' ? one.tie?.weight : one[by as 'name' | 'community' | 'pageRank' | 'ties']) ?? null;
  const sign = isDescending ? -1 : 1;
  return [...rows].sort((one, other) => {
    const [first, second] = [valueOf(one), valueOf(other)];
    if (first === null || second === null) return Number(first === null) - Number(second === null);
    return sign * (typeof first === 'string' ? first.localeCompare(String(second)) : first - Number(second));
  });
}
