import { describe, expect, it } from 'vitest';
import duplicate from '../../src/checks/contact-create/duplicate.ts';

describe('a refused duplicate', () => {
  const refused = (status: number, message: string) =>
    duplicate.judge({
      answer: { kind: 'refused', status, message, unmasked: false, exchange: 1 },
      became: null,
    }).summary;

  it.each([
    [409, ''],
    [400, 'DUPLICATES_DETECTED'],
    [422, 'A contact with this phone already exists'],
    [422, 'phone has already been taken'],
  ])('is a conflict: %i "%s"', (status, message) => {
    expect(refused(status, message)).toMatch(/^a conflict: HTTP/);
  });

  it.each([
    [403, 'daily create limit reached'],
    [400, 'the owner does not exist'],
  ])('is refused for another reason: %i "%s"', (status, message) => {
    expect(refused(status, message)).toBe(`refused: HTTP ${status} "${message}"`);
  });
});
