import { essentialFeatures, isFailedMust, requiredMeasuredPercent } from '../report/findings.ts';
import type { CheckResult, FeatureId, FeatureResult, Overall } from '../report/types.ts';

/**
 * One word for the whole CRM. A feature that everybody needs and that does not work decides first, because no
 * further measurement can change it; then come the gaps; then what works and how.
 */
export function judgeOverall(
  features: Readonly<Record<FeatureId, FeatureResult>>,
  checks: readonly CheckResult[],
  measuredPercent: number,
): Overall {
  const essential = essentialFeatures.map((id) => features[id].state);
  if (essential.includes('does not work')) return 'not-ready';
  if (essential.includes('unknown') || measuredPercent < requiredMeasuredPercent) return 'unknown';

  const states = Object.values(features).map((feature) => feature.state);
  if (checks.some(isFailedMust) || states.includes('does not work') || states.includes('unknown')) {
    return 'partly-ready';
  }
  return states.includes('works with adapter code') ? 'ready-with-adapter-code' : 'ready';
}
