/** Where partners stand: at their stored places, or as one disc for each group of a segment. */
import { packSiblings } from 'd3-hierarchy';

import type { Network } from './network';
import { type Group, groups, type Segment } from './segments';

export type Place = { x: number; y: number };

/** A group's disc; what is in it is no farther from its middle than the radius. */
export type Disc = Group & Place & { radius: number };

export type Arrangement = { place: (id: string) => Place; discs: readonly Disc[] };

/** The golden angle: no two of any number of turns by it point the same way. */
const TURN = Math.PI * (3 - Math.sqrt(5));
/** Space around a dot and around a disc, as shares of the dot's and of the largest disc's radius. */
const [AROUND_DOT, AROUND_DISC] = [0.35, 0.04];

/** The stored layout: partners with strong ties are near each other. */
export function byForce(graph: Network): Arrangement {
  return { place: (id) => graph.getNodeAttributes(id), discs: [] };
}

/**
 * A disc for each group, and the discs side by side. Within a disc partners stand as seeds do in a sunflower, those with
 * the largest dots in the middle, each with as much room as its dot takes; the same graph is always arranged alike.
 */
export function bySegment(graph: Network, by: Segment, sizeOf: (id: string) => number): Arrangement {
  const packed = groups(graph, by).map(({ key, name, ids }) => {
    const sized = ids.map((id) => ({ id, size: sizeOf(id) }))
      .sort((one, other) => other.size - one.size || (one.id < other.id ? -1 : 1));
    return { key, name, ids: sized.map(({ id }) => id), flower: sunflower(sized) };
  });
  const around = AROUND_DISC * Math.max(0, ...packed.map(({ flower }) => flower.radius));
  const circles = packSiblings(packed.map(({ flower }) => ({ r: flower.radius + around })));
  const places = new Map<string, Place>();
  const discs = packed.map(({ flower: { seeds, radius }, ...group }, at): Disc => {
    const { x, y } = circles[at] ?? { x: 0, y: 0 };
    group.ids.forEach((id, one) => {
      const seed = seeds[one];
      if (seed) places.set(id, { x: x + seed.x, y: y + seed.y });
    });
    return { ...group, x, y, radius };
  });
  return { place: (id) => places.get(id) ?? { x: 0, y: 0 }, discs };
}

/** Places around 0, 0; the area within each distance is that of the dots that stand there. */
function sunflower(dots: readonly { size: number }[]): { seeds: Place[]; radius: number } {
  let [area, radius] = [0, 0];
  const seeds = dots.map(({ size }, at) => {
    const room = size * (1 + AROUND_DOT);
    const distance = at ? Math.sqrt(area + room ** 2 / 2) : 0;
    area += room ** 2;
    radius = Math.max(radius, distance + room);
    return { x: distance * Math.cos(at * TURN), y: distance * Math.sin(at * TURN) };
  });
  return { seeds, radius };
}
