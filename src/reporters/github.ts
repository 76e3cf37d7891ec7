import { placeConcerned } from '../report/concerns.ts';
import { isUnmeasured, severityOf } from '../report/findings.ts';
import { overallReason } from '../report/overall-reason.ts';
import { overallTitles } from '../report/titles.ts';
import type { CheckResult, Report } from '../report/types.ts';
import { inert } from './inert.ts';

type Level = 'error' | 'warning' | 'notice';

/**
 * Workflow commands, which GitHub shows as annotations at the lines of the profile: what is not met, what is met with
 * a loss, one for all that is not measured, one for the result. GitHub shows ten of each kind, so the musts come first.
 */
export function renderGithub(report: Report): string {
  const at = (check: CheckResult, level: Level) =>
    command(level, place(report, check.id), titled(check.id), [
      check.summary,
      ...(check.expected ? [`Expected: ${check.expected}`] : []),
      ...(check.observed ? [`Observed: ${check.observed}`] : []),
      check.remedy.vendor,
    ]);
  const of = (level: Level) => report.checks.filter((check) => severityOf(check) === level);
  const weighty = (a: CheckResult, b: CheckResult) => b.weight - a.weight;
  const open = report.checks.filter(({ verdict, level }) => level !== 'info' && isUnmeasured(verdict));
  const lines = [
    ...of('error').map((check) => at(check, 'error')),
    ...of('warning')
      .toSorted(weighty)
      .map((check) => at(check, 'warning')),
    ...of('notice').flatMap((check) => (check.verdict === 'waived' ? [at(check, 'notice')] : [])),
    ...(open.length === 0
      ? []
      : [command('notice', {}, titled('not measured'), [open.map(({ id }) => id).join(', ')])]),
    command('notice', {}, titled(`${report.profile.name}: ${overallTitles[report.overall]}`), [
      report.score === null
        ? 'Nothing is measured.'
        : `Score ${report.score} of 100, ${report.measuredPercent} % measured.`,
      overallReason(report),
    ]),
  ];
  return `${lines.join('\n')}\n`;
}

function place({ profile }: Report, id: string): Record<string, string> {
  if (profile.path === undefined) return {};
  const { line, column } = placeConcerned(profile, id);
  return { file: profile.path, line: String(line), col: String(column) };
}

function titled(what: string): Record<string, string> {
  return { title: `crm-ready: ${what}` };
}

function command(
  level: Level,
  at: Record<string, string>,
  title: Record<string, string>,
  lines: readonly string[],
): string {
  const properties = Object.entries({ ...at, ...title }).map(([key, value]) => `${key}=${inProperty(value)}`);
  return `::${level} ${properties.join(',')}::${lines.map((line) => inData(line)).join('%0A')}`;
}

/** Per cent first, so that a `%0A` of the CRM stays the three characters that it is. */
function inData(text: string): string {
  return inert(text).replaceAll('%', '%25');
}

function inProperty(text: string): string {
  return inert(text, 200).replaceAll('%', '%25').replaceAll(':', '%3A').replaceAll(',', '%2C');
}
