/** What is seen of the partner graph, in pixels from the frame's left upper corner. */
import type Sigma from 'sigma';

import { apart } from './apart';
import type { Disc } from './arrange';
import type { DrawnGraph } from './drawn';

export type SeenDot = { x: number; y: number; radius: number; color: string; name: string; mustBeNamed: boolean; mayBeNamed: boolean };
export type SeenTie = { x1: number; y1: number; x2: number; y2: number; width: number; color: string };
export type SeenDisc = { x: number; y: number; radius: number; name: string };
export type Scene = { width: number; height: number; discs: readonly SeenDisc[]; ties: readonly SeenTie[]; dots: readonly SeenDot[] };

const LEAST_TIE = 0.5;

/** Everything that is at least partly within the frame, in the order in which it is drawn. */
export function sceneOf(sigma: Sigma, graph: DrawnGraph, discs: readonly SeenDisc[]): Scene {
  const { width, height } = sigma.getDimensions();
  const placed = new Map<string, { x: number; y: number }>();
  const back: SeenDot[] = [];
  const front: SeenDot[] = [];
  graph.forEachNode((id, dot) => {
    const { x, y } = sigma.graphToViewport(dot);
    placed.set(id, { x, y });
    const radius = sigma.scaleSize(dot.size);
    if (dot.visibility === 'hidden' || !isWithin(x - radius, x + radius, width) || !isWithin(y - radius, y + radius, height)) return;
    (dot.depth === 'topNodes' ? front : back).push({
      x, y, radius, color: dot.color, name: dot.label,
      mustBeNamed: dot.labelVisibility === 'visible', mayBeNamed: dot.labelVisibility === 'auto',
    });
  });
  const ties = { edges: [] as SeenTie[], topEdges: [] as SeenTie[] };
  graph.forEachEdge((_edge, tie, from, to) => {
    const [start, end] = [placed.get(from), placed.get(to)];
    if (!start || !end || !isSpanned(start.x, end.x, width) || !isSpanned(start.y, end.y, height)) return;
    ties[tie.depth].push({
      x1: start.x, y1: start.y, x2: end.x, y2: end.y, width: Math.max(LEAST_TIE, sigma.scaleSize(tie.size)), color: tie.color,
    });
  });
  const smallFirst = (one: SeenDot, other: SeenDot) => one.radius - other.radius;
  return { width, height, discs, ties: [...ties.edges, ...ties.topEdges], dots: [...back.sort(smallFirst), ...front.sort(smallFirst)] };
}

/** Where discs stand under the camera as it is now, drawn or still on its way; one without a name, for nobody in it is shown, has no size. */
export function discsSeen(sigma: Sigma, discs: readonly Disc[], nameOf: (disc: Disc) => string): SeenDisc[] {
  const cameraState = sigma.getCamera().getState();
  return discs.map((disc) => {
    const { x, y } = sigma.graphToViewport(disc, { cameraState });
    const edge = sigma.graphToViewport({ x: disc.x + disc.radius, y: disc.y }, { cameraState });
    const name = nameOf(disc);
    return { x, y, radius: name ? Math.hypot(edge.x - x, edge.y - y) : 0, name };
  });
}

export const NAME_HEIGHT = 20;
const LEAST_NAMED = 6;

/** Where a disc's name stands: above it. */
export function nameAt({ x, y, radius }: SeenDisc): { x: number; y: number } {
  return { x, y: y - radius - NAME_HEIGHT / 2 };
}

/** Which discs are named: those large enough, where no larger one's name stands. */
export function namedDiscs(discs: readonly SeenDisc[], widths: readonly number[]): boolean[] {
  const large = discs.map(({ radius }) => radius >= LEAST_NAMED);
  const stands = apart(discs.map((disc, at) => {
    const [{ x, y }, width] = [nameAt(disc), widths[at] ?? 0];
    return large[at] ? { x: x - width / 2, y: y - NAME_HEIGHT / 2, width, height: NAME_HEIGHT } : { x: Infinity, y: 0, width: 0, height: 0 };
  }));
  return discs.map((_, at) => Boolean(large[at] && stands[at]));
}

function isWithin(from: number, to: number, size: number): boolean {
  return to >= 0 && from <= size;
}

function isSpanned(one: number, other: number, size: number): boolean {
  return isWithin(Math.min(one, other), Math.max(one, other), size);
}
