import { expect, it } from 'vitest';
import { reporters } from '../../src/reporters/index.ts';
import { renderJson } from '../../src/reporters/json.ts';
import { check, report } from './sample.ts';
import { bad } from './sample-reports.ts';

it('is the report itself, indented, and ends in a newline', () => {
  const text = renderJson(bad);
  expect(JSON.parse(text)).toEqual(bad);
  expect(text).toMatch(/^\{\n {2}"schemaVersion": 1,/);
  expect(text.endsWith('}\n')).toBe(true);
});

it('holds no character that a terminal would act upon, and loses none', () => {
  const hostile = 'a\u001b[2J\u009b31m\u202Eb\u2028c\u{E0041}\u0000';
  const text = renderJson(report([check('user.name', { summary: hostile })]));
  expect(text).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}\p{Zl}]/u);
  expect(JSON.parse(text).checks[0].summary).toBe(hostile);
});

it('every reporter tells what is not met', async () => {
  const options = { colour: false, width: 100, unicode: true };
  for (const [name, reporter] of Object.entries(reporters)) {
    // A badge has room for the result only.
    const told = name === 'badge' ? 'not ready' : 'oauth.code-exchange';
    expect(await reporter.render(bad, options)).toContain(told);
  }
});
