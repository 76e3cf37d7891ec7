import { describe, expect, it } from 'vitest';
import { exampleNumber, fictionalRegions, sameEndings } from '../../src/run/numbers.ts';

describe('another number that ends in the same seven digits', () => {
  it.each(['US', 'CA', 'AU'])('is a fictional one in %s', (region) => {
    const number = exampleNumber(region);
    const others = sameEndings(number, region);
    expect(others.length).toBeGreaterThanOrEqual(3);
    expect(others).not.toContain(number);
    expect(new Set(others.map((other) => other.slice(-7)))).toEqual(new Set([number.slice(-7)]));
    for (const other of others) expect(other).toMatch(/^(\+1\d{3}55501\d{2}|\+61[2378]5550\d{4})$/);
  });

  it('is none where none is reserved, nor for a number that may be somebody', () => {
    const regions = fictionalRegions.filter((region) => !['US', 'CA', 'AU'].includes(region));
    for (const region of regions) expect(sameEndings(exampleNumber(region), region)).toEqual([]);
    expect(sameEndings('+14155552671', 'US')).toEqual([]);
  });
});
