import { expect, test } from 'vitest';

import { evidence, type Strength } from '../src/parts/Strengths';

const node = (id: string) => ({ id, name: id });
const path = (...ids: string[]): Strength['evidence'][number] => ({
  nodes: ids.map(node),
  edges: ids.slice(1).map((to, at) => ({ type: 'T', from: ids[at] ?? '', to })),
});

test('paths of different lengths end in the last column and share their nodes', () => {
  const { nodes, edges } = evidence([path('p', 'a'), path('p', 'i', 'x', 'a'), path('p', 'x', 'a')]);
  expect(Object.fromEntries(nodes.map(({ id, column }) => [id, column]))).toEqual({ p: 0, i: 1, x: 2, a: 3 });
  expect(edges.map(({ from, to }) => from + to)).toEqual(['pa', 'pi', 'ix', 'xa', 'px']);
});
