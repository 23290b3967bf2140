/** The partners of a picture as rows of a table. */
import { type Choice, fits, type Network, type PartnerNode, type Tie } from './network';
import { type Segment, segmentWord } from './segments';

export type PartnerRow = Omit<PartnerNode, 'x' | 'y'> & {
  id: string;
  ties: number;
  /** The value that its dot is sized by. */
  size: number | null;
  /** The word for the segment that the picture is arranged by. */
  segment: string | null;
  /** What ties it to the chosen partner or, on a way, to the partner before it. */
  tie?: Tie | undefined;
};

/** How the picture is drawn, as far as a row says it too. */
export type Drawing = { sizeOf: (id: string) => number | null; segment?: Segment | undefined };

/** The partners on the way, in order; or the chosen partner and those tied to it; or all that fit, those with the largest dots first. */
export function rowsOf(
  graph: Network, choice: Choice, way: readonly string[] | null | undefined, { sizeOf, segment }: Drawing,
): PartnerRow[] {
  const row = (id: string, before?: string): PartnerRow => {
    const { x: _x, y: _y, ...node } = graph.getNodeAttributes(id);
    const edge = before === undefined ? undefined : graph.edge(before, id);
    return {
      ...node, id, ties: graph.degree(id), size: sizeOf(id), segment: segment ? segmentWord(node, segment) : null,
      tie: edge ? graph.getEdgeAttributes(edge) : undefined,
    };
  };
  if (way) return way.map((id, at) => row(id, way[at - 1]));
  const { selected } = choice;
  if (selected && graph.hasNode(selected)) {
    const near = graph.neighbors(selected).map((id) => row(id, selected));
    return [row(selected), ...near.sort((one, other) => (other.tie?.weight ?? 0) - (one.tie?.weight ?? 0))];
  }
  return graph.filterNodes((_, node) => fits(node, choice)).map((id) => row(id))
    .sort((one, other) => (other.size ?? -1) - (one.size ?? -1));
}

/** Rows by a column; those without a value stand last, equal ones as they stood. */
export function sorted(rows: readonly PartnerRow[], { by, isDescending }: { by: string; isDescending: boolean }): PartnerRow[] {
  const valueOf = (one: PartnerRow) => (by === 'weight' ? one.tie?.weight : one[by as 'name' | 'community' | 'size' | 'ties' | 'segment']) ?? null;
  const sign = isDescending ? -1 : 1;
  return [...rows].sort((one, other) => {
    const [first, second] = [valueOf(one), valueOf(other)];
    if (first === null || second === null) return Number(first === null) - Number(second === null);
    return sign * (typeof first === 'string' ? first.localeCompare(String(second)) : first - Number(second));
  });
}
