import { expect, it } from 'vitest';
import { isSameId } from '../../src/crm/ids.ts';

it.each([
  ['17', 17, true],
  ['17', '18', false],
  [null, null, true],
  [null, 'null', false],
  ['3F2504E0-4F89-11D3-9A0C-0305E82C3301', '3f2504e0-4f89-11d3-9a0c-0305e82c3301', true],
  ['{3F2504E0-4F89-11D3-9A0C-0305E82C3301}', '3f2504e04f8911d39a0c0305e82c3301', true],
  ['3F2504E0-4F89-11D3-9A0C-0305E82C3301', '3f2504e0-4f89-11d3-9a0c-0305e82c3302', false],
  // Salesforce: the same record by 15 and by 18 characters; the case of the 15 counts.
  ['0035g00000AbCdE', '0035g00000AbCdEAAZ', true],
  ['0035g00000abcde', '0035g00000AbCdEAAZ', false],
  // Ids of other kinds are texts.
  ['abc', 'ABC', false],
])('%o and %o: %o', (one, other, same) => {
  expect(isSameId(one, other)).toBe(same);
  expect(isSameId(other, one)).toBe(same);
});
