import * as Plot from '@observablehq/plot';
import { useEffect, useRef, useState } from 'react';

export type Line = { name: string; token: string; isDashed?: boolean; points: readonly { x: number | Date; y: number }[] };

type Props = {
  label: string;
  /** Names of the axes, where the chart's own name does not say it. */
  x?: string;
  y?: string;
  lines: readonly Line[];
  isShare?: boolean;
  /** The axis of a share goes up to 100 %. */
  isWhole?: boolean;
  height?: number;
};

/** Lines over an axis. The table behind it stands beside it, where the chart is used. */
export function LineChart({ label, x, y, lines, isShare = false, isWhole = false, height = 260 }: Props) {
  const frame = useRef<HTMLDivElement>(null);
  const width = useWidth(frame);
  useEffect(() => {
    if (!frame.current || !width) return;
    const chart = Plot.plot({
      width,
      height,
      marginLeft: 48,
      marginBottom: 36,
      x: { label: x ?? null },
      y: { label: y ?? null, grid: true, zero: true, nice: true, ...(isShare && { percent: true }), ...(isWhole && { domain: [0, 100] }) },
      marks: [
        Plot.ruleY([0], { stroke: 'var(--line-strong)' }),
        ...lines.map(({ token, isDashed, points }) => Plot.lineY(points as { x: number | Date; y: number }[], {
          x: 'x', y: 'y', stroke: `var(--${token})`, strokeWidth: 2, ...(isDashed && { strokeDasharray: '5 4' }),
        })),
        Plot.tip(lines.flatMap(({ name, points }) => points.map((point) => ({ ...point, name }))), Plot.pointer({
          x: 'x', y: 'y', title: (point: { name: string; x: number | Date; y: number }) => `${point.name}\n${xText(point.x)}: ${yText(point.y, isShare)}`,
          fill: 'var(--raised)', stroke: 'var(--line-strong)',
        })),
      ],
    });
    chart.setAttribute('aria-hidden', 'true'); // its parts have names that mean nothing; the frame says what it is
    frame.current.replaceChildren(chart);
    return () => chart.remove();
  }, [lines, width, height, x, y, isShare, isWhole]);
  return <div ref={frame} className="chart" role="img" aria-label={label} style={{ minHeight: height }} />;
}

function xText(value: number | Date): string {
  return typeof value === 'number' ? value.toLocaleString() : value.toLocaleDateString(undefined, { dateStyle: 'medium', timeZone: 'UTC' });
}

function yText(value: number, isShare: boolean): string {
  return isShare ? value.toLocaleString(undefined, { style: 'percent', maximumFractionDigits: 1 }) : value.toLocaleString();
}

function useWidth(element: { current: HTMLElement | null }): number {
  const [width, setWidth] = useState(0);
  useEffect(() => {
    if (!element.current) return;
    const observer = new ResizeObserver(([entry]) => setWidth(Math.floor(entry?.contentRect.width ?? 0)));
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [element]);
  return width;
}
