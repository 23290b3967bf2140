import { expect, test } from 'vitest';

import { type Cell, cellOf, keyOf, pairKey, populationFor, shade, summed, together, total } from '../src/views/overlap';

const partner = { id: 'partner:bolt', name: 'Bolt' };

function cell(ours: Cell['ours'], theirs: 'CUSTOMER' | 'OPPORTUNITY' | 'PROSPECT', count: number): Cell {
  return { ours, theirs: [{ population: theirs, partner }], count, arr: [], openAmount: [], accounts: { nodes: [] } };
}

const cells = [cell('CUSTOMER', 'PROSPECT', 3), cell(null, 'CUSTOMER', 5)];

test('a cell is found by both populations, and by no other', () => {
  expect(cellOf(cells, 'CUSTOMER', 'PROSPECT')?.count).toBe(3);
  expect(cellOf(cells, null, 'CUSTOMER')?.count).toBe(5);
  expect(cellOf(cells, 'CUSTOMER', 'CUSTOMER')).toBeUndefined();
});

test('the key of a cell names both sides', () => {
  expect(cells.map(keyOf)).toEqual(['CUSTOMER.partner:bolt=PROSPECT', 'NONE.partner:bolt=CUSTOMER']);
});

test('cells that are withheld count nothing', () => {
  expect(total([...cells, { count: null }])).toBe(8);
  expect([together(cells), together([...cells, { count: null }])]).toEqual([8, null]);
});

test('the largest cell is darkest', () => {
  expect([shade(0, 4), shade(1, 4), shade(4, 4), shade(0, 0)]).toEqual([0, 0.5, 1, 0]);
});

test('a cell of two lists is known by what its accounts are to each; amounts are added up per currency', () => {
  const both = { theirs: [{ population: 'CUSTOMER' as const, partner }, { population: 'PROSPECT' as const, partner: { id: 'partner:dune', name: 'Dune' } }] };
  expect(pairKey(both, ['partner:bolt', 'partner:dune'])).toBe('CUSTOMER.PROSPECT');
  expect(pairKey(cell(null, 'CUSTOMER', 5), ['partner:dune', 'partner:bolt'])).toBe('NONE.CUSTOMER');
  expect(populationFor(both, 'partner:nobody')).toBeNull();
  expect(summed([{ amount: '1.50', currency: 'EUR' }, { amount: '2', currency: 'USD' }, { amount: '1', currency: 'EUR' }])).toEqual([
    { amount: '2.5', currency: 'EUR' }, { amount: '2', currency: 'USD' },
  ]);
});
