/** The graph as sigma draws it: how each partner and each tie looks, in attributes. */
import { UndirectedGraph } from 'graphology';
import { DEFAULT_EDGE_PRIMITIVES, DEFAULT_NODE_PRIMITIVES } from 'sigma/primitives';
import { pathLine } from 'sigma/rendering';
import type { SigmaOptions } from 'sigma/types';

import type { Arrangement } from './arrange';
import type { DrawnPartner, DrawnTie, Look, Palette } from './look';
import type { Network } from './network';

type Dot = DrawnPartner & { x: number; y: number; surface: string };

export type DrawnGraph = UndirectedGraph<Dot, DrawnTie>;

/**
 * Where sigma finds it. As nothing here asks how the whole graph is moved, nothing is worked out anew when a movement
 * begins or ends, as it would be with reducers.
 */
export const STYLES: NonNullable<SigmaOptions['styles']> = {
  nodes: {
    x: { attribute: 'x' },
    y: { attribute: 'y' },
    size: { attribute: 'size' },
    color: { attribute: 'color' },
    label: { attribute: 'label' },
    labelColor: { attribute: 'labelColor' },
    labelSize: 12,
    labelVisibility: { whenState: 'isHovered', then: 'visible', else: { attribute: 'labelVisibility' } },
    labelDepth: { whenState: 'isHovered', then: 'topNodes', else: { attribute: 'labelDepth' } },
    labelBackgroundColor: { attribute: 'surface' },
    labelBackgroundPadding: 2,
    visibility: { attribute: 'visibility' },
    depth: { whenState: 'isHovered', then: 'topNodes', else: { attribute: 'depth' } },
    backdropVisibility: { whenState: 'isHovered', then: 'visible', else: 'hidden' },
    backdropColor: { attribute: 'surface' },
    backdropShadowColor: 'rgba(0, 0, 0, 0.5)',
    backdropShadowBlur: 12,
    backdropPadding: 6,
  },
  edges: { size: { attribute: 'size' }, color: { attribute: 'color' }, depth: { attribute: 'depth' } },
};

/** Ties are straight, with 4 corners each. Were there a way to draw ties to oneself too, each would have 66. */
export const PRIMITIVES = { nodes: DEFAULT_NODE_PRIMITIVES, edges: { ...DEFAULT_EDGE_PRIMITIVES, paths: [pathLine()] } };

/** All partners, so that their places mean the same in every look, and the ties that are seen: others would cost as much. */
export function drawnGraph(graph: Network, look: Look, { surface }: Palette, { place }: Arrangement): DrawnGraph {
  const drawn: DrawnGraph = new UndirectedGraph();
  graph.forEachNode((id) => {
    const { x, y } = place(id);
    drawn.addNode(id, { x, y, surface, ...look.partner(id) });
  });
  graph.forEachEdge((edge, _attributes, from, to) => {
    const tie = look.tie(edge);
    if (tie.visibility === 'visible') drawn.addUndirectedEdgeWithKey(edge, from, to, tie);
  });
  return drawn;
}
