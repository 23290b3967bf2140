/** The partner graph as a vector picture, for slides and print. */
import { apart } from './apart';
import { NAME_HEIGHT, nameAt, namedDiscs, type Scene, type SeenDot } from './scene';

export type Drawing = {
  title: string;
  /** What sizes, places and filters mean; one line each. */
  notes: readonly string[];
  legend: readonly { color: string; name: string }[];
  scene: Scene;
  colours: Readonly<Record<'text' | 'surface' | 'sunken', string>>;
};

const [MARGIN, LINE, DOT] = [16, 20, 14];
const MOST_NAMES = 60;
const LEAST_NAMED = 7;
/** The mean width of a letter, as a share of the font's size; nothing is measured here. */
const LETTER = 0.56;
const FONT = 12;

/** A whole SVG document: title, discs, ties, dots, names, legend and notes. */
export function svg({ title, notes, legend, scene, colours }: Drawing): string {
  const { width, height } = scene;
  const top = MARGIN + LINE;
  const entry = Math.max(0, ...legend.map(({ name }) => widthOf(name))) + DOT + MARGIN;
  const perRow = Math.max(1, Math.floor((width - MARGIN) / entry));
  const under = top + height + MARGIN;
  const total = under + LINE * (Math.ceil(legend.length / perRow) + notes.length) + MARGIN;
  const entries = legend.map(({ color, name }, at) => {
    const [x, y] = [MARGIN + (at % perRow) * entry, under + LINE * (Math.floor(at / perRow) + 0.5)];
    return `<rect x="${x}" y="${y - 4}" width="8" height="8" rx="4" fill="${escaped(color)}"/>${text(x + DOT, y, name)}`;
  });
  const lines = notes.map((note, at) => (
    text(MARGIN, under + LINE * (Math.ceil(legend.length / perRow) + at + 0.5), note)));
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${total}" viewBox="0 0 ${width} ${total}" role="img" `
      + `font-family="system-ui, sans-serif" font-size="${FONT}" fill="${escaped(colours.text)}">`,
    `<title>${escaped(title)}</title>`,
    `<rect width="${width}" height="${total}" fill="${escaped(colours.surface)}"/>`,
    `<text x="${MARGIN}" y="${MARGIN + LINE / 2}" dominant-baseline="middle" font-size="16" font-weight="600">${escaped(title)}</text>`,
    `<clipPath id="frame"><rect width="${width}" height="${height}"/></clipPath>`,
    `<g transform="translate(0 ${top})" clip-path="url(#frame)">`,
    ...drawn(scene, colours),
    '</g>',
    `<g id="legend">${entries.join('')}</g>`,
    `<g id="notes">${lines.join('')}</g>`,
    '</svg>',
    '',
  ].join('\n');
}

function drawn({ discs, ties, dots }: Scene, { surface, sunken }: Drawing['colours']): string[] {
  const isNamed = namedDiscs(discs, discs.map(({ name }) => widthOf(name)));
  const halo = `paint-order="stroke" stroke="${escaped(surface)}" stroke-width="4" stroke-linejoin="round"`;
  return [
    `<g id="groups" fill="${escaped(sunken)}">`,
    ...discs.map(({ x, y, radius }) => `<ellipse cx="${px(x)}" cy="${px(y)}" rx="${px(radius)}" ry="${px(radius)}"/>`), // circles are partners alone
    '</g>',
    '<g id="ties" stroke-linecap="round">',
    ...ties.map(({ x1, y1, x2, y2, width, color }) => (
      `<line x1="${px(x1)}" y1="${px(y1)}" x2="${px(x2)}" y2="${px(y2)}" stroke="${escaped(color)}" stroke-width="${px(width)}"/>`)),
    '</g>',
    '<g id="partners">',
    ...dots.map(({ x, y, radius, color, name }) => (
      `<circle cx="${px(x)}" cy="${px(y)}" r="${px(radius)}" fill="${escaped(color)}"><title>${escaped(name)}</title></circle>`)),
    '</g>',
    `<g id="names" dominant-baseline="middle" ${halo}>`,
    ...named(dots).map(({ x, y, radius, name }) => `<text x="${px(x + radius + 3)}" y="${px(y)}">${escaped(name)}</text>`),
    '</g>',
    `<g id="group-names" dominant-baseline="middle" text-anchor="middle" font-weight="600" ${halo}>`,
    ...discs.filter((_, at) => isNamed[at]).map((disc) => {
      const { x, y } = nameAt(disc);
      return `<text x="${px(x)}" y="${px(y)}">${escaped(disc.name)}</text>`;
    }),
    '</g>',
  ];
}

/** The dots that are named: those that must be, then the largest, where there is room. */
function named(dots: readonly SeenDot[]): SeenDot[] {
  const wanted = dots.filter(({ mustBeNamed, mayBeNamed, radius }) => mustBeNamed || (mayBeNamed && radius >= LEAST_NAMED))
    .sort((one, other) => Number(other.mustBeNamed) - Number(one.mustBeNamed) || other.radius - one.radius);
  const stands = apart(wanted.map(({ x, y, radius, name }) => (
    { x: x + radius, y: y - NAME_HEIGHT / 2, width: widthOf(name), height: NAME_HEIGHT })));
  return wanted.filter(({ mustBeNamed }, at) => mustBeNamed || stands[at]).slice(0, MOST_NAMES);
}

function widthOf(name: string): number {
  return name.length * FONT * LETTER + 8;
}

function text(x: number, y: number, of: string): string {
  return `<text x="${px(x)}" y="${px(y)}" dominant-baseline="middle">${escaped(of)}</text>`;
}

/** Pixels to a tenth. */
function px(value: number): string {
  return String(Math.round(value * 10) / 10);
}

const MARKUP: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Text within XML; characters that XML cannot hold are left out. */
export function escaped(value: string): string {
  return value.replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '').replace(/[&<>"']/g, (one) => MARKUP[one] ?? '');
}
