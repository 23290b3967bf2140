import type { LegendEntry } from './GraphLegend';
import type { Palette } from './look';

const FONT = 'system-ui, sans-serif';

/** A picture as a PNG, with its title above and what its colours mean below. */
export function withLegend(drawn: HTMLCanvasElement, title: string, entries: readonly LegendEntry[], palette: Palette): Promise<Blob> {
  const unit = window.devicePixelRatio;
  const [line, margin] = [20 * unit, 16 * unit];
  const perRow = Math.max(1, Math.floor(drawn.width / (240 * unit)));
  const rows = Math.ceil(entries.length / perRow);
  const canvas = document.createElement('canvas');
  canvas.width = drawn.width;
  canvas.height = drawn.height + margin * 3 + line * (rows + 1);
  const context = canvas.getContext('2d');
  if (!context) return Promise.reject(new Error('The picture cannot be written.'));
  context.fillStyle = palette.surface;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.textBaseline = 'middle';
  context.fillStyle = palette.text;
  context.font = `600 ${16 * unit}px ${FONT}`;
  context.fillText(title, margin, margin + line / 2);
  context.drawImage(drawn, 0, margin + line);
  context.font = `${12 * unit}px ${FONT}`;
  entries.forEach(({ token, name, size }, at) => {
    const x = margin + (at % perRow) * ((drawn.width - margin) / perRow);
    const y = drawn.height + margin * 2 + line * (Math.floor(at / perRow) + 1.5);
    context.fillStyle = palette.series(token);
    context.beginPath();
    context.arc(x + 4 * unit, y, 4 * unit, 0, 2 * Math.PI);
    context.fill();
    context.fillStyle = palette.text;
    context.fillText(`${name} (${size})`, x + 14 * unit, y, 214 * unit);
  });
  return new Promise((resolve, reject) => {
    canvas.toBlob((image) => (image ? resolve(image) : reject(new Error('The picture cannot be written.'))), 'image/png');
  });
}
