import { expect, it } from 'vitest';
import { mayBe } from '../../src/crm/names.ts';
import { isSameNumber } from '../../src/crm/phone.ts';

it.each([
  ['Ann Lee', 'Ann Lee', true],
  [' ann  LEE', 'Ann Lee', true],
  ['王小明', '王小明', true],
  ['Ann Low', 'Ann Lee', false],
  ['王小红', '王小明', false],
  ['Annabelle', 'Annabelle Leroi', true],
])('%s may have been written as %s: %o', (name, written, may) => {
  expect(mayBe(name, written)).toBe(may);
});

it.each([
  ['0199001234', '+33199001234', true],
  ['01 99 00 12 34', '+33199001234', true],
  ['+33 (0)1 99 00 12 34', '+33199001234', true],
  ['0491 570 006', '+61491570006', true],
  ['031-390 01 23', '+46313900123', true],
  ['020 7946 0958', '+442079460958', true],
  ['(020) 7946 0444 ext. 12', '+442079460444', true],
  ['(415) 555-0123', '+14155550123', true],
  ['199001234', '+33199001234', true],
  ['0299001234', '+33199001234', false],
  ['0199001235', '+33199001234', false],
  // Of another country: the trunk zero stands for none of its own.
  ['+49 199001234', '+33199001234', false],
  ['00 199001234', '', false],
  ['001234', '+33199001234', false],
  [null, '+33199001234', false],
])('%s is the number %s: %o', (phone, e164, same) => {
  expect(isSameNumber(phone, e164)).toBe(same);
});
