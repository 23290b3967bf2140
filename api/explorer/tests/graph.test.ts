import { expect, test } from 'vitest';

import { csv } from '../src/format/csv';
import { grown, monthsOf } from '../src/graph/growth';
import { communityLegend, looks, type Palette } from '../src/graph/look';
import { backbone, communities, type Found, network, tiesOf, way } from '../src/graph/network';
import { rowsOf, sorted } from '../src/graph/rows';
import { valuesOf } from '../src/graph/sizes';

const node = (id: string, community: number | null, size: number, joinedOn: string | null = null): Found['nodes'][number] => {
  const types: ('TECHNOLOGY' | 'SERVICE' | 'RESELLER')[] = id < 'c' ? ['TECHNOLOGY'] : ['SERVICE', 'RESELLER'];
  return {
    x: 0, y: 0, community, size,
    partner: { id, name: id.toUpperCase(), types, joinedOn, sectors: [], region: null, tier: null, measures: null },
  };
};
const tie = (from: string, to: string, weight: number, since: string | null = null): Found['edges'][number] => (
  { from, to, weight, sharedAccounts: 1, sharedIntegrations: 0, since });

// Two ways of two ties lead from a to d; a heavier one is longer; e is alone.
const GRAPH = network({
  nodes: [node('a', 0, 0.4), node('b', 0, 0.1), node('c', 1, 0.2), node('d', 1, 0.3), node('e', null, 0), node('f', 1, 0)],
  edges: [tie('a', 'b', 1), tie('b', 'd', 1), tie('a', 'c', 1), tie('c', 'd', 2), tie('a', 'f', 9), tie('f', 'c', 9)],
});

const BY_PAGE_RANK = { sizeOf: valuesOf(GRAPH, 'pageRank') };

const PALETTE: Palette = { text: 'text', surface: 'surface', sunken: 'sunken', line: 'line', strong: 'strong', faint: 'faint', series: (name) => name };

test('the way has the fewest ties and, of such ways, the heaviest', () => {
  expect(way(GRAPH, 'a', 'd')).toEqual(['a', 'c', 'd']);
  expect(way(GRAPH, 'd', 'a')).toEqual(['d', 'c', 'a']);
  expect(way(GRAPH, 'a', 'a')).toEqual(['a']);
  expect(way(GRAPH, 'a', 'e')).toBeNull();
  expect(way(GRAPH, 'a', 'nobody')).toBeNull();
  expect(tiesOf(GRAPH, ['a', 'c', 'd'])).toHaveLength(2);
});

test('the backbone keeps the heaviest ties of each partner', () => {
  const kept = backbone(GRAPH, 1);
  expect([...kept].map((edge) => GRAPH.extremities(edge).join('')).sort()).toEqual(['ab', 'af', 'cd', 'fc']);
  expect(backbone(GRAPH, 9).size).toBe(GRAPH.size);
});

test('communities are counted and named by their largest partner; those without one are the rest', () => {
  expect(communities(GRAPH)).toEqual([{ community: 0, size: 2 }, { community: 1, size: 3 }]);
  expect(communityLegend(GRAPH).map(({ token, leader, size }) => [token, leader, size])).toEqual([
    ['series-1', 'A', 2], ['series-2', 'D', 3], ['series-rest', '', 1],
  ]);
});

test('one partner is chosen: those tied to it stand forward, all its ties are drawn and no others', () => {
  const look = looks(GRAPH)({ selected: 'a' }, 'community', PALETTE);
  expect([...look.chosen].sort()).toEqual(['a', 'b', 'c', 'f']);
  expect(look.partner('a')).toMatchObject({ color: 'series-1', labelVisibility: 'visible', depth: 'topNodes' });
  expect(look.partner('d')).toMatchObject({ color: 'faint', labelVisibility: 'hidden', visibility: 'visible' });
  const drawn = GRAPH.filterEdges((edge) => look.tie(edge).visibility === 'visible');
  expect(drawn.map((edge) => GRAPH.extremities(edge).join(''))).toEqual(['ab', 'ac', 'af']);
});

