import type { CheckResult, Report, SignInKind } from '../report/types.ts';
import { judgeFeatures } from './features.ts';
import { judgeOverall } from './overall.ts';
import { scoreItems, scoreOverall } from './score.ts';

/** Everything in a report that follows from its checks and the kind of credential. Pure: a saved report can be summarised again. */
export function summarise(
  checks: readonly CheckResult[],
  signIn?: SignInKind,
): Pick<Report, 'overall' | 'score' | 'measuredPercent' | 'features' | 'items'> {
  const { score, measuredPercent } = scoreOverall(checks);
  const features = judgeFeatures(checks, signIn);
  return {
    overall: judgeOverall(features, checks, measuredPercent),
    score,
    measuredPercent,
    features,
    items: scoreItems(checks),
  };
}
