import { expect, test } from 'vitest';

import { layered, type LayeredEdge, type LayeredNode, type Placed } from '../src/layout/layered';

function crossings(placed: Placed[], edges: LayeredEdge[]): number {
  const at = new Map(placed.map((one) => [one.id, one]));
  const lines = edges.flatMap(({ from, to }) => {
    const ends = [at.get(from), at.get(to)].filter((one) => one !== undefined);
    const [left, right] = ends.sort((one, other) => one.column - other.column);
    return left && right ? [{ column: left.column, from: left.row, to: right.row }] : [];
  });
  return lines.reduce((sum, one, i) => sum + lines.slice(i + 1).filter((other) =>
    other.column === one.column && (one.from - other.from) * (one.to - other.to) < 0).length, 0);
}

const nodes: LayeredNode[] = [
  ...['a', 'b', 'c'].map((id) => ({ id, column: 0 })),
  ...['x', 'y', 'z'].map((id) => ({ id, column: 5 })),
];
const edges: LayeredEdge[] = [{ from: 'a', to: 'z' }, { from: 'y', to: 'b' }, { from: 'c', to: 'x' }];

test('a matching is drawn without a crossing', () => {
  expect(crossings(layered(nodes, edges), edges)).toBe(0);
});

test('columns without nodes are left out, and no two nodes share a place', () => {
  const placed = layered(nodes, edges);
  expect(new Set(placed.map((one) => one.column))).toEqual(new Set([0, 1]));
  expect(new Set(placed.map((one) => `${one.column} ${one.row}`)).size).toBe(6);
});

test('a short column stands in the middle of the tallest', () => {
  const placed = layered([...nodes, { id: 'm', column: 7 }], edges);
  expect(placed.find((one) => one.id === 'm')?.row).toBe(1);
});

test('nothing gives nothing', () => {
  expect(layered([], [])).toEqual([]);
});
