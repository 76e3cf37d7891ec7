import { isForInformation } from '../../report/findings.ts';
import { verdictTitles } from '../../report/titles.ts';
import type { Report, Verdict } from '../../report/types.ts';
import type { Page } from './page.ts';
import { columns, wrap } from './wrap.ts';

/** Who was asked, by what, as whom; then the small print that makes a report repeatable; then the marks. */
export function header(report: Report, page: Page): string[] {
  const { tool, profile, run } = report;
  const language = profile.language === 'proxyConfig' ? ', a proxyConfig' : '';
  const [first = '', ...rest] = inLine(page, [
    `${tool.name} ${tool.version}`,
    `${profile.name} (${profile.file}${language})`,
    profile.host,
    run.user === null ? 'user unknown' : `as ${run.user}`,
    `catalogue ${report.catalogueVersion}`,
  ]);
  const small = inLine(page, [
    `${run.startedAt.slice(0, 16).replace('T', ' ')} UTC`,
    `run ${run.id}`,
    `seed ${run.seed}`,
    `region ${run.region}`,
    `profile ${profile.hash.slice(0, 8)}`,
    ...(run.readOnly ? ['read-only'] : []),
    ...(run.only === null ? [] : [`only ${run.only.join(', ')}`]),
  ]);
  return [
    `  ${page.ink.strong(first)}`,
    ...rest.map((line) => `  ${page.ink.strong(line)}`),
    ...small.map((line) => `  ${page.ink.quiet(line)}`),
    ...inLine(page, legend(report, page), '   ').map((line) => `  ${page.ink.quiet(line)}`),
  ];
}

function legend(report: Report, page: Page): string[] {
  const judged = report.checks.filter((check) => !isForInformation(check));
  const used = new Set(judged.map((check) => check.verdict));
  const entries = (Object.keys(verdictTitles) as Verdict[])
    .filter((verdict) => used.has(verdict))
    .map((verdict) => `${page.marks.verdict[verdict]} ${verdictTitles[verdict]}`);
  if (judged.length < report.checks.length) entries.push(`${page.marks.info} information`);
  return entries;
}

/** Parts on as few lines as they fit on, broken between parts where possible. */
function inLine(page: Page, parts: readonly string[], separator = page.marks.separator): string[] {
  const lines: string[] = [];
  let line = '';
  for (const part of parts) {
    const longer = line === '' ? part : line + separator + part;
    if (line !== '' && columns(longer) > page.width - 2) {
      lines.push(line);
      line = part;
    } else line = longer;
  }
  if (line !== '') lines.push(line);
  return lines.flatMap((whole) => (columns(whole) <= page.width - 2 ? [whole] : wrap(whole, page.width - 2)));
}
