import { catalogue } from '../checks/index.ts';
import { type CheckResult, type FeatureId, featureIds } from '../report/types.ts';
import { judgeFeatures } from './features.ts';
import { weightOf } from './score.ts';

/** The features that stop working where this requirement alone fails: asked of the judge itself, so that both agree. */
export function featuresDecidedBy(id: string): FeatureId[] {
  const checks = catalogue.map((check): CheckResult => {
    const verdict = check.id === id ? 'fail' : check.id === 'auth.alternative' ? 'not-applicable' : 'pass';
    return {
      ...check,
      links: [...check.links],
      weight: weightOf(check.id, check.level),
      verdict,
      summary: '',
      expected: null,
      observed: null,
      facts: null,
      blockedBy: null,
      earned: null,
      adapterCode: false,
      cautions: [],
      exchanges: [],
    };
  });
  const features = judgeFeatures(checks);
  return featureIds.filter((feature) => features[feature].because.includes(id));
}
