import { expect, test } from 'vitest';

import { type Estimate, growthInWords, interval, liftInWords } from '../src/format/estimate';

const FOUND: Estimate = { value: 0.55, low: 0.44, high: 0.74, level: 0.95, reason: null, note: null };
const NONE: Estimate = { value: null, low: null, high: null, level: 0.95, reason: 'TOO_FEW_EVENTS', note: 'Only 2 left.' };

test('an estimate has its interval, or says why there is none', () => {
  expect(interval(FOUND)).toBe('95% interval 0.44 to 0.74');
  expect(interval(NONE)).toBe('No value: too few accounts have left. Only 2 left.');
  expect(interval({ ...FOUND, low: null })).toBe('without an interval');
});

test('a lift is an association in words, with both groups', () => {
  const lift = { rateRatio: FOUND, minIntegrations: 1, exposed: 1200, unexposed: 300 };
  expect(liftInWords(lift)).toBe(
    'Accounts with a partner-built integration left at 0.55 times the rate of comparable accounts without; 95% interval 0.44 to 0.74. '
    + 'An association, not proof. 1,200 accounts with, 300 that never had one.',
  );
  expect(liftInWords({ ...lift, minIntegrations: 3 })).toContain('3 partner-built integrations or more');
  expect(liftInWords({ ...lift, rateRatio: NONE })).toContain('No value');
});

test('an exponent says faster or slower only with its whole interval', () => {
  expect(growthInWords({ ...FOUND, value: 1.3, low: 1.1, high: 1.5 })).toContain('faster');
  expect(growthInWords({ ...FOUND, value: 0.5, low: 0.4, high: 0.6 })).toContain('slower');
  expect(growthInWords({ ...FOUND, value: 1.3, low: 0.9, high: 1.5 })).toContain('not ruled out');
  expect(growthInWords(NONE)).toBe('');
});