test('a filter hides partners and their ties, but not those of the way', () => {
  const look = looks(GRAPH)({ type: 'TECHNOLOGY' }, 'type', PALETTE);
  expect(GRAPH.filterNodes((id) => look.partner(id).visibility === 'visible')).toEqual(['a', 'b']);
  expect(GRAPH.filterEdges((edge) => look.tie(edge).visibility === 'visible')).toHaveLength(1);
  expect(look.partner('a').color).toBe('technology');
  const path = looks(GRAPH)({ type: 'TECHNOLOGY', selected: 'a', other: 'd' }, 'community', PALETTE);
  expect(path.way).toEqual(['a', 'c', 'd']);
  expect(path.partner('d').visibility).toBe('visible');
});

test('the larger the PageRank, the larger the dot', () => {
  const { partner } = looks(GRAPH)({}, 'community', PALETTE);
  const sizes = ['a', 'd', 'c', 'b', 'e'].map((id) => partner(id).size);
  expect(sizes).toEqual([...sizes].sort((one, other) => other - one));
  expect(new Set(sizes).size).toBe(5);
});

test('rows are all that fit, or the chosen one and those tied to it, or the way', () => {
  expect(rowsOf(GRAPH, {}, undefined, BY_PAGE_RANK).map(({ id }) => id)).toEqual(['a', 'd', 'c', 'b', 'e', 'f']);
  expect(rowsOf(GRAPH, { community: 1 }, undefined, BY_PAGE_RANK).map(({ id }) => id)).toEqual(['d', 'c', 'f']);
  expect(rowsOf(GRAPH, { selected: 'a' }, undefined, BY_PAGE_RANK).map(({ id, tie: one }) => [id, one?.weight])).toEqual([
    ['a', undefined], ['f', 9], ['b', 1], ['c', 1],
  ]);
  expect(rowsOf(GRAPH, {}, ['a', 'c', 'd'], BY_PAGE_RANK).map(({ tie: one }) => one?.weight)).toEqual([undefined, 1, 2]);
});

test('rows without a value stand last in either direction', () => {
  const rows = rowsOf(GRAPH, {}, undefined, BY_PAGE_RANK);
  for (const isDescending of [false, true]) {
    const ids = sorted(rows, { by: 'community', isDescending }).map(({ id }) => id);
    expect(ids.at(-1)).toBe('e');
    expect(ids[0]).toBe(isDescending ? 'd' : 'a');
  }
});

test('no cell of a CSV begins like a formula; numbers are left alone', () => {
  expect(csv(['a', 'b'], [['=1+1', -2], ['one, "two"', null], ['@x\r\ny', '']])).toBe(
    'a,b\r\n\'=1+1,-2\r\n"one, ""two""",\r\n"\'@x\r\ny",\r\n',
  );
});

test('a replay holds who had joined and which ties had begun; what has no date is always there', () => {
  const graph = network({
    nodes: [node('a', 0, 0.4, '2023-11-30'), node('b', 0, 0.3, '2024-02-01'), node('c', 0, 0.3)],
    edges: [tie('a', 'b', 1, '2024-02-29'), tie('a', 'c', 1), tie('b', 'c', 1, '2024-03-01')],
  });
  expect(monthsOf(graph)).toEqual(['2023-11', '2023-12', '2024-01', '2024-02', '2024-03']);
  expect(monthsOf(GRAPH)).toEqual([]);
  const shown = (month: string) => [grown(graph, month).nodes().join(''), grown(graph, month).size];
  expect(shown('2023-10')).toEqual(['c', 0]);
  expect(shown('2023-11')).toEqual(['ac', 1]);
  expect(shown('2024-02')).toEqual(['abc', 2]);
  expect(shown('2024-03')).toEqual(['abc', 3]);
  const look = looks(grown(graph, '2023-11'), graph)({}, 'type', PALETTE);
  expect(look.partner('b').visibility).toBe('hidden');
  expect(look.partner('a')).toEqual(looks(graph)({}, 'type', PALETTE).partner('a'));
  expect(graph.edges().map((edge) => look.tie(edge).visibility)).toEqual(['hidden', 'visible', 'hidden']);
});
