import { describe, test } from 'vitest';
import settle from '../../src/checks/phone-lookup/settle.ts';
import { json } from '../secrets/front.ts';
import { check, isSearch } from './check.ts';

describe.concurrent('how long a new contact takes to be found', () => {
  test('is not known where a rate limit stood before the answer', async ({ expect }) => {
    const asked = new Map<string, number>();
    const ran = await check(
      {
        reply: (seen) => {
          if (!isSearch(seen)) return undefined;
          const times = (asked.get(seen.url) ?? 0) + 1;
          asked.set(seen.url, times);
          // Free, then not found yet, then too many.
          if (times === 2) return json({ contacts: [] });
          return times === 3 ? { ...json({}, 429), headers: { 'retry-after': '11' } } : undefined;
        },
      },
      ['lookup.settle'],
      { settle: 20 },
    );
    expect(ran.checks.get('lookup.settle')).toMatchObject({
      verdict: 'inconclusive',
      summary: expect.stringMatching(/^found 11\.\d s .*, but no question was answered since 0\.\d s/),
    });
  });

  test.for([
    ['found in time', { afterSeconds: 8.4, missedSeconds: 7.4 }, 'pass'],
    ['missed at the limit', { afterSeconds: 11.2, missedSeconds: 10 }, 'warn'],
    ['found by the question at the limit', { afterSeconds: 10.1, missedSeconds: 9.2 }, 'pass'],
    ['found by the first answer, after trouble', { afterSeconds: 12, missedSeconds: null }, 'inconclusive'],
    ['late, in an older report', { afterSeconds: 12.9 }, 'warn'],
  ] as const)('%s', ([, facts, verdict], { expect }) => {
    expect(settle.judge(facts).verdict).toBe(verdict);
  });
});
