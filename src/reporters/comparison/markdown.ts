import type { Comparison } from '../../report/compare.ts';
import { featureTitles, verdictTitles } from '../../report/titles.ts';
import { code, prose, table } from '../markdown-text.ts';
import { changeTitles, conclusion, headline } from './words.ts';

/** What has changed, for an issue or a pull request. */
export function renderComparisonMarkdown(comparison: Comparison): string {
  const { before, after, changes, features, same, notes } = comparison;
  const rows = changes.flatMap(({ id, kind, before: was, after: is, summary }) =>
    kind === 'same'
      ? []
      : [
          [
            changeTitles[kind],
            code(id),
            was === null ? '' : verdictTitles[was],
            is === null ? '' : verdictTitles[is],
            prose(summary),
          ],
        ],
  );
  const lines = [
    `# ${prose(after.name)}: what has changed`,
    '',
    ...table(
      ['', 'Asked', 'Result'],
      [
        ['before', before.startedAt.slice(0, 10), headline(before)],
        ['after', after.startedAt.slice(0, 10), headline(after)],
      ],
    ),
    '',
    `**${conclusion(comparison)}** ${same} as before.`,
    ...notes.flatMap((note) => ['', `Note: ${prose(note)}`]),
    ...(rows.length === 0 ? [] : ['', ...table(['', 'Requirement', 'Before', 'After', 'Found'], rows)]),
    ...(features.length === 0
      ? []
      : [
          '',
          ...table(
            ['Feature', 'Before', 'After'],
            features.map(({ id, before: was, after: is }) => [featureTitles[id], was, is]),
          ),
        ]),
  ];
  return `${lines.join('\n')}\n`;
}
