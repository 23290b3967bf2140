/** How a picture stands when its camera has moved. */
import type Sigma from 'sigma';
import type { CameraState } from 'sigma/types';

/** A turn, scale and shift of the plane: x' = a x − b y + e, y' = b x + a y + f. */
export type Similarity = { a: number; b: number; e: number; f: number };

type Places = Pick<Sigma, 'framedGraphToViewport' | 'viewportToFramedGraph' | 'getDimensions'>;

/** How what one camera shows stands in what another shows. */
export function between(places: Places, from: CameraState, to: CameraState): Similarity {
  const placed = (x: number, y: number) => (
    places.framedGraphToViewport(places.viewportToFramedGraph({ x, y }, { cameraState: from }), { cameraState: to }));
  const { width } = places.getDimensions();
  const [origin, right] = [placed(0, 0), placed(width, 0)];
  return { a: (right.x - origin.x) / width, b: (right.y - origin.y) / width, e: origin.x, f: origin.y };
}

export function scaleOf({ a, b }: Similarity): number {
  return Math.hypot(a, b);
}

/** The share of a frame that the picture of a frame covers when it is moved; turns are left out of account. */
export function filled(moved: Similarity, width: number, height: number): number {
  const scale = scaleOf(moved);
  const overlap = (from: number, size: number) => Math.max(0, Math.min(size, from + scale * size) - Math.max(0, from));
  return (overlap(moved.e, width) * overlap(moved.f, height)) / (width * height);
}

export function isSame(one: CameraState, other: CameraState): boolean {
  return one.x === other.x && one.y === other.y && one.ratio === other.ratio && one.angle === other.angle;
}
