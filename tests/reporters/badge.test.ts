import { expect, it } from 'vitest';
import { reporters } from '../../src/reporters/index.ts';
import { bad, good, unmeasured } from './sample-reports.ts';

it.each([
  ['good', good, { message: 'ready, 100/100, 100 % measured', color: 'brightgreen' }],
  ['bad', bad, { message: expect.stringMatching(/^not ready, \d+\/100, \d+ % measured$/), color: 'red' }],
  ['unmeasured', unmeasured, { message: 'unknown, not measured', color: 'lightgrey' }],
])('the badge of a %s CRM has the fields of the endpoint format, and no others', async (_, report, says) => {
  const badge: unknown = JSON.parse(await reporters.badge.render(report));
  expect(badge).toEqual({ schemaVersion: 1, label: 'App Connect', ...says });
});
