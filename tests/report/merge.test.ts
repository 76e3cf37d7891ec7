import { expect, it } from 'vitest';
import { mergeReports } from '../../src/report/merge.ts';
import { featureTitles } from '../../src/report/titles.ts';
import { overviewReporters } from '../../src/reporters/overview/index.ts';
import { checks, report } from '../reporters/sample.ts';
import { bad, good, unmeasured } from '../reporters/sample-reports.ts';

const named = (name: string, report = good) => ({ ...report, profile: { ...report.profile, name } });

it('the best CRM comes first, whatever the order of the files', () => {
  const { crms } = mergeReports([
    named('Broken', bad),
    named('Zeta'),
    named('Silent', unmeasured),
    named('Alpha'),
  ]);
  expect(crms.map(({ name }) => name)).toEqual(['Alpha', 'Zeta', 'Broken', 'Silent']);
});

it('reports that nothing tells apart are numbered', () => {
  const { crms, findings } = mergeReports([named('A', bad), named('A', bad)]);
  expect(new Set(crms.map(({ label }) => label)).size).toBe(2);
  expect(crms[1]?.label).toMatch(/ #2$/);
  for (const finding of findings) expect(new Set(finding.crms).size).toBe(2);
});

it('what most of them miss comes first, with the names of those that do', () => {
  const { findings } = mergeReports([named('A', bad), named('B', bad), named('C')]);
  expect(findings.map(({ id }) => id)).toContain('lookup.any-format');
  for (const { crms } of findings) expect(crms).toEqual(['A', 'B']);
});

it.each(Object.keys(overviewReporters) as (keyof typeof overviewReporters)[])(
  'every CRM, its result and its features stand in %s',
  async (format) => {
    const overview = mergeReports([named('Alpha'), named('Beta', bad)]);
    const text = await overviewReporters[format].render(overview, {
      colour: false,
      width: 100,
      unicode: true,
    });
    for (const part of ['Alpha', 'Beta', '100', 'does not work', 'lookup.any-format'])
      expect(text).toContain(part);
  },
);

const at = (name: string, host: string, startedAt: string) => {
  const one = named(name);
  return { ...one, profile: { ...one.profile, host }, run: { ...one.run, startedAt } };
};
const morning = '2026-03-04T09:15:00.000Z';
const eu = 'https://eu.acme.example';
const us = 'https://us.acme.example';

it.each([
  ['the name alone where no other has it', [at('A', eu, morning), at('B', eu, morning)], ['A', 'B']],
  [
    'its host too where another has the name',
    [at('A', eu, morning), at('A', us, morning)],
    ['A (eu.acme.example)', 'A (us.acme.example)'],
  ],
  [
    'the time too where the host is the same',
    [at('A', eu, morning), at('A', eu, '2026-03-05T09:15:00.000Z'), at('A', us, morning)],
    ['A (eu.acme.example, 2026-03-04 09:15)', 'A (eu.acme.example, 2026-03-05 09:15)', 'A (us.acme.example)'],
  ],
  [
    'the second where the minute is the same',
    [at('A', eu, morning), at('A', eu, '2026-03-04T09:15:20.000Z')],
    ['A (eu.acme.example, 2026-03-04 09:15:00)', 'A (eu.acme.example, 2026-03-04 09:15:20)'],
  ],
])('a report is called by %s', (_, reports, labels) => {
  expect(mergeReports(reports).crms.map(({ label }) => label)).toEqual(labels);
});

it.each(Object.keys(overviewReporters) as (keyof typeof overviewReporters)[])(
  'reports of one name can be told apart wherever %s names them',
  async (format) => {
    const broken = (host: string) => ({ ...bad, profile: { ...bad.profile, host } });
    const overview = mergeReports([broken(eu), broken(us)]);
    const text = await overviewReporters[format].render(overview, {
      colour: false,
      width: 300,
      unicode: true,
    });
    // Among the features, and with each thing to change.
    for (const label of ['Acme CRM (eu.acme.example)', 'Acme CRM (us.acme.example)'])
      expect(text.split(label).length - 1).toBeGreaterThan(overview.findings.length);
  },
);

it.each([100, 50])(
  'at %i columns a feature that takes more than a line does not look like two',
  async (width) => {
    const silent = ['Pipedrive', 'Insightly', 'Bullhorn', 'Freshsales'].map((name) =>
      named(`${name} in the cloud`, unmeasured),
    );
    const text = await overviewReporters.console.render(mergeReports([named('Alpha'), ...silent]), {
      colour: false,
      width,
      unicode: true,
    });
    const [, list = ''] = /What users will be able to do\n(.*?)(\n\n|$)/s.exec(text) ?? [];
    const atMargin = list.split('\n').filter((line) => /^ {4}\S/.test(line));
    expect(list).toContain('unknown: 4 (');
    expect(
      atMargin.map((line) => Object.values(featureTitles).some((title) => line.includes(title))),
    ).toEqual(Object.values(featureTitles).map(() => true));
  },
);

it('a requirement says how many do not meet it, meet it with a loss, and are measured', () => {
  const said = (verdict: 'pass' | 'fail' | 'warn' | 'blocked', name: string) =>
    named(name, report(checks({ 'lookup.shared': { verdict } })));
  const { findings } = mergeReports([
    said('fail', 'A'),
    said('warn', 'B'),
    said('pass', 'C'),
    said('blocked', 'D'),
  ]);
  expect(findings).toMatchObject([{ crms: ['A', 'B'], failing: ['A'], measured: 3 }]);
});
