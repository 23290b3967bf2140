/**
 * Moves a picture that takes long to draw: while the camera moves, the browser shifts and scales what was drawn last, and
 * it is drawn anew when the camera rests. So a frame of a movement costs the same however many partners and ties there are.
 * What a pointer brings forward waits for its rest too. Where drawing is quick, every frame is drawn.
 */
import type Sigma from 'sigma';
import type { CameraState } from 'sigma/types';

import { between, filled, isSame, scaleOf } from './similarity';
import { whenDone } from './whenDone';

/** What may be drawn for every frame. */
const QUICK_MS = 50;
/** A rest is as long as this share of the drawing that follows, within limits; longer while a button is held down. */
const [REST_SHARE, LEAST_REST_MS, MOST_REST_MS, HELD_REST_MS] = [0.25, 120, 500, 700];
/** Where less of the frame is filled, or the picture is larger than that, it is drawn in the midst of a movement too. */
const [LEAST_FILLED, MOST_SCALED] = [0.5, 4];
/** Then drawing may take this share of the time. */
const DRAWING_SHARE = 1 / 6;
/** Pointers tremble so far, in pixels, when they click. */
const STEADY = 4;

/** What sigma calls when it is to draw, and when what is pointed at or the way of moving has changed. */
type Inner = { render: () => Sigma; scheduleStateRefresh: () => void };

export type Shifting = {
  /** Draws at once what is put off. */
  finish: () => void;
  stop: () => void;
};

/** Lets a picture be moved in this way. */
export function shiftWhileMoved(sigma: Sigma): Shifting {
  const inner = sigma as unknown as Inner;
  const [draw, refreshState] = [inner.render.bind(sigma), inner.scheduleStateRefresh.bind(sigma)];
  const [camera, canvas, stage] = [sigma.getCamera(), sigma.getStageCanvas(), sigma.getContainer()];
  let drawn: CameraState | undefined;
  let cost = Infinity;
  let [begun, since] = [performance.now(), 0]; // when drawing began; since when the picture is shifted, or was drawn at last
  let rest: ReturnType<typeof setTimeout> | undefined;
  let isStateDue = false;
  let down: { x: number; y: number } | undefined;

  const isMoved = () => drawn !== undefined && !isSame(drawn, camera.getState());
  const now = () => {
    clearTimeout(rest);
    rest = undefined;
    if (isStateDue) refreshState();
    isStateDue = false;
    return draw();
  };
  const finish = () => {
    if (rest !== undefined) now();
  };
  const wait = () => {
    clearTimeout(rest);
    const enough = Math.min(MOST_REST_MS, Math.max(LEAST_REST_MS, REST_SHARE * cost));
    rest = setTimeout(now, down ? HELD_REST_MS : enough);
  };
  const shift = () => {
    if (!drawn) return;
    const moved = between(sigma, drawn, camera.getState());
    const { width, height } = sigma.getDimensions();
    const isPoor = filled(moved, width, height) < LEAST_FILLED || scaleOf(moved) > MOST_SCALED;
    if (rest === undefined) since = performance.now();
    if (isPoor && cost < DRAWING_SHARE * (performance.now() - since)) return void now();
    canvas.style.transform = `matrix(${moved.a}, ${moved.b}, ${-moved.b}, ${moved.a}, ${moved.e}, ${moved.f})`;
    wait();
  };

  // Until it is really drawn, sigma takes the picture to be due, and asks for nothing under the pointer.
  inner.render = () => {
    if (!drawn || cost <= QUICK_MS || !(isMoved() || camera.isAnimating())) return now();
    shift();
    return sigma;
  };
  inner.scheduleStateRefresh = () => {
    if (cost <= QUICK_MS) return refreshState();
    isStateDue = true;
    wait();
  };
  const onMoved = () => {
    if (rest !== undefined) shift();
  };
  const onBegun = () => {
    begun = performance.now();
  };
  const onDrawn = () => {
    drawn = camera.getState();
    canvas.style.transform = '';
    const started = begun;
    whenDone(sigma.getWebGLContext(), () => {
      since = performance.now();
      cost = since - started;
    });
  };
  const onResized = () => {
    drawn = undefined; // an empty canvas cannot be shifted
  };
  const onDown = ({ x, y }: PointerEvent) => {
    down = { x, y };
    if (rest !== undefined) wait();
  };
  const onUp = ({ x, y }: PointerEvent) => {
    // What is under a pointer that clicks is read from the picture, so it must stand where it is seen.
    if (down && isMoved() && Math.hypot(x - down.x, y - down.y) < STEADY) finish();
    down = undefined;
  };

  canvas.style.transformOrigin = '0 0';
  camera.on('updated', onMoved);
  sigma.on('beforeClear', onBegun);
  sigma.on('afterRender', onDrawn);
  sigma.on('resize', onResized);
  onDrawn(); // by who made it
  stage.addEventListener('pointerdown', onDown, { capture: true });
  document.addEventListener('pointerup', onUp, { capture: true });
  document.addEventListener('pointercancel', onUp, { capture: true });
  return {
    finish,
    stop: () => {
      clearTimeout(rest);
      stage.removeEventListener('pointerdown', onDown, { capture: true });
      document.removeEventListener('pointerup', onUp, { capture: true });
      document.removeEventListener('pointercancel', onUp, { capture: true });
    },
  };
}
