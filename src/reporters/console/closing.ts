import { isForInformation, isUnmeasured } from '../../report/findings.ts';
import { firstStep } from '../../report/first-step.ts';
import { overallReason } from '../../report/overall-reason.ts';
import { overallTitles } from '../../report/titles.ts';
import type { Overall, Report } from '../../report/types.ts';
import { counted, duration } from '../wording.ts';
import { type Ink, type Page, paragraph, spread } from './page.ts';

const overallInks = {
  ready: 'good',
  'ready-with-adapter-code': 'good',
  'partly-ready': 'loss',
  'not-ready': 'bad',
  unknown: 'loss',
} as const satisfies Record<Overall, keyof Ink>;

/** The result in one line, why, the one thing to do first, and what the run left in the CRM. */
export function closing(report: Report, page: Page): string[] {
  const { ink, marks } = page;
  const result = [
    overallTitles[report.overall].toUpperCase(),
    report.score === null
      ? 'nothing measured'
      : `score ${report.score}${marks.separator}measured ${report.measuredPercent} %`,
  ].join(marks.separator);
  return [
    '',
    ...ending(report, page),
    ...spread(
      page,
      { text: result, ink: (text) => ink.strong(ink[overallInks[report.overall]](text)) },
      { text: effort(report), ink: ink.quiet },
    ),
    ...paragraph(page, overallReason(report), 2),
    ...paragraph(page, tally(report), 2, ink.quiet),
    ...first(report, page),
    ...paragraph(page, traces(report), 2),
  ];
}

function ending({ run }: Report, page: Page): string[] {
  if (run.ended === 'complete') return [];
  const text =
    run.ended === 'interrupted'
      ? 'Interrupted before the end: what had not been asked is not measured.'
      : 'The time for the run was up before the end: what had not been asked is not measured.';
  return paragraph(page, text, 2, page.ink.loss);
}

function effort({ checks, run }: Report): string {
  return `${counted(checks.length, 'check')}, ${counted(run.requests, 'request')}, ${duration(run.durationMs)}`;
}

/** How many requirements ended how. Those for information are met by nobody and missed by nobody. */
function tally({ checks }: Report): string {
  const judged = checks.filter((check) => !isForInformation(check));
  const count = (...verdicts: string[]) => judged.filter((check) => verdicts.includes(check.verdict)).length;
  const parts = [
    [count('pass'), 'pass'],
    [count('warn'), 'warn'],
    [count('fail'), 'fail'],
    [judged.filter((check) => isUnmeasured(check.verdict)).length, 'not measured'],
    [count('not-applicable'), 'not applicable'],
    [count('waived'), 'waived'],
    [checks.length - judged.length, 'for information'],
  ] as const;
  return parts
    .filter(([number]) => number > 0)
    .map(([number, word]) => `${number} ${word}`)
    .join(', ');
}

function first(report: Report, page: Page): string[] {
  const step = firstStep(report);
  if (step === null) return [];
  const what = step.remedy.vendor || step.remedy.integrator || step.summary;
  const text = `First, ${step.id}: ${what}`;
  return paragraph(page, text, 2).map((line, index) =>
    index === 0 ? line.replace('First,', page.ink.strong('First,')) : line,
  );
}

function traces({ run, leftovers }: Report): string {
  if (run.readOnly) return 'Read-only: nothing was written.';
  if (run.created === 0) {
    return leftovers.length === 0
      ? 'Nothing was created in the CRM.'
      : 'Whether anything was created in the CRM is not known.';
  }
  const created = `${counted(run.created, 'test record')} ${run.created === 1 ? 'was' : 'were'} created`;
  if (leftovers.length === 0 && run.deleted >= run.created) return `${created} and removed.`;
  return `${created}, ${run.deleted} removed.`;
}
