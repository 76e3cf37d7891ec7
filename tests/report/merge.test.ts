import { expect, it } from 'vitest';
import { mergeReports } from '../../src/report/merge.ts';
import { overviewReporters } from '../../src/reporters/overview/index.ts';
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

it('what most of them miss comes first, with the names of those that do', () => {
  const { findings } = mergeReports([named('A', bad), named('B', bad), named('C')]);
  expect(findings.map(({ id }) => id)).toContain('lookup.any-format');
  for (const { crms } of findings) expect(crms).toEqual(['A', 'B']);
});

it.each(['console', 'markdown', 'json'] as const)(
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
