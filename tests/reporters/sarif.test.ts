import { createRequire } from 'node:module';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { catalogue } from '../../src/checks/index.ts';
import { operationNames } from '../../src/profile/types.ts';
import { partsConcerned, placeConcerned } from '../../src/report/concerns.ts';
import type { Report } from '../../src/report/types.ts';
import { reporters } from '../../src/reporters/index.ts';
import { bad, good, interrupted, unmeasured } from './sample-reports.ts';

interface Log {
  runs: [
    {
      tool: { driver: { rules: { id: string }[] } };
      invocations: [
        { executionSuccessful: boolean; toolExecutionNotifications: { associatedRule: { id: string } }[] },
      ];
      results: {
        ruleId: string;
        ruleIndex: number;
        level: string;
        locations: { physicalLocation: { artifactLocation: { uri: string }; region: object } }[];
        suppressions?: { justification: string }[];
      }[];
    },
  ];
}

const sarif = (report: Report) => reporters.sarif.render(report);
const logOf = async (report: Report) => (JSON.parse(await sarif(report)) as Log).runs[0];

/** The schema of the standard, from the package of its authors. It is of draft 4: ajv reads it once it says 7. */
const require = createRequire(import.meta.url);
const {
  $schema: _draft,
  id: _id,
  ...schema
} = require('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json');
const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
addFormats.default(ajv);
const validate = ajv.compile(schema);

describe('a SARIF log', () => {
  it.each(Object.entries({ good, bad, interrupted, unmeasured }))(
    'is what the schema of SARIF 2.1.0 asks for: %s',
    async (_, report) => {
      validate(JSON.parse(await sarif(report)));
      expect(validate.errors ?? []).toEqual([]);
    },
  );

  it('(the schema would notice a wrong level and a key that nobody knows)', async () => {
    const log = JSON.parse(await sarif(bad));
    log.runs[0].results[0].level = 'dreadful';
    log.runs[0].colour = 'red';
    validate(log);
    expect(validate.errors?.map(({ instancePath }) => instancePath)).toEqual(
      expect.arrayContaining(['/runs/0', '/runs/0/results/0/level']),
    );
  });

  it('points at the line of the profile that describes the operation', async () => {
    const { results } = await logOf(bad);
    const of = (id: string) => results.find(({ ruleId }) => ruleId === id)?.locations[0]?.physicalLocation;
    expect(of('lookup.any-format')).toEqual({
      artifactLocation: { uri: 'profiles/acme.yaml', uriBaseId: '%SRCROOT%' },
      region: { startLine: 17, startColumn: 3 },
    });
    expect(of('oauth.code-exchange')?.region).toEqual({ startLine: 5, startColumn: 1 });
    // The profile does not describe getUserInfo: where it would have to.
    expect(of('user.validates')?.region).toEqual({ startLine: 12, startColumn: 1 });
  });

  it('has a result for each finding, an error for a must that fails, and waived ones suppressed', async () => {
    const { results, tool } = await logOf(bad);
    const found = bad.checks.filter(({ verdict }) => ['fail', 'warn', 'waived'].includes(verdict));
    expect(results.map(({ ruleId }) => ruleId)).toEqual(found.map(({ id }) => id));
    for (const { ruleId, ruleIndex } of results) expect(tool.driver.rules[ruleIndex]?.id).toBe(ruleId);
    expect(results.filter(({ level }) => level === 'error').map(({ ruleId }) => ruleId)).toEqual([
      'oauth.code-exchange',
      'user.validates',
    ]);
    expect(
      results.filter(({ suppressions }) => suppressions).map((one) => [one.ruleId, one.suppressions]),
    ).toEqual([
      [
        'oauth.pkce',
        [{ kind: 'external', status: 'accepted', justification: 'not offered to partners before June' }],
      ],
    ]);
  });

  it('takes nothing that was not measured for a result', async () => {
    const { results, invocations } = await logOf(unmeasured);
    expect(results).toEqual([]);
    const open = unmeasured.checks.filter(({ level }) => level !== 'info').map(({ id }) => id);
    expect(invocations[0].toolExecutionNotifications.map(({ associatedRule }) => associatedRule.id)).toEqual(
      open,
    );
    expect((await logOf(interrupted)).invocations[0].executionSuccessful).toBe(false);
  });
});

describe('the place of a requirement in the profile', () => {
  it.each(catalogue.map(({ id }) => id))('is known for %s', (id) => {
    const [nearest, ...rest] = partsConcerned(id);
    expect(rest).not.toEqual([]);
    expect([...operationNames, 'auth']).toContain(nearest);
  });

  it('is the first line where a report does not say', () => {
    const { locations: _none, ...profile } = bad.profile;
    expect(placeConcerned(profile, 'lookup.e164')).toEqual({ line: 1, column: 1 });
  });
});
