import { expect, test } from 'vitest';

import { counted, decimal, listed, money, moneys, percent, shareOf } from '../src/format/format';

const dollars = (amount: string) => ({ amount, currency: 'USD' });

test('an amount keeps every digit of its decimal', () => {
  expect(money(dollars('9007199254740993.01'))).toContain('9,007,199,254,740,993.01');
});

test('amounts of several currencies are never added, and the largest comes first', () => {
  expect(moneys([{ amount: '5', currency: 'EUR' }, dollars('1200000')])).toBe('$1.2M + €5');
});

test('a share needs one currency and something to share', () => {
  expect(shareOf([dollars('25')], [dollars('100')])).toBe(0.25);
  expect(shareOf([], [dollars('100')])).toBe(0);
  expect(shareOf([], [dollars('0')])).toBeNull();
  expect(shareOf([{ amount: '1', currency: 'EUR' }], [dollars('100')])).toBeNull();
  expect(shareOf([dollars('1')], [dollars('100'), { amount: '1', currency: 'EUR' }])).toBeNull();
});

test('what is not known is a dash, and nought is a number', () => {
  expect([percent(null), decimal(undefined)]).toEqual(['–', '–']);
  expect([percent(0), decimal(0)]).toEqual(['0%', '0']);
});

test('lists and counts read as people say them', () => {
  expect([listed([]), listed(['a']), listed(['a', 'b', 'c'])]).toEqual(['', 'a', 'a, b and c']);
  expect([counted(1, 'partner'), counted(1200, 'partner')]).toEqual(['1 partner', '1,200 partners']);
});
