import { type Ref, useEffect, useImperativeHandle, useRef, useState } from 'react';
import Sigma from 'sigma';

import { Empty } from '../parts/States';
import type { Arrangement, Disc } from './arrange';
import { type DrawnGraph, drawnGraph, PRIMITIVES, STYLES } from './drawn';
import { Groups } from './Groups';
import type { Look, Palette } from './look';
import type { Network } from './network';
import { discsSeen, type Scene, sceneOf, type SeenDisc } from './scene';
import { type Shifting, shiftWhileMoved } from './shift';

export type Picture = {
  zoom: (how: 'in' | 'out' | 'all') => void;
  /** The picture as it stands, on nothing, and the discs behind it. */
  drawn: () => Promise<{ image: HTMLCanvasElement; discs: SeenDisc[] }>;
  /** What is seen in the picture as it stands. */
  scene: () => Scene | undefined;
};

type Props = {
  graph: Network;
  arrangement: Arrangement;
  /** What a disc is called. */
  nameOf: (disc: Disc) => string;
  look: Look;
  palette: Palette;
  selected: string | undefined;
  label: string;
  onChoose: (id: string | undefined) => void;
  picture: Ref<Picture>;
};

/** The picture of the partner graph. Whoever cannot see or point uses the table behind it. */
export function Canvas({ graph, arrangement, nameOf, look, palette, selected, label, onChoose, picture }: Props) {
  const container = useRef<HTMLDivElement>(null);
  const sigma = useRef<Sigma | null>(null);
  const shifting = useRef<Shifting | null>(null);
  const shown = useRef({ look, arrangement });
  const choose = useRef(onChoose);
  choose.current = onChoose;
  const [isMissing, setMissing] = useState(false);
  const [made, setMade] = useState<Sigma | null>(null);

  useEffect(() => {
    const element = container.current;
    if (!element) return;
    try {
      sigma.current = drawing(drawnGraph(graph, look, palette, arrangement), element, choose);
      shown.current = { look, arrangement };
    } catch {
      setMissing(true);
      return;
    }
    setMade(sigma.current);
    shifting.current = shiftWhileMoved(sigma.current);
    const size = new ResizeObserver(() => fit(sigma.current));
    size.observe(element);
    return () => {
      size.disconnect();
      shifting.current?.stop();
      sigma.current?.kill();
      sigma.current = null;
    };
  }, [graph]);

  useEffect(() => {
    const before = shown.current;
    if (before.look === look && before.arrangement === arrangement) return;
    shown.current = { look, arrangement };
    sigma.current?.setGraph(drawnGraph(graph, look, palette, arrangement) as never);
    shifting.current?.finish();
    if (before.arrangement !== arrangement && !selected) void sigma.current?.getCamera().reset({ duration: 0 });
  }, [look, arrangement]); // which are made of the graph and the palette

  useEffect(() => {
    const place = selected ? sigma.current?.getNodeDisplayData(selected) : undefined;
    const camera = sigma.current?.getCamera();
    if (place && camera) void camera.animate({ x: place.x, y: place.y }, { duration: isStill() ? 0 : 300 });
  }, [selected, graph, arrangement]);

  useImperativeHandle(picture, () => ({
    zoom: (how) => {
      const camera = sigma.current?.getCamera();
      const options = { duration: isStill() ? 0 : 200 };
      if (how === 'all') void camera?.reset(options);
      else void camera?.[how === 'in' ? 'zoomIn' : 'zoomOut'](options);
    },
    drawn: async () => {
      const image = await copied(sigma.current);
      return { image, discs: sigma.current ? discsSeen(sigma.current, arrangement.discs, nameOf) : [] };
    },
    scene: () => sigma.current ? sceneOf(
      sigma.current, sigma.current.getGraph() as unknown as DrawnGraph, discsSeen(sigma.current, arrangement.discs, nameOf),
    ) : undefined,
  }), [arrangement, nameOf]);

  if (isMissing) {
    return (
      <Empty title="This browser cannot draw the picture.">
        It has no WebGL 2, or it is switched off. The table below holds the same partners.
      </Empty>
    );
  }
  return (
    <div className="graph-stage">
      <div ref={container} className="graph-canvas" role="img" aria-label={label} />
      {made && <Groups sigma={made} discs={arrangement.discs} nameOf={nameOf} />}
    </div>
  );
}

function drawing(graph: DrawnGraph, element: HTMLElement, choose: { readonly current: Props['onChoose'] }): Sigma {
  const sigma = new Sigma(graph as never, element, {
    settings: {
      gestureTarget: matchMedia('(pointer: coarse)').matches ? 'shared' : 'graph',
      itemSizesReference: 'screen',
      autoRescaleContent: 'positions',
      labelRenderedSizeThreshold: 7,
      labelDensity: 0.5,
      labelGridCellSize: 140,
      stagePadding: 40,
      minEdgeThickness: 0.5,
      minCameraRatio: 0.01,
      maxCameraRatio: 3,
    },
    styles: STYLES,
    primitives: PRIMITIVES,
  });
  sigma.on('clickNode', ({ node }) => choose.current(node));
  sigma.on('clickStage', () => choose.current(undefined));
  return sigma as Sigma;
}

/** Draws a picture anew whose frame has another size; told of the first one, it has nothing to do. */
function fit(sigma: Sigma | null): void {
  if (!sigma) return;
  const before = sigma.getDimensions();
  const { width, height } = sigma.resize().getDimensions();
  if (width !== before.width || height !== before.height) sigma.scheduleRender();
}

/** What WebGL drew is there only until the browser shows it, so it is copied as soon as it is drawn. */
function copied(sigma: Sigma | null): Promise<HTMLCanvasElement> {
  return new Promise((resolve, reject) => {
    if (!sigma) return reject(new Error('There is no picture.'));
    sigma.once('afterRender', () => {
      const source = sigma.getStageCanvas();
      const copy = document.createElement('canvas');
      const context = copy.getContext('2d');
      if (!context) return reject(new Error('The picture cannot be copied.'));
      copy.width = source.width;
      copy.height = source.height;
      context.drawImage(source, 0, 0);
      resolve(copy);
    });
    sigma.refresh();
  });
}

function isStill(): boolean {
  return matchMedia('(prefers-reduced-motion: reduce)').matches;
}
