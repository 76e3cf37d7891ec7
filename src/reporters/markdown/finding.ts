import { commandToAskAgain } from '../../report/reproduce.ts';
import { verdictTitles } from '../../report/titles.ts';
import type { CheckResult, Report } from '../../report/types.ts';
import { block, code, link, prose } from '../markdown-text.ts';
import { verdictMarks } from './marks.ts';

/** So many exchanges show what happened; the JSON report has the rest. */
const shownExchanges = 3;

/** Everything that either side needs to act on a finding, and the command that asks again. */
export function findingSection(report: Report, check: CheckResult, savedAs: string | undefined): string[] {
  const { id, level, title, verdict, summary, why, expected, observed, remedy } = check;
  const rows: [string, string | null][] = [
    ['Expected', expected],
    ['Observed', observed],
    ['The vendor can', remedy.vendor],
    ['Until then', remedy.integrator],
  ];
  const evidence = exchanges(report, check);
  const links = check.links.map((each) => link(each.title, each.url));
  return [
    `### ${verdictMarks[verdict]} ${code(id)}: ${verdictTitles[verdict]} (${level})`,
    '',
    `The CRM ${prose(title)}: ${prose(summary)}.`,
    '',
    `Why: ${prose(why)}`,
    '',
    ...rows.flatMap(([label, text]) => (text ? [`- **${label}:** ${prose(text)}`] : [])),
    ...(links.length > 0 ? [`- **Read more:** ${links.join(', ')}`] : []),
    ...evidence,
    '',
    'To ask again:',
    '',
    ...block(commandToAskAgain(report, id, savedAs), 'sh'),
  ];
}

function exchanges(report: Report, check: CheckResult): string[] {
  const byId = new Map(report.exchanges.map((exchange) => [exchange.id, exchange]));
  const known = check.exchanges.flatMap((id) => byId.get(id) ?? []);
  const lines = known.slice(-shownExchanges).map(({ id, request, response, error }) => {
    const answer = response ? `HTTP ${response.status}` : (error?.message ?? 'no answer');
    return `- Exchange ${id}: ${code(`${request.method} ${request.url}`, 200)}, answered with ${code(answer, 200)}`;
  });
  const more = known.length - lines.length;
  return more > 0 ? [...lines, `- ${more} more exchanges stand in the JSON report`] : lines;
}
