import { expect, test } from 'vitest';

import { heatOf, next, sortedPairs, step, steps } from '../src/views/heat';
import { sharers } from '../src/views/sharing';

const node = (id: string, community: number | null, size: number) => ({ community, size, partner: { id, name: id.toUpperCase() } });
const edge = (from: string, to: string, sharedAccounts: number, weight = 1) => ({ from, to, weight, sharedAccounts, sharedIntegrations: 1 });

const HEAT = heatOf({
  nodes: [node('a', 1, 0.5), node('b', 0, 0.1), node('c', 0, 0.4), node('d', null, 0.9)],
  edges: [edge('a', 'b', 4), edge('c', 'a', 9, 3), edge('d', 'b', 0), edge('a', 'gone', 99)],
});

test('partners stand by community, then by PageRank; those without a community last', () => {
  expect(HEAT.partners.map(({ id }) => id)).toEqual(['c', 'b', 'a', 'd']);
});

test('a pair is found from either side, and a tie to a partner that is not shown is left out', () => {
  expect(HEAT.pairOf('a', 'c')).toBe(HEAT.pairOf('c', 'a'));
  expect(HEAT.pairOf('a', 'c')).toMatchObject({ one: { id: 'c' }, other: { id: 'a' }, sharedAccounts: 9, weight: 3 });
  expect(HEAT.pairOf('b', 'c')).toBeUndefined();
  expect(HEAT.pairs.map(({ one, other }) => one.id + other.id)).toEqual(['ca', 'ba', 'bd']);
  expect(HEAT.most).toBe(9);
});

test('each count has one step, and the scale names it', () => {
  expect([0, 1, 4, 36, 100].map((count) => step(count, 100))).toEqual([0, 1, 1, 3, 5]);
  expect(step(0, 0)).toBe(0);
  for (const most of [1, 2, 7, 25, 100, 1234]) {
    for (let count = 1; count <= most; count += 1) {
      expect(steps(most).filter(({ from, to }) => from <= count && count <= to).map((one) => one.step)).toEqual([step(count, most)]);
    }
  }
  expect(steps(2)).toEqual([{ step: 4, from: 1, to: 1 }, { step: 5, from: 2, to: 2 }]);
  expect(steps(0)).toEqual([]);
});

test('the arrow keys lead over empty cells to the next pair, and not beyond the last', () => {
  expect(next(HEAT, [0, 2], 'ArrowDown')).toEqual([1, 2]);
  expect(next(HEAT, [1, 2], 'ArrowRight')).toEqual([1, 3]);
  expect(next(HEAT, [2, 1], 'ArrowLeft')).toEqual([2, 0]);
  expect(next(HEAT, [3, 1], 'ArrowUp')).toEqual([2, 1]);
  expect(next(HEAT, [0, 2], 'ArrowUp')).toBeUndefined();
  expect(next(HEAT, [0, 2], 'Enter')).toBeUndefined();
});

test('pairs are sorted by their names or by a number, either way', () => {
  const ids = (by: string, isDescending: boolean) => sortedPairs(HEAT.pairs, { by, isDescending }).map(({ one, other }) => one.id + other.id);
  expect(ids('pair', false)).toEqual(['ba', 'bd', 'ca']);
  expect(ids('sharedAccounts', false)).toEqual(['bd', 'ba', 'ca']);
  expect(ids('weight', true)[0]).toBe('ca');
});

test('who shares accounts is counted once per account, not by lists, and not after it has left', () => {
  const of = (...partners: [string, ...('ROLE' | 'LIST' | 'DEAL')[]][]) => ({
    partners: { edges: partners.map(([id, ...sources]) => ({ sources, node: { id, name: id, leftOn: id === 'z' ? '2026-01-01' : null } })) },
  });
  const accounts = [
    of(['me', 'ROLE'], ['x', 'ROLE', 'LIST'], ['y', 'LIST']), of(['me', 'DEAL'], ['x', 'DEAL'], ['z', 'ROLE']), of(['me', 'ROLE']),
  ];
  expect(sharers(accounts, 'me', '2025-12-31')).toEqual([{ id: 'x', name: 'x', accounts: 2 }, { id: 'z', name: 'z', accounts: 1 }]);
  expect(sharers(accounts, 'me', '2026-01-01')).toEqual([{ id: 'x', name: 'x', accounts: 2 }]);
});
