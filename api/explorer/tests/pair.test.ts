import { expect, test } from 'vitest';

import { byOurs, listed, onLists, type PairCell, sideOf } from '../src/report/pair';
import type { Population } from '../src/views/overlap';

const NAMES = { a: 'Anna', b: 'Ben' };

function cell(count: number | null, ours: Population | null, sides: Partial<Record<'a' | 'b', Population>>): PairCell {
  const theirs = Object.entries(sides).map(([id, population]) => ({ population, partner: { id, name: NAMES[id as 'a' | 'b'] } }));
  return { count, ours, theirs, arr: [{ amount: '1', currency: 'EUR' }], openAmount: [] };
}

const CELLS = [
  cell(3, null, { a: 'CUSTOMER', b: 'PROSPECT' }), cell(2, 'CUSTOMER', { a: 'CUSTOMER', b: 'CUSTOMER' }),
  cell(4, 'CUSTOMER', { a: 'PROSPECT', b: 'CUSTOMER' }), cell(5, 'CUSTOMER', { a: 'CUSTOMER' }), cell(7, null, { b: 'CUSTOMER' }),
];

test('accounts are on both lists, or on one alone', () => {
  const counts = (partners: string[]) => onLists(CELLS, partners).map(({ count }) => count);
  expect([counts(['a', 'b']), counts(['a']), counts(['b'])]).toEqual([[3, 2, 4], [5], [7]]);
});

test('a cell tells what its accounts are to each', () => {
  expect(CELLS.map((one) => sideOf(one, 'b'))).toEqual(['PROSPECT', 'CUSTOMER', 'CUSTOMER', undefined, 'CUSTOMER']);
});

test('cells are added up by what their accounts are to us, with amounts', () => {
  const found = byOurs(onLists(CELLS, ['a', 'b']));
  expect(found.map(({ ours, count, arr }) => [ours, count, arr[0]?.amount])).toEqual([['CUSTOMER', 6, '2'], [null, 3, '1']]);
});

test('a count that is withheld leaves the sum unknown', () => {
  expect(byOurs([cell(null, null, {}), cell(3, null, {})]).map(({ count }) => count)).toEqual([null]);
});

test('the file holds the accounts that its table begins with', () => {
  const known = (id: string) => ({ knownBy: { some: { id: { eq: id } } } });
  expect(listed('a', 'b', true)).toEqual({ and: [known('a'), known('b')] });
  expect(listed('a', 'b', false)).toEqual({ ...known('a'), not: known('b') });
});
