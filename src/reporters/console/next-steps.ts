import { choiceToTakeBack } from '../../report/choices.ts';
import { isUnmeasured } from '../../report/findings.ts';
import { adviceOnLeftovers } from '../../report/leftovers.ts';
import type { CheckResult, Report } from '../../report/types.ts';
import { listed } from './listed.ts';
import { labelled, type Page, paragraph } from './page.ts';

/** What is not measured and how to change that, what was left behind and how to remove it, remarks on the profile. */
export function nextSteps(report: Report, page: Page): string[] {
  return [...toMeasure(report.checks, page), ...leftBehind(report, page), ...remarks(report.notes, page)];
}

const list = { indent: 4, labelWidth: 'ask again'.length };

function toMeasure(checks: readonly CheckResult[], page: Page): string[] {
  const lines: string[] = [];
  const add = (label: string, text: string) => lines.push(...labelled(page, label, text, list));

  const undescribed = checks.filter((check) => check.verdict === 'not-described');
  for (const [summary, ids] of groupedBy(undescribed, (check) => check.summary)) {
    add('describe', `${summary} (${listed(ids)})`);
  }
  const blocked = checks.filter((check) => check.verdict === 'blocked');
  const open = new Set(checks.filter((check) => isUnmeasured(check.verdict)).map((check) => check.id));
  for (const [cause, ids] of groupedBy(blocked, (check) => check.blockedBy ?? check.summary)) {
    // What is itself not measured has a row of its own: to describe, or to ask again.
    if (!open.has(cause)) add('mend', `${cause}: it blocks ${listed(ids)}`);
  }
  const unclear = checks.filter((check) => check.verdict === 'inconclusive');
  const leftOut = unclear.filter((check) => choiceToTakeBack(check) !== null);
  for (const [choice, ids] of groupedBy(leftOut, (check) => choiceToTakeBack(check) ?? '')) {
    add('allow', `${choice} (${listed(ids)})`);
  }
  const again = unclear.filter((check) => !leftOut.includes(check)).map((check) => check.id);
  if (again.length > 0) add('ask again', listed(again));
  return lines.length === 0 ? [] : ['', `  ${page.ink.strong('To measure the rest')}`, ...lines];
}

function groupedBy(
  checks: readonly CheckResult[],
  key: (check: CheckResult) => string,
): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const check of checks) groups.set(key(check), [...(groups.get(key(check)) ?? []), check.id]);
  return groups;
}

function leftBehind(report: Report, page: Page): string[] {
  const { leftovers } = report;
  if (leftovers.length === 0) return [];
  const labelWidth = Math.max(...leftovers.map(({ kind }) => kind.length));
  return [
    '',
    `  ${page.ink.strong(page.ink.loss(`Left behind in the CRM: ${leftovers.length}`))}`,
    ...leftovers.flatMap(({ kind, id, name, reason }) => {
      const text = `${name}, ${id === null ? 'id unknown' : `id ${id}`}: ${reason}`;
      return labelled(page, kind, text, { indent: 4, labelWidth });
    }),
    ...paragraph(page, adviceOnLeftovers(report), 4),
  ];
}

function remarks(notes: readonly string[], page: Page): string[] {
  if (notes.length === 0) return [];
  return [
    '',
    `  ${page.ink.strong('Remarks on the profile')}`,
    ...notes.flatMap((note) => paragraph(page, note, 4)),
  ];
}
