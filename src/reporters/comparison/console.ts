import type { ChangeKind, Comparison } from '../../report/compare.ts';
import { featureTitles, verdictTitles } from '../../report/titles.ts';
import { plainTypography } from '../console/marks.ts';
import { type Ink, type Page, pageOf, paragraph } from '../console/page.ts';
import type { RenderOptions } from '../index.ts';
import { inert, mapTexts } from '../inert.ts';
import { changeTitles, conclusion, headline } from './words.ts';

const inks: Readonly<Partial<Record<ChangeKind, keyof Ink>>> = {
  worse: 'bad',
  unmeasured: 'loss',
  better: 'good',
};

/** What has changed, at a terminal. */
export function renderComparison(given: Comparison, options: RenderOptions): string {
  const change = options.unicode ? inert : (text: string) => plainTypography(inert(text));
  const comparison = mapTexts(given, (text) => change(text));
  const page = pageOf(
    options,
    comparison.changes.map(({ id }) => id),
  );
  const { before, after, features, same, notes } = comparison;
  const lines = [
    '',
    ...paragraph(page, `${after.name}${page.marks.separator}${after.host}`, 2, page.ink.strong),
    ...paragraph(page, `before  ${before.startedAt.slice(0, 16).replace('T', ' ')}  ${headline(before)}`, 2),
    ...paragraph(page, `after   ${after.startedAt.slice(0, 16).replace('T', ' ')}  ${headline(after)}`, 2),
    ...notes.flatMap((note) => paragraph(page, note, 2, page.ink.loss)),
    ...changes(comparison, page),
    ...(features.length === 0 ? [] : ['', `  ${page.ink.strong('Features')}`]),
    ...features.flatMap(({ id, before: was, after: is }) =>
      paragraph(page, `${featureTitles[id]}: ${was}, now ${is}`, 4),
    ),
    '',
    ...paragraph(page, `${conclusion(comparison)} ${same} as before.`, 2, page.ink.strong),
  ];
  return `${lines.join('\n')}\n`;
}

function changes({ changes: all }: Comparison, page: Page): string[] {
  const lines: string[] = [];
  let last: ChangeKind | null = null;
  for (const { id, kind, before, after, summary } of all) {
    if (kind === 'same') continue;
    if (kind !== last) lines.push('', `  ${page.ink[inks[kind] ?? 'strong'](changeTitles[kind])}`);
    last = kind;
    const was = before === null ? '' : verdictTitles[before];
    const is = after === null ? '' : verdictTitles[after];
    const step = [was, is].filter((word) => word !== '').join(', now ');
    lines.push(`    ${id}: ${step}`, ...paragraph(page, summary, 8, page.ink.quiet));
  }
  return lines;
}
