import { describe, expect, test } from 'vitest';
import { compareReports } from '../../../src/report/compare.ts';
import { mergeReports } from '../../../src/report/merge.ts';
import type { Report } from '../../../src/report/types.ts';
import { renderComparisonHtml } from '../../../src/reporters/comparison/html.tsx';
import { renderOverviewHtml } from '../../../src/reporters/overview/html.tsx';
import { check, checks, report } from '../sample.ts';
import { bad, good, interrupted, unmeasured } from '../sample-reports.ts';
import { hostileReport, payloads } from './hostile.ts';
import { words } from './words.ts';

const named = (name: string, one: Report, host = one.profile.host) => ({
  ...one,
  profile: { ...one.profile, name, host },
});
const merged = (...reports: Report[]) => renderOverviewHtml(mergeReports(reports));
const compared = (before: Report, after: Report) => renderComparisonHtml(compareReports(before, after));

describe.each([
  ['overview', (shown: Report) => merged(named('Alpha', shown), named('Beta', good))],
  ['comparison', (shown: Report) => compared(good, shown)],
])('the %s', (_, render) => {
  test.each(Object.entries({ good, bad, interrupted, unmeasured, hostile: hostileReport() }))(
    'of a %s report has each id once, and each of its links leads somewhere',
    (_kind, shown) => {
      const html = render(shown);
      const ids = [...html.matchAll(/ id="([^"]*)"/g)].map(([, id = '']) => id);
      expect(ids).toEqual([...new Set(ids)]);
      const targets = [...html.matchAll(/ href="#([^"]*)"/g)].map(([, target = '']) => target);
      expect(targets.filter((target) => !ids.includes(target))).toEqual([]);
    },
  );

  test('holds no script, no inline style, and a policy that lets nothing in', () => {
    const html = render(bad);
    expect(html).not.toMatch(/<script|<iframe|javascript:| on\w+="| style="/i);
    expect(html).toMatch(
      /http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-[\w+/]+='; img-src data:; base-uri 'none'; form-action 'none'"/,
    );
  });

  test('has no element that a hostile CRM wrote, and hides none of its characters', () => {
    const hostile = hostileReport();
    for (const payload of payloads) {
      const html = render(named(payload, hostile, payload));
      expect(html).not.toMatch(/<script|<iframe|<img|<object|<form|<base|<video|<math/i);
      expect(html).not.toMatch(/(?![\n\t\u200C\u200D])[\p{Cc}\p{Cf}]/u);
    }
  });

  test('of an endless text stays small', () => {
    const endless = report(
      checks({ 'user.name': { verdict: 'fail', summary: 'x'.repeat(1e6), title: 'y'.repeat(1e6) } }),
    );
    expect(render(named('z'.repeat(1e6), endless)).length).toBeLessThan(60_000);
  });
});

