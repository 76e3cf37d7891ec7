import { describe, expect, it } from 'vitest';
import { exampleNumber, fictionalRegions, sameEnding } from '../../src/run/numbers.ts';

describe('another number that ends in the same seven digits', () => {
  it.each(['US', 'CA', 'AU'])('is a fictional one in %s', (region) => {
    const number = exampleNumber(region);
    const other = sameEnding(number, region);
    expect(other).not.toBe(number);
    expect(other?.slice(-7)).toBe(number.slice(-7));
    expect(other).toMatch(/^(\+1\d{3}55501\d{2}|\+61[2378]5550\d{4})$/);
  });

  it('is none where none is reserved, nor for a number that may be somebody', () => {
    const regions = fictionalRegions.filter((region) => !['US', 'CA', 'AU'].includes(region));
    for (const region of regions) expect(sameEnding(exampleNumber(region), region)).toBeNull();
    expect(sameEnding('+14155552671', 'US')).toBeNull();
  });
});
