import type { CheckDefinition, JudgedTexts } from '../checks/define-check.ts';
import { catalogue } from '../checks/index.ts';
import { nearest } from '../profile/suggest.ts';
import { featureTitles, itemTitles } from '../report/titles.ts';
import { itemIds } from '../report/types.ts';
import { labelled, type Page, pageOf, paragraph } from '../reporters/console/page.ts';
import { faults } from '../sandbox/faults.ts';
import { featuresDecidedBy } from '../verdict/decides.ts';
import { weightOf } from '../verdict/score.ts';
import { UsageError } from './failure.ts';
import { terminal } from './report-targets.ts';
import { giveTerminalsAWidth } from './terminal-width.ts';

/** `crm-ready explain ID`: the catalogue, for a person at a terminal. @returns the exit code */
export async function explain(id: string | undefined, options: { list?: boolean }): Promise<number> {
  giveTerminalsAWidth();
  const page = pageOf(terminal(), []);
  if (options.list) {
    say(listed(page));
    return 0;
  }
  if (id === undefined)
    throw new UsageError('explain what?', 'crm-ready explain --list lists the requirements.');
  say(explanation(definitionOf(id), page));
  return 0;
}

function definitionOf(id: string): CheckDefinition {
  const definition = catalogue.find((check) => check.id === id);
  if (definition) return definition;
  const ids = catalogue.map((check) => check.id);
  // Who writes `any-format` leaves out what can be guessed.
  const near = nearest(id, ids) ?? ids.find((each) => tailOf(each) === nearest(id, ids.map(tailOf)));
  throw new UsageError(
    `there is no requirement "${id}"`,
    `${near ? `Did you mean ${near}? ` : ''}crm-ready explain --list lists them.`,
  );
}

function tailOf(id: string): string {
  return id.slice(id.indexOf('.') + 1);
}

const levels = { must: 'a must', should: 'a should', info: 'shown, not judged' } as const;

const verdicts = {
  pass: 'pass',
  warn: 'warn',
  fail: 'fail',
  inconclusive: 'inconclusive',
  notDescribed: 'not-described',
  notApplicable: 'not-applicable',
} as const satisfies Record<Exclude<keyof JudgedTexts, 'asks'>, string>;

function explanation(
  { id, item, level, title, why, remedy, judged: { asks, ...says }, links }: CheckDefinition,
  page: Page,
): string[] {
  const decides = featuresDecidedBy(id).map((feature) => featureTitles[feature]);
  const showing = faults.filter(({ fails }) => fails.includes(id)).map(({ name }) => name);
  const facts = [
    itemTitles[item],
    levels[level],
    `weight ${weightOf(id, level)}`,
    ...(decides.length > 0 ? [`decides ${decides.join(', ')}`] : []),
  ];
  const part = (label: string, lines: string[]) =>
    lines.length === 0 ? [] : ['', `  ${page.ink.strong(label)}`, ...lines];
  const text = (words: string) => paragraph(page, words, 4);
  const width = Math.max(...Object.values(verdicts).map((verdict) => verdict.length));
  const verdictLines = (Object.keys(verdicts) as (keyof typeof verdicts)[]).flatMap((verdict) => {
    const means = says[verdict];
    return means ? labelled(page, verdicts[verdict], `${means}.`, { indent: 4, labelWidth: width }) : [];
  });
  return [
    '',
    ...paragraph(page, id, 2, page.ink.strong),
    ...paragraph(page, `The CRM ${title}.`, 2),
    ...paragraph(page, facts.join(page.marks.separator), 2, page.ink.quiet),
    ...part('Why', text(why)),
    ...part('How it is judged', [...(asks ? text(asks) : []), ...verdictLines]),
    ...part('A vendor can change', text(remedy.vendor)),
    ...part('An integrator can do meanwhile', text(remedy.integrator)),
    ...part(
      'Read more',
      links.flatMap((link) => [...text(link.title), `    ${page.ink.quiet(link.url)}`]),
    ),
    ...part(
      'See it fail',
      showing.map((name) => `    crm-ready demo --only ${id} --fault ${name}`),
    ),
  ];
}

function listed(page: Page): string[] {
  const width = Math.max(...catalogue.map(({ id }) => id.length));
  return itemIds.flatMap((item) => {
    const checks = catalogue.filter((check) => check.item === item);
    if (checks.length === 0) return [];
    return [
      `  ${page.ink.strong(itemTitles[item])}`,
      ...checks.flatMap(({ id, title }) => labelled(page, id, title, { indent: 4, labelWidth: width + 1 })),
      '',
    ];
  });
}

function say(lines: readonly string[]): void {
  process.stdout.write(`${lines.join('\n')}\n`);
}
