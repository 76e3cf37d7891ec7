import { essentialFeatures, isFailedMust, requiredMeasuredPercent } from './findings.ts';
import { featureTitles } from './titles.ts';
import { type FeatureId, type FeatureState, featureIds, type Report } from './types.ts';

/** One plain sentence: why the overall result is what it is. */
export function overallReason(report: Pick<Report, 'overall' | 'score' | 'features' | 'checks'>): string {
  const inState = (state: FeatureState, ids: readonly FeatureId[] = featureIds) =>
    ids.filter((id) => report.features[id].state === state);

  switch (report.overall) {
    case 'ready':
      return 'Every feature works without code of yours, and nothing that App Connect needs is missing.';
    case 'ready-with-adapter-code':
      return `Everything can be made to work; ${sentence(inState('works with adapter code'), 'needs', 'need')} adapter code.`;
    case 'not-ready':
      return `${sentence(inState('does not work', essentialFeatures), 'does', 'do')} not work.`;
    case 'unknown': {
      const unknown = inState('unknown', essentialFeatures);
      if (report.score === null) return 'Nothing could be measured.';
      if (unknown.length > 0)
        return `What was measured does not tell whether ${sentence(unknown, 'works', 'work')}.`;
      return `Less than ${requiredMeasuredPercent} % is measured: too little to speak of the whole.`;
    }
    case 'partly-ready': {
      const reasons: string[] = [];
      const broken = inState('does not work');
      const unknown = inState('unknown');
      if (broken.length > 0) reasons.push(`${sentence(broken, 'does', 'do')} not work`);
      if (unknown.length > 0) reasons.push(`${sentence(unknown, 'is', 'are')} unknown`);
      const failed = report.checks.filter(isFailedMust);
      if (reasons.length === 0)
        reasons.push(`every feature works, but not met: ${failed.map((check) => check.id).join(', ')}`);
      return `${capital(reasons.join('; '))}.`;
    }
  }
}

function sentence(ids: readonly FeatureId[], one: string, many: string): string {
  const titles = ids.map((id) => featureTitles[id]);
  const last = titles.pop();
  const subject = titles.length === 0 ? last : `${titles.join(', ')} and ${last}`;
  return `${subject} ${titles.length === 0 ? one : many}`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
