import type { Overview } from '../../report/merge.ts';
import { featureTitles, overallTitles } from '../../report/titles.ts';
import { featureIds } from '../../report/types.ts';
import { code, prose, table } from '../markdown-text.ts';

/** Many CRMs in one table, their features in another, and what they miss. */
export function renderOverviewMarkdown({ crms, findings }: Overview): string {
  const lines = [
    `# App Connect: ${crms.length} ${crms.length === 1 ? 'report' : 'reports'}`,
    '',
    ...table(
      ['CRM', 'Result', 'Score', 'Measured', 'Findings', 'Asked', 'Host'],
      crms.map((crm) => [
        prose(crm.name),
        overallTitles[crm.overall],
        crm.score === null ? '' : String(crm.score),
        `${crm.measuredPercent} %`,
        String(crm.findings),
        crm.startedAt.slice(0, 16).replace('T', ' '),
        code(crm.host),
      ]),
    ),
    '',
    '## What users will be able to do',
    '',
    ...table(
      ['CRM', ...featureIds.map((id) => featureTitles[id])],
      crms.map((crm) => [prose(crm.label), ...featureIds.map((id) => crm.features[id])]),
    ),
    ...(findings.length === 0
      ? []
      : [
          '',
          '## What to change',
          '',
          ...table(
            ['Requirement', '', 'How many', 'Which'],
            findings.map(({ id, level, crms: names }) => [
              code(id),
              level,
              String(names.length),
              names.map((name) => prose(name)).join(', '),
            ]),
          ),
        ]),
  ];
  return `${lines.join('\n')}\n`;
}
