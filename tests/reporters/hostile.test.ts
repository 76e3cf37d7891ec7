import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { lexer, type Token, walkTokens } from 'marked';
import { describe, expect, it } from 'vitest';
import { compareReports } from '../../src/report/compare.ts';
import { mergeReports } from '../../src/report/merge.ts';
import type { Report } from '../../src/report/types.ts';
import { comparisonReporters } from '../../src/reporters/comparison/index.ts';
import { reporters } from '../../src/reporters/index.ts';
import { overviewReporters } from '../../src/reporters/overview/index.ts';
import { commandsIn } from './github-runner.ts';
import { hostileTexts } from './hostile-texts.ts';
import { exchange, unanswered } from './sample.ts';
import { bad, good } from './sample-reports.ts';

const options = { colour: false, width: 100, unicode: true };

/** A report in which the CRM, the file and the person have said this wherever they are quoted. */
function saying(text: string): Report {
  const report = structuredClone(bad);
  report.profile = { ...report.profile, name: text, file: text, path: text, host: text };
  report.run = { ...report.run, user: text, command: ['check', '--profile', text] };
  report.items = report.items.map((item) => ({ ...item, title: text }));
  report.checks = report.checks.map((check) => ({
    ...check,
    title: text,
    why: text,
    summary: text,
    expected: text,
    observed: text,
    remedy: { vendor: text, integrator: text },
    links: [{ title: text, url: text }],
    cautions: [text],
    ...(check.waiver && { waiver: { ...check.waiver, reason: text, summary: text } }),
  }));
  report.features['call-pop'].cautions = [text];
  report.exchanges = [
    { ...exchange, request: { ...exchange.request, url: text, headers: { 'x-a': text } } },
    { ...unanswered, id: 21, intent: text, error: { code: 'protocol', message: text } },
  ];
  report.leftovers = report.leftovers.map((left) => ({
    ...left,
    kind: text,
    name: text,
    id: text,
    reason: text,
  }));
  report.notes = [text];
  return report;
}

const harmless = saying('harmless words');
type Format = keyof typeof reporters;
const render = (format: Format, report: Report) => reporters[format].render(report, options);

/** Nothing that a terminal acts upon, and nothing that a build server takes for a command. */
function expectQuiet(text: string): void {
  expect(text).not.toMatch(/(?![\n\u200B-\u200D])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
  expect(text).not.toMatch(/^\s*::[a-z]/im);
  expect(text).not.toMatch(/##[a-z]*\[/i);
}

/** The kinds of everything in a Markdown document, in order, without its texts. */
function shapeOf(markdown: string): string[] {
  const kinds: string[] = [];
  walkTokens(lexer(markdown), (token: Token) => {
    // Text may come in one piece or in several, with escapes or without.
    if (token.type !== 'text' && token.type !== 'escape' && token.type !== 'space') kinds.push(token.type);
  });
  return kinds;
}

describe.each(Object.entries(hostileTexts))('%s is text, and nothing else,', (_, text) => {
  const hostile = saying(text);

  it('on a terminal', async () => {
    const shown = await render('console', hostile);
    expectQuiet(shown);
    expect(shown.match(/^ {4}\S user\.validates/gm)).toHaveLength(1);
  });

  it('in JSON', async () => {
    const shown = await render('json', hostile);
    expect(shown).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
    expect(shown).not.toMatch(/##[a-z]*\[/i);
    expect(JSON.parse(shown)).toEqual(JSON.parse(JSON.stringify(hostile)));
  });

  it('in Markdown', async () => {
    const shown = await render('markdown', hostile);
    expectQuiet(shown);
    expect(shapeOf(shown)).toEqual(shapeOf(await render('markdown', harmless)));
    // GitHub looks for these in the text that remains.
    expect(shown.replace(/`[^`]*`/g, '')).not.toMatch(/@\w|(?<!&)#\d|https?:\/\/evil|www\.evil/);
  });

  it('in JUnit', async () => {
    const shown = await render('junit', hostile);
    expectQuiet(shown);
    expect(XMLValidator.validate(shown)).toBe(true);
    expect(structure(shown)).toEqual(structure(await render('junit', harmless)));
  });

  it('in SARIF', async () => {
    const shown = await render('sarif', hostile);
    expectQuiet(shown);
    const { runs } = JSON.parse(shown);
    // A bracket that is not escaped begins a link (section 3.11.6 of the standard).
    for (const { message } of runs[0].results) expect(message.text.replace(/\\./g, '')).not.toMatch(/[[\]]/);
  });

  it('among the annotations of GitHub', async () => {
    const shown = await render('github', hostile);
    const commands = commandsIn(shown);
    expect(commands).toHaveLength(commandsIn(await render('github', harmless)).length);
    expect(commands.map(({ command }) => command)).toEqual(
      commandsIn(await render('github', harmless)).map(({ command }) => command),
    );
    for (const { properties } of commands)
      expect(['file', 'line', 'col', 'title']).toEqual(expect.arrayContaining(Object.keys(properties)));
    expect(shown).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
  });

  it('beside a badge', async () => {
    expect(await render('badge', hostile)).toBe(await render('badge', harmless));
  });

  it('where reports are merged and compared', async () => {
    const overviews = [hostile, harmless].map((report) => mergeReports([report, good]));
    const comparisons = [hostile, harmless].map((report) => compareReports(good, report));
    for (const reporter of [overviewReporters, comparisonReporters] as const) {
      const given = reporter === overviewReporters ? overviews : comparisons;
      for (const format of ['console', 'markdown', 'json'] as const) {
        const [shown = '', plain = ''] = await Promise.all(
          given.map((one) => reporter[format].render(one as never, options)),
        );
        if (format !== 'json') expectQuiet(shown);
        if (format === 'markdown') expect(shapeOf(shown)).toEqual(shapeOf(plain));
        if (format === 'json') expect(shown).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
      }
    }
  });
});

/** Elements and the names of their attributes, without texts. */
function structure(xml: string): unknown {
  const parser = new XMLParser({ ignoreAttributes: false, preserveOrder: true, cdataPropName: '#cdata' });
  return JSON.parse(
    JSON.stringify(parser.parse(xml), (key, value) => {
      if (key === '#text') return undefined;
      return typeof value === 'string' ? '' : value;
    }),
  );
}
