import { expect, test } from 'vitest';

import { idsOf, without } from '../src/views/whatIf';

test('the partners of an address, each once', () => {
  expect(idsOf(null)).toEqual([]);
  expect(idsOf('partner:a, partner:b,,partner:a')).toEqual(['partner:a', 'partner:b']);
  expect(without(['partner:a', 'partner:b'], 'partner:a')).toEqual(['partner:b']);
});