describe('the overview', () => {
  const html = merged(named('Alpha', good), named('Beta', bad), named('Gamma', unmeasured));

  test('has a row for each CRM: host, time, result, score and how much is measured', () => {
    const rows = [...html.matchAll(/<li id="crm-\d+">.*?<\/li>/gs)].map(([row]) => words(row).trim());
    expect(rows).toHaveLength(3);
    expect(rows[0]).toMatch(
      /^Alpha https:\/\/api\.acme\.example 4 March 2026, 09:15 UTC Ready .* 100 of 100 100 % measured$/,
    );
    expect(rows[1]).toMatch(
      /^Beta .* Not ready Connect does not work\. 5 findings \d+ of 100 \d+ % measured$/,
    );
    expect(rows[2]).toMatch(
      /^Gamma .* Unknown Nothing could be measured\. No score: nothing was measured\.$/,
    );
  });

  test('counts the results, and leads to the first CRM of each', () => {
    expect(words(html)).toContain('1 ready 1 not ready 1 unknown');
    expect(html).toContain('<a href="#crm-2">1 not ready</a>');
  });

  test('says of each CRM and feature in words and by a mark what state it is in', () => {
    const table = /<table class="grid">.*?<\/table>/s.exec(html)?.[0] ?? '';
    const cells = [...table.matchAll(/<td class="state (\w+)">(.*?)<\/td>/gs)];
    expect(cells).toHaveLength(3 * 7);
    for (const [, mark, cell = ''] of cells) {
      expect(cell).toContain(`href="#mark-${mark}"`);
      expect(words(cell).trim()).toMatch(/^(Works|Does not work|Unknown)/);
    }
    expect(words(table)).toMatch(/Works in 1 of 3/);
  });

  test('does not show a feature that works with a caution like one that simply works', () => {
    const cautioned = report(checks({ 'user.validates': { cautions: ['mind this'] } }));
    cautioned.features.connect.cautions = ['mind this'];
    expect(merged(cautioned)).toMatch(/<td class="state loss">.*?Works, with a caution<\/td>/s);
  });

  test('says of each requirement by how many of those measured it is not met, and by whom', () => {
    const shown = merged(
      named('A', report(checks({ 'lookup.e164': { verdict: 'fail' } }))),
      named('B', report(checks({ 'lookup.e164': { verdict: 'warn' } }))),
      named('C', report(checks({ 'lookup.e164': { verdict: 'inconclusive' } }))),
      named('D', good),
    );
    const section = shown.split(' id="lookup.e164"')[1] ?? '';
    expect(words(section)).toMatch(
      /2 of 3 The CRM The title of lookup\.e164 a must lookup\.e164 Not met by A Met with a loss by B/,
    );
  });

  test('tells two CRMs of one name apart by the host', () => {
    const shown = merged(named('Acme', bad, 'https://eu.example'), named('Acme', bad, 'https://us.example'));
    expect(shown).toContain('>Acme (eu.example)</a>');
    expect(shown).toContain('>Acme (us.example)</a>');
  });

  test.each([
    ['Nothing to change<', [good]],
    ['Nothing to change so far: not everything is measured<', [good, interrupted]],
    ['Nothing could be measured<', [unmeasured]],
  ])('without a finding promises no more than it knows: %s', (title, reports) => {
    expect(merged(...reports)).toContain(title);
  });

  test('warns where the catalogues differ', () => {
    expect(html).not.toContain('different catalogues');
    expect(merged(good, { ...good, catalogueVersion: 7 })).toContain('different catalogues (1 and 7)');
  });
});

describe('the comparison', () => {
  test('opens with whether something is worse, and both standings', () => {
    const [top = ''] = compared(good, bad).split('class="changes"');
    expect(words(top)).toMatch(
      /Acme CRM 5 worse, 0 better\. 39 requirements are as before\. Worse: 5 .*Before 4 March 2026, 09:15 UTC .* Ready 100 of 100 100 % measured After .* Not ready \d+ of 100 \d+ % measured/,
    );
    expect(top).toContain('<p class="overall bad">');
  });

  test('has a section for each kind of change, with what it was and what it is', () => {
    const before = report([
      check('user.name', { verdict: 'fail' }),
      check('user.id'),
      check('lookup.shared', { verdict: 'warn' }),
    ]);
    const after = report([
      check('user.name'),
      check('lookup.shared', { verdict: 'fail' }),
      check('lookup.e164', { verdict: 'fail' }),
    ]);
    const text = words(compared(before, after));
    expect(text).toMatch(/Worse 1 with a loss →, now not met .*? a should lookup\.shared/);
    expect(text).toMatch(/New 1 not asked →, now not met .*? a must lookup\.e164/);
    expect(text).toMatch(/Better 1 not met →, now met .*? a must user\.name/);
    expect(text).toMatch(/Gone 1 met →, now no longer asked .*? a must user\.id/);
  });

  test('says that more is lost where the verdict is the same', () => {
    const share = (part: number) =>
      report([check('lookup.any-format', { verdict: 'warn', share: part, earned: part })]);
    expect(words(compared(share(0.8), share(0.2)))).toContain('with a loss, as before, but more is lost');
  });

  test('shows the features whose state is another one', () => {
    expect(words(compared(good, bad))).toMatch(
      /Feature of App Connect Before After Connect .*? Works Does not work/,
    );
    expect(compared(good, good)).not.toContain('Feature of App Connect');
  });

  test('of different CRMs names both, and says so', () => {
    const text = words(compared(named('Old', good), named('New', good)));
    expect(text).toContain('These are reports of different CRMs.');
    expect(text).toMatch(/Before Old .*After New /);
  });

  test('that cannot tell says so', () => {
    expect(compared(good, interrupted)).toMatch(/<p class="overall question">.*?cannot be told/s);
  });
});
