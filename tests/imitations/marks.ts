import type { Verdict } from '../../src/report/types.ts';

/** Verdicts as the tables of the tests show them. */
export const marks: Record<Verdict, string> = {
  pass: '✓',
  warn: '▲',
  fail: '✗',
  blocked: '⊘',
  'not-described': '·',
  inconclusive: '?',
  'not-applicable': '–',
  waived: 'w',
};

export const legend = '▲ with a loss, ✗ not met, ⊘ blocked, – not applicable, · not described, ? no answer';
