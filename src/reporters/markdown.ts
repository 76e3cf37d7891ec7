import { isFinding, isForInformation, isUnmeasured } from '../report/findings.ts';
import { firstStep } from '../report/first-step.ts';
import { matricesToShow } from '../report/matrix.ts';
import { overallReason } from '../report/overall-reason.ts';
import { featureTitles, overallTitles, verdictTitles } from '../report/titles.ts';
import { type CheckResult, featureIds, type Report } from '../report/types.ts';
import { findingSection } from './markdown/finding.ts';
import { verdictMarks } from './markdown/marks.ts';
import { matrixTable } from './markdown/matrix.ts';
import { code, prose, table } from './markdown-text.ts';

/** The report for an issue or a wiki. Whatever the CRM has said in it is text, and nothing else. */
export function renderMarkdown(report: Report, savedAs?: string): string {
  const blocks = [
    head(report),
    features(report),
    ...report.items.map((item) =>
      requirements(
        item.title,
        report.checks.filter((check) => check.item === item.id),
      ),
    ),
    ...matrices(report),
    findings(report, savedAs),
    open(report),
    leftBehind(report),
    remarks(report),
  ];
  return `${blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function head(report: Report): string[] {
  const { profile, run, tool } = report;
  const step = firstStep(report);
  const score = report.score === null ? 'nothing measured' : `score **${report.score}** of 100`;
  return [
    `# ${prose(profile.name)}: ${overallTitles[report.overall].toLowerCase()}`,
    '',
    `${score} · **${report.measuredPercent} %** measured · ${run.startedAt.slice(0, 10)} · ${code(profile.host)}`,
    '',
    prose(overallReason(report)),
    ...(step ? ['', `**First,** ${code(step.id)}: ${prose(step.remedy.vendor || step.summary)}`] : []),
    '',
    `Asked by ${tool.name} ${prose(tool.version)}, catalogue ${report.catalogueVersion}, as ${run.user === null ? 'an unknown user' : prose(run.user)}, run ${code(run.id)}.`,
  ];
}

function features(report: Report): string[] {
  const rows = featureIds.map((id) => {
    const { state, because, cautions } = report.features[id];
    const remarks = [because.map((each) => code(each)).join(', '), ...cautions.map((each) => prose(each))];
    return [featureTitles[id], state, remarks.filter((each) => each !== '').join('; ')];
  });
  return ['## What your users will be able to do', '', ...table(['Feature', '', 'Because of'], rows)];
}

function requirements(title: string, checks: readonly CheckResult[]): string[] {
  if (checks.length === 0) return [];
  const rows = checks.map((check) => [
    isForInformation(check)
      ? 'for information'
      : `${verdictMarks[check.verdict]} ${verdictTitles[check.verdict]}`,
    code(check.id),
    prose(check.summary),
  ]);
  return [`## ${prose(title)}`, '', ...table(['', 'Requirement', 'Found'], rows)];
}

function matrices(report: Report): string[][] {
  return [...matricesToShow(report.checks)].map(([id, matrix]) => [
    `### Which number is found: ${code(id)}`,
    '',
    ...matrixTable(matrix),
  ]);
}

function findings(report: Report, savedAs: string | undefined): string[] {
  const found = report.checks.filter(isFinding);
  const waived = report.checks.filter(({ verdict }) => verdict === 'waived');
  if (found.length + waived.length === 0) return [];
  const sections = found.map((check) => findingSection(report, check, savedAs).join('\n'));
  const accepted = waived.map((check) => `- ${code(check.id)}: ${prose(check.summary)}`);
  return [
    '## What to change',
    ...sections.flatMap((section) => ['', section]),
    ...(accepted.length === 0 ? [] : ['', '### Waived', '', ...accepted]),
  ];
}

function open({ checks }: Report): string[] {
  const left = checks.filter(({ verdict }) => isUnmeasured(verdict));
  if (left.length === 0) return [];
  return [
    '## Not measured',
    '',
    ...left.map(
      ({ id, verdict, summary, blockedBy }) =>
        `- ${code(id)}, ${verdictTitles[verdict]}${blockedBy === null ? '' : ` by ${code(blockedBy)}`}: ${prose(summary)}`,
    ),
  ];
}

function leftBehind({ leftovers }: Report): string[] {
  if (leftovers.length === 0) return [];
  const lines = leftovers.map(
    ({ kind, id, name, reason }) =>
      `- ${prose(kind)} ${id === null ? 'with an unknown id' : code(id)}, ${code(name)}: ${prose(reason)}`,
  );
  return [`## Left behind in the CRM: ${leftovers.length}`, '', ...lines];
}

function remarks({ notes }: Report): string[] {
  return notes.length === 0 ? [] : ['## Remarks', '', ...notes.map((note) => `- Note: ${prose(note)}`)];
}
