import { describe, expect, it } from 'vitest';
import { closelyUntil, poll } from '../../src/run/clock.ts';

/** When is asked, in seconds, of what is never there. */
async function asked(limitSeconds: number, ...pauses: Parameters<typeof closelyUntil>): Promise<number[]> {
  let now = 0;
  const times: number[] = [];
  const clock = {
    now: () => now,
    sleep: async (ms: number) => {
      now += ms;
    },
    cancelled: false,
    budgetSpent: false,
  };
  const ask = async () => times.push(now / 1000);
  await poll(clock, limitSeconds, ask, () => false, closelyUntil(...pauses));
  return times;
}

describe('what is asked for again and again', () => {
  it('is asked for every second at most until the mark, and at the mark', async () => {
    expect(await asked(20, 4)).toEqual([0, 0.25, 0.75, 1.75, 2.75, 3.75, 4, 6, 10, 15, 20]);
  });

  it('is asked for no longer than the limit', async () => {
    expect(await asked(2, 4)).toEqual([0, 0.25, 0.75, 1.75, 2]);
  });

  it('is asked for once more, and not waited for, where the requests of the run are used up', async () => {
    const slept: number[] = [];
    let left = 2;
    const clock = {
      now: () => 0,
      sleep: async (ms: number) => void slept.push(ms),
      cancelled: false,
      get budgetSpent() {
        return left <= 0;
      },
    };
    // What was there before the budget was spent is no answer about the time after it.
    const ask = async () => (left-- > 0 ? 'nobody' : 'not sent');
    const { answer, asked } = await poll(clock, 20, ask, () => false);
    expect({ answer, asked, slept }).toEqual({ answer: 'not sent', asked: 3, slept: [250] });
  });
});
