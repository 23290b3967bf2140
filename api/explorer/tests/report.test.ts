import { expect, test } from 'vitest';

import { before, byMonth, type Event, partnerId, sums } from '../src/report/figures';

function event(kind: Event['kind'], since: string): Event {
  return { kind, since, population: 'CUSTOMER', account: { id: 'account:north', name: 'North' } };
}

test('a key is as good as an id', () => {
  expect(['bolt', ' partner:bolt ', '', null].map(partnerId)).toEqual(['partner:bolt', 'partner:bolt', undefined, undefined]);
});

test('amounts are added up within a currency only, the largest sum first', () => {
  const found = sums([{ amount: '1.50', currency: 'EUR' }, { amount: '5', currency: 'USD' }, { amount: '2', currency: 'EUR' }]);
  expect(found).toEqual([{ amount: '5', currency: 'USD' }, { amount: '3.5', currency: 'EUR' }]);
});

test('how old something is, is said in days', () => {
  expect(before('2026-03-01', '2026-03-01')).toBe('the same day');
  expect(before('2026-02-28', '2026-03-01')).toBe('1 day before');
  expect(before('2025-03-01', '2026-03-01')).toBe('365 days before');
});

test('changes are counted by month, and months without any are there', () => {
  const months = byMonth([event('APPEARED', '2026-01-31'), event('LEFT', '2025-11-01'), event('MOVED', '2026-01-01')], '2025-11-01', '2026-01-31');
  expect(months).toEqual([
    { month: '2025-11', came: 0, left: 1, moved: 0 },
    { month: '2025-12', came: 0, left: 0, moved: 0 },
    { month: '2026-01', came: 1, left: 0, moved: 1 },
  ]);
});
