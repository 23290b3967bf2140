import { expect, test } from 'vitest';

import { isDay, plusDays, yearTo } from '../src/app/asOf';
import { href, idsOf, pageOf, segments } from '../src/app/router';

test('the day that was asked about goes with every link, unless it is set or unset', () => {
  expect(href('partners', {}, '?asOf=2025-01-31&after=x')).toBe('/partners?asOf=2025-01-31');
  expect(href('partners', { asOf: null }, '?asOf=2025-01-31')).toBe('/partners');
  expect(href('search', { q: 'a b', kind: '' }, '')).toBe('/search?q=a+b');
});

test('any key finds its way into an address and back', () => {
  for (const id of ['partner:bolt', 'account:a/b c?d#e', 'deal:100%', 'product:ü']) {
    const address = new URL(href(pageOf(id), {}, ''), 'http://localhost');
    expect(segments(address)[1]).toBe(id);
    expect(segments(address)).toHaveLength(2);
  }
});

test('days are days', () => {
  expect(['2025-02-28', '2025-13-01', 'today', '2025-1-1'].map(isDay)).toEqual([true, false, false, false]);
  expect(plusDays('2024-02-28', 1)).toBe('2024-02-29');
  expect(yearTo('2026-11-25')).toEqual({ from: '2025-11-26', to: '2026-11-26' });
  expect(yearTo('2024-02-28')).toEqual({ from: '2023-03-01', to: '2024-02-29' });
});

test('the ids of a parameter, each once', () => {
  expect(idsOf(null)).toEqual([]);
  expect(idsOf('partner:a, partner:b,,partner:a')).toEqual(['partner:a', 'partner:b']);
});
