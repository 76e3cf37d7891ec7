import { type ChangeKind, type Comparison, standing } from '../../report/compare.ts';
import { overallTitles } from '../../report/titles.ts';

/** What every format calls the kinds of change. */
export const changeTitles: Readonly<Record<Exclude<ChangeKind, 'same'>, string>> = {
  worse: 'Worse',
  unmeasured: 'Measured before, not now',
  new: 'New',
  better: 'Better',
  measured: 'Measured now, not before',
  waived: 'Waived',
  gone: 'Gone',
};

/** The whole in one sentence. */
export function conclusion(comparison: Comparison): string {
  const count = (kind: ChangeKind) => comparison.changes.filter((change) => change.kind === kind).length;
  const state = standing(comparison);
  if (state === 'fails') return `${count('worse')} worse, ${count('better')} better.`;
  if (state === 'cannot tell')
    return 'Whether something is worse cannot be told: not everything was measured again.';
  return `Nothing is worse, ${count('better')} better.`;
}

/** "Not ready, score 61, measured 92 %". */
export function headline({ overall, score, measuredPercent }: Comparison['before']): string {
  const measured = score === null ? 'nothing measured' : `score ${score}, measured ${measuredPercent} %`;
  return `${overallTitles[overall]}, ${measured}`;
}
