import { type Ref, useEffect, useImperativeHandle, useRef, useState } from 'react';
import Sigma from 'sigma';

import { Empty } from '../parts/States';
import type { Look, Palette } from './look';
import type { Network } from './network';

const MANY_TIES = 20_000;

export type Picture = {
  zoom: (how: 'in' | 'out' | 'all') => void;
  /** The picture as it stands, on the page's background. */
  drawn: () => Promise<HTMLCanvasElement>;
};

type Props = {
  graph: Network;
  look: Look;
  palette: Palette;
  selected: string | undefined;
  label: string;
  onChoose: (id: string | undefined) => void;
  picture: Ref<Picture>;
};

/** The picture of the partner graph. Whoever cannot see or point uses the table behind it. */
export function Canvas({ graph, look, palette, selected, label, onChoose, picture }: Props) {
  const container = useRef<HTMLDivElement>(null);
  const sigma = useRef<Sigma | null>(null);
  const current = useRef({ look, palette, onChoose });
  current.current = { look, palette, onChoose };
  const [isMissing, setMissing] = useState(false);

  useEffect(() => {
    const element = container.current;
    if (!element) return;
    try {
      sigma.current = drawing(graph, element, current);
    } catch {
      setMissing(true);
      return;
    }
    const size = new ResizeObserver(() => sigma.current?.resize().scheduleRender());
    size.observe(element);
    return () => {
      size.disconnect();
      sigma.current?.kill();
      sigma.current = null;
    };
  }, [graph]);

  useEffect(() => void sigma.current?.refresh(), [look, palette]);

  useEffect(() => {
    const place = selected ? sigma.current?.getNodeDisplayData(selected) : undefined;
    const camera = sigma.current?.getCamera();
    if (place && camera) void camera.animate({ x: place.x, y: place.y }, { duration: isStill() ? 0 : 300 });
  }, [selected, graph]);

  useImperativeHandle(picture, () => ({
    zoom: (how) => {
      const camera = sigma.current?.getCamera();
      const options = { duration: isStill() ? 0 : 200 };
      if (how === 'all') void camera?.reset(options);
      else void camera?.[how === 'in' ? 'zoomIn' : 'zoomOut'](options);
    },
    drawn: () => copied(sigma.current, palette.surface),
  }), [palette]);

  if (isMissing) {
    return (
      <Empty title="This browser cannot draw the picture.">
        It has no WebGL 2, or it is switched off. The table below holds the same partners.
      </Empty>
    );
  }
  return <div ref={container} className="graph-canvas" role="img" aria-label={label} />;
}

type Current = { current: { look: Look; palette: Palette; onChoose: Props['onChoose'] } };

function drawing(graph: Network, element: HTMLElement, current: Current): Sigma {
  const sigma = new Sigma(graph as never, element, {
    settings: {
      gestureTarget: matchMedia('(pointer: coarse)').matches ? 'shared' : 'graph',
      itemSizesReference: 'screen',
      autoRescaleContent: 'positions',
      hideEdgesOnMove: graph.size > MANY_TIES,
      hideLabelsOnMove: graph.size > MANY_TIES,
      labelRenderedSizeThreshold: 7,
      labelDensity: 0.5,
      labelGridCellSize: 140,
      stagePadding: 40,
      minEdgeThickness: 0.5,
      minCameraRatio: 0.01,
      maxCameraRatio: 3,
    },
    nodeReducer: (id, _data, _attributes, state) => {
      const { look, palette } = current.current;
      const drawn = look.partner(id);
      return {
        ...drawn, ...(state.isHovered && { labelVisibility: 'visible', depth: 'topNodes', labelDepth: 'topNodes' }),
        backdropColor: palette.surface, labelBackgroundColor: palette.surface, labelBackgroundPadding: 2,
        labelSize: 12,
      };
    },
    edgeReducer: (edge) => current.current.look.tie(edge),
  });
  sigma.on('clickNode', ({ node }) => current.current.onChoose(node));
  sigma.on('clickStage', () => current.current.onChoose(undefined));
  return sigma as Sigma;
}

/** What WebGL drew is there only until the browser shows it, so it is copied as soon as it is drawn. */
function copied(sigma: Sigma | null, background: string): Promise<HTMLCanvasElement> {
  return new Promise((resolve, reject) => {
    if (!sigma) return reject(new Error('There is no picture.'));
    sigma.once('afterRender', () => {
      const source = sigma.getStageCanvas();
      const copy = document.createElement('canvas');
      const context = copy.getContext('2d');
      if (!context) return reject(new Error('The picture cannot be copied.'));
      copy.width = source.width;
      copy.height = source.height;
      context.fillStyle = background;
      context.fillRect(0, 0, copy.width, copy.height);
      context.drawImage(source, 0, 0);
      resolve(copy);
    });
    sigma.refresh();
  });
}

function isStill(): boolean {
  return matchMedia('(prefers-reduced-motion: reduce)').matches;
}
