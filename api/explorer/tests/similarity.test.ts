import { expect, test } from 'vitest';

import { between, filled, isSame, scaleOf } from '../src/graph/similarity';

type Camera = { x: number; y: number; ratio: number; angle: number };
type Point = { x: number; y: number };

const [WIDTH, HEIGHT] = [800, 600];
const STILL: Camera = { x: 0.5, y: 0.5, ratio: 1, angle: 0 };

/** A camera over a plane, as sigma has it: 600 pixels to the unit, y upwards, turned by its angle. */
const places = {
  getDimensions: () => ({ width: WIDTH, height: HEIGHT }),
  framedGraphToViewport: ({ x, y }: Point, given?: object) => {
    const camera = (given as { cameraState: Camera }).cameraState;
    const [dx, dy] = [(x - camera.x) * (600 / camera.ratio), (y - camera.y) * (600 / camera.ratio)];
    const [sin, cos] = [Math.sin(camera.angle), Math.cos(camera.angle)];
    return { x: WIDTH / 2 + dx * cos - dy * sin, y: HEIGHT / 2 - (dx * sin + dy * cos) };
  },
  viewportToFramedGraph: ({ x, y }: Point, given?: object) => {
    const camera = (given as { cameraState: Camera }).cameraState;
    const [u, v] = [x - WIDTH / 2, HEIGHT / 2 - y];
    const [sin, cos, unit] = [Math.sin(camera.angle), Math.cos(camera.angle), camera.ratio / 600];
    return { x: camera.x + (u * cos + v * sin) * unit, y: camera.y + (v * cos - u * sin) * unit };
  },
};

test.each([
  ['panned', { ...STILL, x: 0.6, y: 0.45 }],
  ['zoomed', { ...STILL, x: 0.7, ratio: 0.25 }],
  ['turned', { x: 0.4, y: 0.6, ratio: 1.5, angle: 0.7 }],
])('a picture that is %s shows every point where the camera shows it', (_how, to) => {
  const from = { x: 0.45, y: 0.52, ratio: 0.8, angle: 0.2 };
  const { a, b, e, f } = between(places, from, to);
  for (const point of [{ x: 0.1, y: 0.2 }, { x: 0.9, y: 0.4 }, { x: 0.5, y: 1 }]) {
    const [was, is] = [from, to].map((cameraState) => places.framedGraphToViewport(point, { cameraState }));
    expect(a * was!.x - b * was!.y + e).toBeCloseTo(is!.x, 6);
    expect(b * was!.x + a * was!.y + f).toBeCloseTo(is!.y, 6);
  }
});

test('what of the frame a moved picture fills', () => {
  const still = between(places, STILL, STILL);
  expect(scaleOf(still)).toBeCloseTo(1);
  expect(filled(still, WIDTH, HEIGHT)).toBeCloseTo(1);
  expect(filled({ a: 1, b: 0, e: 400, f: -300 }, WIDTH, HEIGHT)).toBeCloseTo(0.25);
  expect(filled({ a: 0.5, b: 0, e: 200, f: 150 }, WIDTH, HEIGHT)).toBeCloseTo(0.25);
  expect(filled({ a: 1, b: 0, e: 900, f: 0 }, WIDTH, HEIGHT)).toBe(0);
});

test('cameras are the same when all of them is', () => {
  expect(isSame(STILL, { ...STILL })).toBe(true);
  expect(isSame(STILL, { ...STILL, angle: 0.1 })).toBe(false);
});
