import { extraFormatsIn } from '../../report/matrix.ts';
import { featureTitles, verdictTitles } from '../../report/titles.ts';
import {
  type CheckResult,
  type FeatureResult,
  type FeatureState,
  featureIds,
  type Report,
} from '../../report/types.ts';
import { listed } from './listed.ts';
import { type Ink, type Page, paragraph } from './page.ts';
import { wrap } from './wrap.ts';

const stateWords = {
  works: 'works',
  'works with adapter code': 'adapter code',
  'does not work': 'does not work',
  unknown: 'unknown',
} as const satisfies Record<FeatureState, string>;

const stateInks = {
  works: 'good',
  'works with adapter code': 'loss',
  'does not work': 'bad',
  unknown: 'quiet',
} as const satisfies Record<FeatureState, keyof Ink>;

const titleWidth = Math.max(...Object.values(featureTitles).map((title) => title.length));
const stateWidth = Math.max(...Object.values(stateWords).map((word) => word.length));

/** The seven features: state, the requirements that decided it, and what to bear in mind. */
export function features(report: Report, page: Page): string[] {
  const byId = new Map(report.checks.map((check) => [check.id, check]));
  const lines = ['', `  ${page.ink.strong('What your users will be able to do')}`];
  for (const id of featureIds) {
    const feature = report.features[id];
    // A feature that works with a "but" is not marked like one that simply works.
    const mark =
      feature.state === 'works' && feature.cautions.length > 0 ? 'works with adapter code' : feature.state;
    const ink = page.ink[stateInks[mark]];
    const word = stateWords[feature.state];
    const gap = page.narrow ? ' ' : '  ';
    const head = `    ${ink(page.marks.feature[mark])} ${featureTitles[id].padEnd(titleWidth)}${gap}${ink(word)}`;
    const texts = [reasonOf(feature, byId), ...feature.cautions.map((caution) => `but: ${caution}`)].filter(
      (text) => text !== '',
    );
    if (page.narrow) {
      lines.push(head, ...texts.flatMap((text) => paragraph(page, text, 8)));
      continue;
    }
    const start = 6 + titleWidth + 2 + stateWidth + 2;
    const [first, ...rest] = texts.flatMap((text) => wrap(text, page.width - start));
    lines.push(first === undefined ? head : `${head}${' '.repeat(stateWidth - word.length + 2)}${first}`);
    lines.push(...rest.map((line) => ' '.repeat(start) + line));
  }
  return lines;
}

function reasonOf({ state, because }: FeatureResult, byId: ReadonlyMap<string, CheckResult>): string {
  if (state !== 'unknown') return listed(because.map((id) => withFormats(id, byId.get(id))));
  const causes = new Map<string, Set<string>>();
  for (const id of because) {
    const blockedBy = byId.get(id)?.blockedBy;
    // A cause that decides the feature as well speaks for itself.
    if (blockedBy && because.includes(blockedBy)) continue;
    const [what, cause] = openBecause(id, byId.get(id));
    causes.set(what, (causes.get(what) ?? new Set()).add(cause));
  }
  return [...causes].map(([what, ids]) => `${what} ${listed([...ids])}`).join('; ');
}

function withFormats(id: string, check: CheckResult | undefined): string {
  const formats = id === 'lookup.any-format' ? extraFormatsIn(check?.facts).length : 0;
  if (formats === 0) return id;
  return `${id} (${formats} more ${formats === 1 ? 'format' : 'formats'} to search)`;
}

/** What keeps a requirement open, and which one to look at: itself, or the one that blocks it. */
function openBecause(id: string, check: CheckResult | undefined): [what: string, cause: string] {
  if (check === undefined) return ['not asked:', id];
  if (check.verdict !== 'blocked' || check.blockedBy === null)
    return [`${verdictTitles[check.verdict]}:`, id];
  return ['blocked by', check.blockedBy];
}
