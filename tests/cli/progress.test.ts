import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { progressOn, tracker } from '../../src/cli/progress.ts';
import { type ProgressState, progressLine } from '../../src/cli/progress-line.ts';
import { check } from '../reporters/sample.ts';

const state = (): ProgressState => ({
  done: 0,
  of: 0,
  phase: 'signing in',
  asking: new Set(),
  waits: new Set(),
});

describe('the line of progress', () => {
  it('says what is asked now, how many are left, and what is waited for until when', () => {
    const now = new Date(2026, 0, 1, 10, 0, 0).getTime();
    const run = state();
    const seen: string[] = [];
    const progress = tracker(run, () => seen.push(progressLine(run, now, 200)));
    progress.asking('user.name');
    progress.checked(check('user.name'), 1, 3);
    progress.asking('lookup.e164');
    const over = progress.waiting('what was written to show', now + 60_000);
    progress.waiting('something shorter', now + 5_000);
    progress.asking('lookup.none');
    over();
    progress.checked(check('lookup.e164'), 2, 3);
    progress.phase('removing 4 records that this run created');
    expect(seen).toEqual([
      'user.name',
      '1 of 3',
      '1 of 3 · lookup.e164',
      '1 of 3 · lookup.e164 · waiting for what was written to show, until 10:01:00 at the latest (60 s)',
      '1 of 3 · lookup.e164 · waiting for what was written to show, until 10:01:00 at the latest (60 s)',
      '1 of 3 · lookup.none and 1 more · waiting for what was written to show, until 10:01:00 at the latest (60 s)',
      '1 of 3 · lookup.none and 1 more · waiting for something shorter, until 10:00:05 at the latest (5 s)',
      '2 of 3 · lookup.none · waiting for something shorter, until 10:00:05 at the latest (5 s)',
      '2 of 3 · removing 4 records that this run created · waiting for something shorter, until 10:00:05 at the latest (5 s)',
    ]);
  });

  it('fits on one line of the terminal', () => {
    const run = { ...state(), done: 1, of: 9, phase: null, asking: new Set(['activity.message-update']) };
    expect(progressLine(run, 0, 20)).toBe('1 of 9 · activity.m…');
  });
});

describe('progress', () => {
  /** A stream that says what it is, and what was written to it. */
  function stream(isTTY: boolean) {
    const through = new PassThrough();
    const written: string[] = [];
    through.on('data', (part: Buffer) => written.push(String(part)));
    return { stream: Object.assign(through, { isTTY }) as unknown as NodeJS.WriteStream, written };
  }

  async function watch(isTTY: boolean, env: Record<string, string>): Promise<string> {
    const before = { CI: process.env.CI, TERM: process.env.TERM };
    Object.assign(process.env, env);
    const { stream: target, written } = stream(isTTY);
    try {
      const progress = await progressOn(target);
      progress.asking('user.name');
      for (let done = 1; done <= 8; done++) progress.checked(check('user.name'), done, 8);
      progress.waiting('something', Date.now() + 60_000)();
      progress.phase('removing 2 records');
      progress.stop();
    } finally {
      for (const [name, value] of Object.entries(before)) {
        if (value === undefined) delete process.env[name];
        else process.env[name] = value;
      }
    }
    return written.join('');
  }

  it('is silent where nobody watches, in CI or not', async () => {
    expect(await watch(false, { CI: '' })).toBe('');
    expect(await watch(false, { CI: 'true' })).toBe('');
  });

  it('is a few plain lines on a terminal of CI', async () => {
    expect(await watch(true, { CI: 'true', TERM: 'xterm' })).toBe(
      '2 of 8 requirements asked\n4 of 8 requirements asked\n6 of 8 requirements asked\n8 of 8 requirements asked\nremoving 2 records\n',
    );
  });
});
