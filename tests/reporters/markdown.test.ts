import { lexer, parse, type Token, type Tokens } from 'marked';
import { describe, expect, it } from 'vitest';
import { reporters } from '../../src/reporters/index.ts';
import { code, prose, table } from '../../src/reporters/markdown-text.ts';
import { bad, good, interrupted } from './sample-reports.ts';

const options = { colour: false, width: 100, unicode: true };
const markdown = (report = bad, savedAs?: string) =>
  reporters.markdown.render(report, { ...options, ...(savedAs && { savedAs }) });
const tables = (text: string) => lexer(text).filter((token): token is Tokens.Table => token.type === 'table');

/** What a reader sees. */
function textOf(text: string): string {
  return parse(text, { async: false })
    .replace(/<[^>]+>/g, '')
    .replace(/&#39;/g, "'")
    .replace(/&quot;/g, '"')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&')
    .replaceAll('\u200B', '')
    .trim();
}

describe('the report in Markdown, as a renderer reads it,', () => {
  it('begins with the result, and has a heading for each part', async () => {
    const headings = lexer(await markdown()).filter(
      (token): token is Tokens.Heading => token.type === 'heading',
    );
    expect(headings.filter(({ depth }) => depth === 1).map(({ text }) => text)).toEqual([
      'Acme CRM: not ready',
    ]);
    expect(headings.filter(({ depth }) => depth === 2).map(({ text }) => text)).toEqual(
      expect.arrayContaining([
        'What your users will be able to do',
        'Find by phone number',
        'What to change',
        'Not measured',
        'Left behind in the CRM: 2',
        'Remarks',
      ]),
    );
  });

  it('has a row for every feature and every requirement, each with its verdict as a word', async () => {
    const [features, ...rest] = tables(await markdown());
    expect(features?.rows).toHaveLength(7);
    const rows = rest.flatMap(({ rows: all }) => all.map((cells) => cells.map(({ text }) => text)));
    for (const { id } of bad.checks) {
      const row = rows.find((cells) => cells[1] === `\`${id}\``);
      expect(row?.[0], id).toMatch(/\p{L}/u);
    }
  });

  it('has all cells of a table, whatever stands in them', async () => {
    for (const { header, rows } of tables(await markdown()))
      for (const cells of rows) expect(cells).toHaveLength(header.length);
  });

  it('gives each finding the command that asks again', async () => {
    const blocks = lexer(await markdown(bad, 'out/acme report.json')).filter(
      (token): token is Tokens.Code => token.type === 'code',
    );
    const found = bad.checks.filter(({ level, verdict }) => level !== 'info' && /fail|warn/.test(verdict));
    expect(blocks.map(({ text }) => text)).toEqual(
      found.map(
        ({ id }) =>
          `crm-ready check --profile profiles/acme.yaml --only ${id} --against 'out/acme report.json'`,
      ),
    );
  });

  it('links only to the pages that the catalogue names', async () => {
    const links: string[] = [];
    const walk = (tokens: Token[]) => {
      for (const token of tokens) {
        if (token.type === 'link' || token.type === 'image') links.push(token.href);
        if ('tokens' in token && token.tokens) walk(token.tokens);
        if (token.type === 'list') walk(token.items);
      }
    };
    walk(lexer(await markdown()));
    expect(links).toEqual(['https://www.rfc-editor.org/rfc/rfc7636#section-4.4.1']);
  });

  it('of a good CRM asks for no change', async () => {
    const text = await markdown(good);
    expect(text).not.toContain('What to change');
    expect(text).not.toContain('--against');
    expect(await markdown(interrupted)).toContain('## Not measured');
  });
});

describe('a text of somebody else', () => {
  it.each([
    ['a_b_c *d* `e` ~~f~~ <b>g</b> &amp; [h](i) !j | k \\'],
    ['(415) 555-0123 is 1. of 2 # and + more - than = this'],
    ['"code_verifier" is required: {"error":"invalid_request"}'],
  ])('reads as it is: %s', (text) => {
    expect(textOf(`Said: ${prose(text)}`)).toBe(`Said: ${text}`);
    expect(textOf(`Said: ${code(text)}`)).toBe(`Said: ${text}`);
    const [row] = tables(table(['a', 'b'], [[prose(text), code('x')]]).join('\n'))[0]?.rows ?? [];
    expect(row).toHaveLength(2);
  });

  it('pings nobody and links to nothing', () => {
    const text = prose('@somebody #12 https://example.com www.example.com :smile:');
    expect(parse(text, { async: false })).not.toMatch(/<a|@\w|#\d/);
    expect(textOf(text)).toBe('@somebody #12 https://example.com www.example.com :smile:');
  });
});
