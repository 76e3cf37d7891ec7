import type { Overview } from '../../report/merge.ts';
import { featureTitles, overallTitles } from '../../report/titles.ts';
import { type FeatureState, featureIds } from '../../report/types.ts';
import { listed } from '../console/listed.ts';
import { plainTypography } from '../console/marks.ts';
import { labelled, type Page, pageOf, paragraph } from '../console/page.ts';
import { clip, columns, padEnd, padStart } from '../console/wrap.ts';
import type { RenderOptions } from '../index.ts';
import { inert, mapTexts } from '../inert.ts';

/** Many CRMs at a terminal: a line each, then what they miss. */
export function renderOverview(overview: Overview, options: RenderOptions): string {
  const change = options.unicode ? inert : (text: string) => plainTypography(inert(text));
  const { crms, findings } = mapTexts(overview, (text) => change(text));
  const page = pageOf(options, []);
  const lines = [
    '',
    `  ${page.ink.strong(`${crms.length} ${crms.length === 1 ? 'report' : 'reports'}`)}`,
    '',
    ...rows(crms, page),
    '',
    `  ${page.ink.strong('What users will be able to do')}`,
    ...features(crms, page),
    ...(findings.length === 0 ? [] : ['', `  ${page.ink.strong('What to change')}`]),
    ...findings.flatMap(({ id, level, crms: names }) => [
      `    ${padEnd(id, 26)} ${padEnd(level, 6)} ${padStart(String(names.length), 3)}`,
      ...paragraph(page, listed(names), 8, page.ink.quiet),
    ]),
  ];
  return `${lines.join('\n')}\n`;
}

function rows(crms: Overview['crms'], page: Page): string[] {
  const width = nameWidth(crms, page);
  return crms.flatMap(({ name, host, startedAt, overall, score, measuredPercent }) => [
    `    ${padEnd(clip(name, width, page.marks.ellipsis), width)}  ${scoreOf(score, measuredPercent)}  ${overallTitles[overall]}`,
    ...paragraph(
      page,
      `${host}${page.marks.separator}${startedAt.slice(0, 16).replace('T', ' ')}`,
      8,
      page.ink.quiet,
    ),
  ]);
}

function features(crms: Overview['crms'], page: Page): string[] {
  const width = Math.max(...Object.values(featureTitles).map(columns));
  return featureIds.flatMap((id) => {
    const names = (state: FeatureState) =>
      crms.filter((crm) => crm.features[id] === state).map(({ label }) => label);
    const states = ['works', 'works with adapter code', 'does not work', 'unknown'] as const;
    const parts = states.flatMap((state) => {
      const those = names(state);
      return those.length === 0
        ? []
        : `${state}: ${those.length}${state === 'works' ? '' : ` (${listed(those)})`}`;
    });
    const title = featureTitles[id];
    const text = parts.join(', ');
    // What goes on at the margin looks like a feature of its own.
    return page.narrow
      ? [...paragraph(page, title, 4), ...paragraph(page, text, 6)]
      : labelled(page, title, text, { indent: 4, labelWidth: width + 1 });
  });
}

function nameWidth(crms: Overview['crms'], page: Page): number {
  return Math.min(page.width - 50, Math.max(4, ...crms.map(({ name }) => columns(name))));
}

function scoreOf(score: number | null, measured: number): string {
  return `${padStart(score === null ? '-' : String(score), 3)} of 100, measured ${padStart(String(measured), 3)} %`;
}
