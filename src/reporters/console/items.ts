import { isForInformation, isMeasured } from '../../report/findings.ts';
import { extraFormatsIn, type Matrix } from '../../report/matrix.ts';
import type { CheckResult, ItemResult, Report, Verdict } from '../../report/types.ts';
import { explanation } from './explanation.ts';
import { matrixGrid } from './matrix.ts';
import { type Ink, type Page, paragraph, spread } from './page.ts';
import { columns, padEnd, wrap } from './wrap.ts';

/** One block per item: its heading with score and measured share, a line per requirement, what was missed explained. */
export function items(report: Report, matrices: ReadonlyMap<string, Matrix>, page: Page): string[] {
  const lines: string[] = [];
  for (const item of report.items) {
    const checks = report.checks.filter((check) => check.item === item.id);
    if (checks.length === 0) continue;
    lines.push('', ...heading(item, checks, page));
    for (const check of checks) lines.push(...requirement(check, matrices.get(check.id), page));
  }
  return lines;
}

function heading(item: ItemResult, checks: readonly CheckResult[], page: Page): string[] {
  return spread(
    page,
    { text: item.title, ink: page.ink.strong },
    { text: standing(item, checks, page), ink: page.ink.quiet },
  );
}

function standing(item: ItemResult, checks: readonly CheckResult[], page: Page): string {
  if (checks.every(({ level }) => level === 'info')) return 'not scored';
  if (item.weight === 0) return 'not applicable';
  if (item.score === null) return 'not measured';
  return `${item.score} of 100${page.marks.separator}measured ${item.measuredPercent} %`;
}

function requirement(check: CheckResult, matrix: Matrix | undefined, page: Page): string[] {
  const lines = row(check, page);
  if (matrix !== undefined) {
    lines.push(...matrixGrid(matrix, page));
    lines.push(...furtherFormats(extraFormatsIn(check.facts), page));
  }
  const lost = check.verdict === 'fail' || check.verdict === 'warn';
  if (lost && check.level !== 'info') lines.push(...explanation(check, page));
  return lines;
}

/** Formats to paste into App Connect's setting, on lines of their own and broken at commas only. */
function furtherFormats(formats: readonly string[], page: Page): string[] {
  if (formats.length === 0) return [];
  const lines: string[] = [];
  for (const [index, format] of formats.entries()) {
    const part = index === formats.length - 1 ? format : `${format},`;
    const line = lines.at(-1);
    if (line === undefined || 10 + columns(line + part) > page.width) lines.push(part);
    else lines[lines.length - 1] = line + part;
  }
  return [
    ...paragraph(page, 'To find what is missed, search these formats as well:', 8),
    ...lines.map((line) => `${' '.repeat(10)}${line}`),
  ];
}

const verdictInks = {
  pass: 'good',
  warn: 'loss',
  fail: 'bad',
  blocked: 'quiet',
  'not-described': 'quiet',
  inconclusive: 'loss',
  'not-applicable': 'quiet',
  waived: 'quiet',
} as const satisfies Record<Verdict, keyof Ink>;

function row(check: CheckResult, page: Page): string[] {
  const isInfo = isForInformation(check);
  const mark = isInfo
    ? page.ink.quiet(page.marks.info)
    : page.ink[verdictInks[check.verdict]](page.marks.verdict[check.verdict]);
  const ink = isMeasured(check.verdict) ? (text: string) => text : page.ink.quiet;
  const summary = said(check);

  if (page.narrow) return [`    ${mark} ${ink(check.id)}`, ...paragraph(page, summary, 6, ink)];
  const start = 6 + page.idWidth + 2;
  return wrap(summary, page.width - start).map((line, index) =>
    index === 0
      ? `    ${mark} ${ink(padEnd(check.id, page.idWidth))}  ${ink(line)}`
      : ' '.repeat(start) + ink(line),
  );
}

function said({ blockedBy, summary }: CheckResult): string {
  if (blockedBy === null || summary.includes(blockedBy)) return summary;
  // What a CRM says is often a sentence. An ellipsis stays: it tells that something was left out.
  return `${summary.replace(/(?<!\.)\.$/, '')}: see ${blockedBy}`;
}
