/** How the partner graph is drawn: a colour, a size and whether at all, for each partner and each tie. */
import { backbone, type Choice, communities, fits, leaders, type Network, tiesOf, way } from './network';
import { type SizeBy, valuesOf } from './sizes';

export type ColourBy = 'community' | 'type';

/** Colours as a canvas takes them. */
export type Palette = Readonly<Record<'text' | 'surface' | 'sunken' | 'line' | 'strong' | 'faint', string>> & {
  readonly series: (name: string) => string;
};

export type DrawnPartner = {
  size: number;
  color: string;
  label: string;
  labelColor: string;
  labelVisibility: 'auto' | 'visible' | 'hidden';
  visibility: 'visible' | 'hidden';
  depth: 'nodes' | 'topNodes';
  labelDepth: 'nodes' | 'topNodes';
};

export type DrawnTie = { size: number; color: string; visibility: 'visible' | 'hidden'; depth: 'edges' | 'topEdges' };

export type Look = {
  partner: (id: string) => DrawnPartner;
  tie: (edge: string) => DrawnTie;
  /** Who is brought forward: the way between two partners, or one partner and those tied to it. */
  chosen: ReadonlySet<string>;
  /** The partners of the way, in order; null where two were named and there is none. */
  way: readonly string[] | null | undefined;
};

const SERIES = 8;
const TIES_EACH = 3;
const FEW = 2_000;

/** The token of a community's colour: the largest have one each, all others share one. */
export function seriesOf(community: number | null): string {
  return community !== null && community < SERIES ? `series-${community + 1}` : 'series-rest';
}

const HIDDEN: DrawnPartner = {
  size: 0, color: '', label: '', labelColor: '', labelVisibility: 'hidden', visibility: 'hidden', depth: 'nodes', labelDepth: 'nodes',
};

/** The radius of each partner's dot, in pixels: its area grows with the value. */
export type Radii = { of: (id: string) => number; ofValue: (value: number) => number; most: number };

/** Radii in the graph that is drawn, of which an earlier part may be shown: sizes stay the same through time. */
export function radii(whole: Network, by: SizeBy = 'pageRank'): Radii {
  const valueOf = valuesOf(whole, by);
  const most = largest(whole.mapNodes((id) => valueOf(id) ?? 0));
  const [least, range] = whole.order > FEW ? [2, 10] : [3.5, 14];
  const ofValue = (value: number) => least + range * Math.sqrt(most ? Math.max(0, value) / most : 0);
  return { most, ofValue, of: (id) => ofValue(valueOf(id) ?? 0) };
}

/** How a graph looks. What does not depend on the choice is worked out once. */
export function looks(
  graph: Network, whole: Network = graph,
): (choice: Choice, by: ColourBy, palette: Palette, sizes?: Radii) => Look {
  const byPageRank = radii(whole);
  const strongest = backbone(graph, TIES_EACH);
  const heaviest = largest(whole.mapEdges((_, { weight }) => weight));

  return (choice, by, palette, sizes = byPageRank) => {
    const ids = choice.selected && choice.other ? way(graph, choice.selected, choice.other) : undefined;
    const chosen = new Set(ids ?? around(graph, choice.selected));
    const onWay = new Set(ids ? tiesOf(graph, ids) : []);
    const isShown = (id: string) => chosen.has(id) || fits(graph.getNodeAttributes(id), choice);
    return {
      chosen,
      way: ids,
      partner: (id) => {
        if (!graph.hasNode(id)) return HIDDEN;
        const node = graph.getNodeAttributes(id);
        const isForward = chosen.has(id);
        const isBack = chosen.size > 0 && !isForward;
        const isNamed = id === choice.selected || (ids?.includes(id) ?? false);
        return {
          size: sizes.of(id),
          color: isBack ? palette.faint : palette.series(by === 'type' ? typeColour(node.types) : seriesOf(node.community)),
          label: node.name,
          labelColor: palette.text,
          labelVisibility: isNamed ? 'visible' : isBack ? 'hidden' : 'auto',
          visibility: isShown(id) ? 'visible' : 'hidden',
          depth: isForward ? 'topNodes' : 'nodes',
          labelDepth: isForward ? 'topNodes' : 'nodes',
        };
      },
      tie: (edge) => {
        if (!graph.hasEdge(edge)) return { size: 0, color: palette.line, visibility: 'hidden', depth: 'edges' };
        const [from, to] = graph.extremities(edge);
        const isForward = ids ? onWay.has(edge) : chosen.size > 0 && (from === choice.selected || to === choice.selected);
        const isDrawn = isForward || (chosen.size === 0 && strongest.has(edge) && isShown(from) && isShown(to));
        const share = heaviest ? Math.sqrt(graph.getEdgeAttribute(edge, 'weight') / heaviest) : 0;
        return {
          size: (isForward ? 1 : 0.4) + 2 * share,
          color: isForward ? palette.strong : palette.line,
          visibility: isDrawn ? 'visible' : 'hidden',
          depth: isForward ? 'topEdges' : 'edges',
        };
      },
    };
  };
}

/** The largest of any number of values, of which a call takes only so many. */
function largest(values: readonly number[]): number {
  return values.reduce((one, other) => Math.max(one, other), 0);
}

/** A partner's colour by type is that of its first type. */
export function typeColour(types: readonly string[]): string {
  return types[0]?.toLowerCase() ?? 'series-rest';
}

function around(graph: Network, id: string | undefined): string[] {
  return id && graph.hasNode(id) ? [id, ...graph.neighbors(id)] : [];
}

/** What the colours mean: the largest communities by the partner with the largest PageRank in each, then the others. */
export function communityLegend(graph: Network): { token: string; community: number | null; leader: string; size: number }[] {
  const first = leaders(graph);
  const named = communities(graph).filter(({ community }) => community < SERIES).map(({ community, size }) => (
    { token: seriesOf(community), community, leader: first.get(community)?.name ?? '', size }));
  const rest = graph.order - named.reduce((sum, { size }) => sum + size, 0);
  return rest ? [...named, { token: seriesOf(null), community: null, leader: '', size: rest }] : named;
}
