import { featureMeanings, featureTitles } from '../../report/titles.ts';
import {
  type CheckResult,
  type FeatureId,
  type FeatureState,
  featureIds,
  type Report,
} from '../../report/types.ts';
import { listOf } from './text.ts';

/** What a finding does to the features and to other requirements. */
export interface Consequences {
  /** Features that do not work because of it. */
  breaks: FeatureId[];
  /** Features that need a connector with code because of it. */
  needCode: FeatureId[];
  /** Features that nobody can speak of because of it. */
  unknown: FeatureId[];
  /** Ids of requirements that could not be asked because of it. */
  blocks: string[];
}

export function consequencesOf(
  { id }: CheckResult,
  { features, checks }: Pick<Report, 'features' | 'checks'>,
): Consequences {
  const blocks = checks.filter((other) => other.blockedBy === id).map((other) => other.id);
  const inState = (state: FeatureState, causes: readonly string[]) =>
    featureIds.filter(
      (feature) =>
        features[feature].state === state &&
        features[feature].because.some((because) => causes.includes(because)),
    );
  return {
    breaks: inState('does not work', [id]),
    needCode: inState('works with adapter code', [id]),
    unknown: inState('unknown', [id, ...blocks]),
    blocks,
  };
}

/** The same in sentences; none where no feature is touched. */
export function effects({ breaks, needCode, unknown }: Consequences): string[] {
  return [
    breaks.length > 0 && `${named(breaks)} ${breaks.length === 1 ? 'does' : 'do'} not work because of it.`,
    needCode.length > 0 &&
      `${named(needCode)} ${needCode.length === 1 ? 'needs' : 'need'} a connector with code because of it.`,
    unknown.length > 0 &&
      `Nobody can say whether ${named(unknown)} ${unknown.length === 1 ? 'works' : 'work'}.`,
  ].filter((sentence) => sentence !== false);
}

/** `“Connect” and “Call pop”`, as part of a sentence. */
export function named(features: readonly FeatureId[]): string {
  return listOf(features.map((feature) => `“${featureTitles[feature]}”`));
}

/** What a feature is for, for readers who do not know its name: `“Call pop” (see who is calling …)`. */
export function explained(feature: FeatureId): string {
  return `“${featureTitles[feature]}” (${featureMeanings[feature]})`;
}
