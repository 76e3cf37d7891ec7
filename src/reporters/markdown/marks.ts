import type { Verdict } from '../../report/types.ts';

/** A sign for each verdict, that stands beside its word. */
export const verdictMarks: Readonly<Record<Verdict, string>> = {
  pass: '✅',
  warn: '⚠️',
  fail: '❌',
  blocked: '⛔',
  'not-described': '▫️',
  inconclusive: '❔',
  'not-applicable': '➖',
  waived: '🔕',
};
