import { expect, test } from 'vitest';

import { namedDiscs, type Scene, type SeenDot } from '../src/graph/scene';
import { escaped, svg } from '../src/graph/svg';

const dot = (x: number, radius: number, name: string, must = false): SeenDot => (
  { x, y: 50, radius, color: 'rgb(1, 2, 3)', name, mustBeNamed: must, mayBeNamed: !must });

const SCENE: Scene = {
  width: 600, height: 300,
  discs: [{ x: 100, y: 100, radius: 80, name: 'R&D <EMEA> (2)' }, { x: 110, y: 101, radius: 70, name: 'Covered (1)' }],
  ties: [{ x1: 1.234, y1: 2, x2: 30, y2: 4, width: 0.5, color: 'rgb(9, 9, 9)' }, { x1: 0, y1: 0, x2: 5, y2: 5, width: 1, color: 'rgb(9, 9, 9)' }],
  dots: [dot(20, 12, 'Bolt & "Sons"'), dot(300, 3, 'Too small'), dot(22, 10, 'No room'), dot(500, 3, 'Chosen', true)],
};
const drawing = (scene: Scene) => svg({
  title: 'Partners < all', notes: ['One & two', 'Three'], legend: [{ color: 'red', name: "1: O'Hara\u0000 and others (2)" }], scene,
  colours: { text: '#000', surface: '#fff', sunken: '#eee' },
});

/** The names of all elements; an error where tags do not match, or text holds what markup is made of. */
function elements(xml: string): string[] {
  const [open, found]: [string[], string[]] = [[], []];
  const rest = xml.replace(/^<\?xml [^?]*\?>/, '').replace(/<(\/?)([a-zA-Z]+)((?: [\w-:]+="[^"<&]*(?:&(?:amp|lt|gt|quot|#39);[^"<&]*)*")*)(\/?)>/g, (_, close, name: string, _attributes, alone) => {
    if (close && open.pop() !== name) throw new Error(`</${name}> closes another element.`);
    if (!close) found.push(name);
    if (!close && !alone) open.push(name);
    return '';
  });
  if (open.length) throw new Error(`${open.join()} is not closed.`);
  if (/[<>]|&(?!(?:amp|lt|gt|quot|#39);)/.test(rest)) throw new Error(`There is markup in text: ${rest}`);
  return found;
}

const countOf = (found: readonly string[], name: string) => found.filter((one) => one === name).length;

test('a picture is well-formed XML with a circle for each partner and a line for each tie', () => {
  const found = elements(drawing(SCENE));
  expect(found[0]).toBe('svg');
  expect([countOf(found, 'circle'), countOf(found, 'line'), countOf(found, 'ellipse')]).toEqual([4, 2, 2]);
  const empty = elements(drawing({ width: 100, height: 100, discs: [], ties: [], dots: [] }));
  expect([countOf(empty, 'circle'), countOf(empty, 'line'), countOf(empty, 'text')]).toEqual([0, 0, 1 + 1 + 2]);
});

test('the check of well-formed XML finds what is not', () => {
  expect(() => elements('<a><b></a></b>')).toThrow('closes another');
  expect(() => elements('<a>')).toThrow('not closed');
  expect(() => elements('<a>R&D</a>')).toThrow('markup in text');
  expect(() => elements('<a b="<"></a>')).toThrow();
});

test('text is escaped, and what XML cannot hold is left out', () => {
  expect(escaped('<a href="x">&\'\u0001\uD800é😀')).toBe('&lt;a href=&quot;x&quot;&gt;&amp;&#39;é😀');
  const xml = drawing(SCENE);
  expect(xml).toContain('<title>Partners &lt; all</title>');
  expect(xml).toContain('R&amp;D &lt;EMEA&gt; (2)</text>');
  expect(xml).toContain('1: O&#39;Hara and others (2)</text>');
});

test('the chosen and the largest are named, where there is room', () => {
  const names = /<g id="names".*?<\/g>/s.exec(drawing(SCENE))?.[0] ?? '';
  expect([...names.matchAll(/>([^<]+)<\/text>/g)].map(([, name]) => name)).toEqual(['Chosen', 'Bolt &amp; &quot;Sons&quot;']);
});

test('of discs whose names would cover each other the first is named, and none that is too small', () => {
  expect(namedDiscs(SCENE.discs, [90, 80])).toEqual([true, false]);
  expect(namedDiscs([{ x: 0, y: 0, radius: 2, name: 'small' }], [40])).toEqual([false]);
});
