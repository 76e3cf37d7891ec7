import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { comparedWith } from '../../src/report/asked-again.ts';
import { commandToAskAgain, wordsToAskAgain } from '../../src/report/reproduce.ts';
import type { Verdict } from '../../src/report/types.ts';
import { hostileTexts } from '../reporters/hostile-texts.ts';
import { check, report } from '../reporters/sample.ts';

const sample = report([check('user.name')]);

describe('the command that asks again', () => {
  it('is the one that was given, for one requirement, against the saved report', () => {
    expect(commandToAskAgain(sample, 'user.name', 'out/r.json')).toBe(
      'crm-ready check --profile profiles/acme.yaml --only user.name --against out/r.json',
    );
  });

  it('names the profile where an older report does not say what was given', () => {
    const { command: _command, ...run } = sample.run;
    expect(commandToAskAgain({ ...sample, run }, 'user.name')).toBe(
      'crm-ready check --profile profiles/acme.yaml --only user.name --against report.json',
    );
  });

  it.each(Object.entries(hostileTexts).filter(([, text]) => !text.includes('\0')))(
    'hands a shell each word as it is: %s',
    (_, text) => {
      const run = { ...sample.run, command: ['check', '--profile', text] };
      const words = wordsToAskAgain({ ...sample, run }, 'user.name');
      const printed = execFileSync('sh', ['-c', `printf '%s\\0' ${words.join(' ')}`], { encoding: 'utf8' });
      expect(printed.split('\0')[3]).toBe(Buffer.from(text).toString());
    },
  );
});

it.each<[string, Verdict, Verdict]>([
  ['FIXED', 'fail', 'pass'],
  ['FIXED', 'warn', 'pass'],
  ['STILL', 'fail', 'fail'],
  ['STILL', 'fail', 'warn'],
  ['COULD NOT MEASURE', 'fail', 'inconclusive'],
  ['COULD NOT MEASURE', 'fail', 'blocked'],
  ['NEW', 'pass', 'fail'],
  ['NEW', 'inconclusive', 'fail'],
  ['MET', 'pass', 'pass'],
])('a requirement is %s that was %s and is %s', (outcome, before, after) => {
  const [was, is] = [before, after].map((verdict) =>
    report([check('user.name', { verdict, summary: 'so it is' })]),
  );
  const [only] = was && is ? comparedWith(was, is, ['user.name']) : [];
  expect(only).toMatchObject({ id: 'user.name', outcome, text: expect.stringContaining('so it is') });
});

it('a requirement that is not asked any more could not be measured', () => {
  const was = report([check('oauth.state', { verdict: 'fail' })]);
  expect(
    comparedWith(was, sample, ['oauth.state', 'activity']).map(({ id, outcome }) => [id, outcome]),
  ).toEqual([
    ['user.name', 'MET'],
    ['oauth.state', 'COULD NOT MEASURE'],
  ]);
});
