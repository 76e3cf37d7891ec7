import { CATALOGUE_VERSION, catalogue } from '../checks/index.ts';
import { isNotMeasured } from '../report/not-measured.ts';
import type { CheckResult, Judgement, Report, Verdict } from '../report/types.ts';
import { summarise } from './judge.ts';
import { earnedShare, weightOf } from './score.ts';
import { withoutWaivers } from './waive.ts';

/**
 * The report with its facts judged by the catalogue of today: verdicts, texts, weights, score. What has no facts
 * (nothing could be observed), or facts that today's judge does not understand, keeps its verdict; a note names it.
 * Waivers are undone: they belong to the old verdicts.
 */
export function judgeAgain(saved: Report): Report {
  const report = withoutWaivers(saved);
  const kept: string[] = [];
  const retired: string[] = [];
  const checks = report.checks.map((check) => {
    const definition = catalogue.find(({ id }) => id === check.id);
    if (!definition) {
      retired.push(check.id);
      return check;
    }
    const { level, title, why, links } = definition;
    const now = { ...check, level, title, why, links: [...links], weight: weightOf(check.id, level) };
    const judgement = judgementOf(check, report.run.ended, definition.judge);
    if (judgement === null) {
      kept.push(check.id);
      return { ...now, earned: earnedAgain(check, level) };
    }
    return {
      ...now,
      remedy: { ...definition.remedy, ...judgement.remedy },
      verdict: judgement.verdict,
      summary: judgement.summary,
      expected: judgement.expected ?? null,
      observed: judgement.observed ?? null,
      blockedBy: null,
      earned: earnedShare(level, judgement),
      adapterCode: judgement.adapterCode ?? false,
      cautions: judgement.cautions ?? [],
    };
  });
  const asked = new Set(checks.map(({ id }) => id));
  const later = report.run.only === null ? catalogue.filter(({ id, asks }) => !asks && !asked.has(id)) : [];
  return {
    ...report,
    ...summarise(checks, report.profile.signIn),
    checks,
    catalogueVersion: CATALOGUE_VERSION,
    notes: [
      ...report.notes.filter((note) => !note.startsWith(mark)),
      `${mark} from the facts of catalogue ${report.catalogueVersion} under catalogue ${CATALOGUE_VERSION}.`,
      ...noteOn('verdicts are those of the run, for want of facts', kept),
      ...noteOn('no longer in the catalogue, and kept as they were', retired),
      ...noteOn(
        'not asked by that run',
        later.map(({ id }) => id),
      ),
    ],
  };
}

const mark = 'Judged again';

function noteOn(what: string, ids: readonly string[]): string[] {
  return ids.length === 0 ? [] : [`${mark}: ${what}: ${ids.join(', ')}`];
}

const verdicts: ReadonlySet<string> = new Set<Verdict>([
  'pass',
  'warn',
  'fail',
  'blocked',
  'not-described',
  'inconclusive',
  'not-applicable',
]);

/** Null: there is nothing that could be judged. */
function judgementOf(
  { facts, summary, verdict }: CheckResult,
  ended: Report['run']['ended'],
  judge: (facts: unknown) => Judgement,
): Judgement | null {
  if (facts === null || facts === undefined) return null;
  // What was cancelled in the middle is no answer, whatever its facts look like.
  if (verdict === 'inconclusive' && (ended !== 'complete' || isNotMeasured({ summary }))) return null;
  try {
    const judgement = judge(facts);
    return verdicts.has(judgement.verdict) && typeof judgement.summary === 'string' ? judgement : null;
  } catch {
    // Facts of another catalogue, or of a file that somebody edited.
    return null;
  }
}

function earnedAgain({ verdict, earned }: CheckResult, level: CheckResult['level']): number | null {
  return verdict === 'warn' && earned !== null
    ? earnedShare(level, { verdict, share: earned })
    : earnedShare(level, { verdict });
}
