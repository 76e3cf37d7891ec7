import { compareReports, lostMeasurements } from '../report/compare.ts';
import { isFailedMust } from '../report/findings.ts';
import { overallReason } from '../report/overall-reason.ts';
import { isSameCrm } from '../report/same-crm.ts';
import { featureTitles } from '../report/titles.ts';
import type { FeatureId, Report } from '../report/types.ts';
import type { SpentWaiver } from './waive.ts';

/** What must hold beside the ordinary rule, that no must fails. Each makes the gate stricter, but for the baseline. */
export interface GateRules {
  /** The least score, 0 to 100. */
  failUnder?: number;
  /** Features that must work, in proxy mode or with adapter code. */
  require?: readonly FeatureId[];
  /** The most that may be left unmeasured, in per cent. */
  maxUnmeasured?: number;
  /** Takes the place of the ordinary rule: only what got worse since then fails. */
  baseline?: Report;
}

export interface Decision {
  state: 'holds' | 'fails' | 'cannot tell';
  /** One line with the reason. */
  line: string;
}

type Said = Decision['state'];
type Clause = [said: Said, text: string];

/** Whether a job may go on with this report. What could not be measured neither holds nor fails: it cannot be told. */
export function decide(report: Report, rules: GateRules, spent: readonly SpentWaiver[]): Decision {
  const clauses = [
    rules.baseline ? sinceBaseline(rules.baseline, report) : failingMusts(report),
    ...(rules.failUnder === undefined ? [] : [leastScore(report, rules.failUnder)]),
    ...(rules.require ?? []).map((feature) => working(report, feature)),
    ...(rules.maxUnmeasured === undefined ? [] : [enoughMeasured(report, rules.maxUnmeasured)]),
    ...spent.map(({ text }): Clause => ['fails', text]),
    ...(report.overall === 'unknown'
      ? [[`cannot tell`, lowered(overallReason(report))] satisfies Clause]
      : []),
  ];
  const state = (['fails', 'cannot tell', 'holds'] as const).find((each) =>
    clauses.some(([said]) => said === each),
  );
  const decided = state ?? 'holds';
  const reasons = clauses.filter(([said]) => said === decided).map(([, text]) => text);
  return { state: decided, line: `Gate: ${words[decided]}: ${[...new Set(reasons)].join('; ')}.` };
}

const words = { holds: 'holds', fails: 'does not hold', 'cannot tell': 'cannot be told' } as const;

function failingMusts({ checks }: Report): Clause {
  const ids = checks.filter(isFailedMust).map(({ id }) => id);
  if (ids.length === 0) return ['holds', 'no must fails'];
  return ['fails', `${ids.length} ${ids.length === 1 ? 'must fails' : 'musts fail'} (${some(ids)})`];
}

function sinceBaseline(baseline: Report, report: Report): Clause {
  if (!isSameCrm(baseline, report)) {
    const { name, host } = baseline.profile;
    return ['cannot tell', `the baseline is of another CRM (${name}, ${host})`];
  }
  const { changes, before } = compareReports(baseline, report);
  const worse = changes.filter(({ kind }) => kind === 'worse').map(({ id }) => id);
  const day = before.startedAt.slice(0, 10);
  if (worse.length > 0) return ['fails', `worse than the baseline of ${day} (${some(worse)})`];
  // Nobody knew of these: a baseline that could not measure excuses nothing.
  const unknown = changes.filter(
    ({ kind, level, after }) =>
      (kind === 'measured' || kind === 'new') && level === 'must' && after === 'fail',
  );
  if (unknown.length > 0) {
    const ids = some(unknown.map(({ id }) => id));
    return ['fails', `musts fail that the baseline of ${day} had not measured (${ids})`];
  }
  const lost = lostMeasurements(changes).map(({ id }) => id);
  if (lost.length > 0) return ['cannot tell', `measured in the baseline and not now (${some(lost)})`];
  return ['holds', `nothing got worse since the baseline of ${day}`];
}

function leastScore({ score }: Report, least: number): Clause {
  if (score === null) return ['cannot tell', `no score, and at least ${least} is asked for`];
  return score < least
    ? ['fails', `the score ${score} is under ${least}`]
    : ['holds', `the score ${score} is at least ${least}`];
}

function working({ features }: Report, id: FeatureId): Clause {
  const { state, because } = features[id];
  const title = `"${featureTitles[id]}"`;
  const why = because.length === 0 ? '' : ` (${some(because)})`;
  if (state === 'does not work') return ['fails', `${title} does not work${why}`];
  if (state === 'unknown') return ['cannot tell', `whether ${title} works is unknown${why}`];
  return ['holds', `${title} ${state}`];
}

function enoughMeasured({ measuredPercent }: Report, most: number): Clause {
  const open = 100 - measuredPercent;
  return open > most
    ? ['fails', `${open} % is not measured, more than ${most} %`]
    : ['holds', `${open} % is not measured, at most ${most} %`];
}

/** As many ids as one takes in at a glance. */
function some(ids: readonly string[]): string {
  return ids.length <= 5 ? ids.join(', ') : `${ids.slice(0, 4).join(', ')} and ${ids.length - 4} more`;
}

function lowered(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1).replace(/\.$/, '');
}
