import type { LegendEntry } from './GraphLegend';
import type { Palette } from './look';
import { nameAt, namedDiscs, type SeenDisc } from './scene';

const FONT = 'system-ui, sans-serif';

type Drawn = { image: HTMLCanvasElement; discs: readonly SeenDisc[] };

/** A picture as a PNG, with its title above and what its colours, sizes and places mean below. */
export function withLegend(
  { image: drawn, discs }: Drawn, title: string, entries: readonly LegendEntry[], notes: readonly string[], palette: Palette,
): Promise<Blob> {
  const unit = window.devicePixelRatio;
  const [line, margin] = [20 * unit, 16 * unit];
  const perRow = Math.max(1, Math.floor(drawn.width / (240 * unit)));
  const rows = Math.ceil(entries.length / perRow);
  const canvas = document.createElement('canvas');
  canvas.width = drawn.width;
  canvas.height = drawn.height + margin * 3 + line * (rows + notes.length + 1);
  const context = canvas.getContext('2d');
  if (!context) return Promise.reject(new Error('The picture cannot be written.'));
  context.fillStyle = palette.surface;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.textBaseline = 'middle';
  context.fillStyle = palette.text;
  context.font = `600 ${16 * unit}px ${FONT}`;
  context.fillText(title, margin, margin + line / 2);
  context.translate(0, margin + line);
  context.fillStyle = palette.sunken;
  for (const { x, y, radius } of discs) disc(context, x * unit, y * unit, radius * unit);
  context.drawImage(drawn, 0, 0);
  nameDiscs(context, discs, unit, palette);
  context.resetTransform();
  context.font = `${12 * unit}px ${FONT}`;
  entries.forEach(({ token, name, size }, at) => {
    const x = margin + (at % perRow) * ((drawn.width - margin) / perRow);
    const y = drawn.height + margin * 2 + line * (Math.floor(at / perRow) + 1.5);
    context.fillStyle = palette.series(token);
    disc(context, x + 4 * unit, y, 4 * unit);
    context.fillStyle = palette.text;
    context.fillText(`${name} (${size})`, x + 14 * unit, y, 214 * unit);
  });
  notes.forEach((note, at) => context.fillText(note, margin, drawn.height + margin * 2 + line * (rows + at + 1.5), canvas.width - 2 * margin));
  return new Promise((resolve, reject) => {
    canvas.toBlob((image) => (image ? resolve(image) : reject(new Error('The picture cannot be written.'))), 'image/png');
  });
}

function disc(context: CanvasRenderingContext2D, x: number, y: number, radius: number): void {
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fill();
}

function nameDiscs(context: CanvasRenderingContext2D, discs: readonly SeenDisc[], unit: number, palette: Palette): void {
  context.save();
  context.font = `600 ${12 * unit}px ${FONT}`;
  context.textAlign = 'center';
  context.lineJoin = 'round';
  context.lineWidth = 4 * unit;
  context.strokeStyle = palette.surface;
  context.fillStyle = palette.text;
  const isNamed = namedDiscs(discs, discs.map(({ name }) => context.measureText(name).width / unit));
  discs.forEach((one, at) => {
    const { x, y } = nameAt(one);
    if (!isNamed[at]) return;
    context.strokeText(one.name, x * unit, y * unit);
    context.fillText(one.name, x * unit, y * unit);
  });
  context.restore();
}
