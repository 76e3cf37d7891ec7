import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import { checks, report, type Said } from '../reporters/sample.ts';
import { startFront } from '../secrets/front.ts';
import { credentialsOf, crmReady, type Ended, folder, parseReport, steady } from './command.ts';

let out: string;
/** The faults of the CRMs that the lines name. Each run has a CRM of its own: side by side they would find each other. */
const faults: Readonly<Record<string, string[]>> = { honest: [], lenient: ['user-ok-for-wrong-token'] };
const file = (name: string) => join(out, name);

const check = (sandbox: Pick<Sandbox, 'port'>) =>
  `check --profile profiles/reference-api-key.yaml --var port=${sandbox.port} --lookup essential ${steady}`;

/** Lines of `waivers.yaml` for one requirement. */
const waiver = (id: string, expires: string) =>
  `waivers:\n  - id: ${id}\n    reason: agreed with the vendor\n    expires: ${expires}\n`;

const save = (name: string, said: Record<string, Said>) =>
  writeFile(file(name), JSON.stringify(report(checks(said))));

beforeAll(async () => {
  out = await folder();
  await save('good.json', {});
  await save('lossy.json', { 'lookup.shared': { verdict: 'warn' } });
  await save('failing.json', { 'user.validates': { verdict: 'fail' } });
  await save('silent.json', { 'lookup.e164': { verdict: 'inconclusive' } });
  for (const name of ['honest', 'lenient'])
    await runLine(`CHECK ${name} --report json=FILE/of-${name}.json --report badge`);
  await writeFile(file('needed.yaml'), waiver('user.validates', '2999-12-31'));
  await writeFile(file('expired.yaml'), waiver('user.validates', '2020-01-31'));
  await writeFile(file('needless.yaml'), waiver('user.name', '2999-12-31'));
  await writeFile(file('unknown.yaml'), waiver('user.validate', '2999-12-31'));
});

/** `CHECK name` is a check of a new CRM of that name, FILE a folder of this test. */
async function runLine(line: string): Promise<Ended> {
  const words = line.replaceAll('FILE/', `${out}/`);
  const [, name] = /^CHECK (\w+)/.exec(words) ?? [];
  if (name === undefined) return crmReady(words);
  const sandbox = await startSandbox({ faults: faults[name] ?? [] });
  try {
    return await crmReady(words.replace(`CHECK ${name}`, check(sandbox)), { env: credentialsOf(sandbox) });
  } finally {
    await sandbox.close();
  }
}

/** Of each situation: the exit code, the command line, and the reason that is given. */
const situations: [code: number, line: string, says: string][] = [
  [0, 'CHECK honest', 'Gate: holds: no must fails.'],
  [1, 'CHECK lenient', 'Gate: does not hold: 1 must fails (user.validates).'],
  [0, 'CHECK lenient --waivers FILE/needed.yaml', 'Gate: holds: no must fails.'],
  [0, 'CHECK lenient --baseline FILE/of-lenient.json', 'Gate: holds: nothing got worse since the baseline'],
  [1, 'CHECK lenient --baseline FILE/of-honest.json', 'Gate: does not hold: worse than the baseline'],
  [1, 'CHECK honest --waivers FILE/needless.yaml', 'the waiver of user.name is no longer needed'],
  [0, 'report FILE/lossy.json --fail-under 90', 'is at least 90'],
  [1, 'report FILE/lossy.json --fail-under 100', 'is under 100'],
  [
    1,
    'report FILE/failing.json --waivers FILE/expired.yaml',
    'the waiver of user.validates expired on 2020-01-31',
  ],
  [0, 'report FILE/good.json --require connect,call-pop,log-calls', '"Call pop" works'],
  [3, 'report FILE/silent.json --require call-pop', 'whether "Call pop" works is unknown (lookup.e164)'],
  [1, 'report FILE/silent.json --max-unmeasured 2', '% is not measured, more than 2 %'],
  [
    3,
    'report FILE/silent.json --baseline FILE/good.json',
    'measured in the baseline and not now (lookup.e164)',
  ],
  [
    2,
    'CHECK honest --waivers FILE/unknown.yaml',
    'unknown.yaml:2:9  there is no requirement `user.validate`',
  ],
  [2, 'CHECK honest --require call-popp', 'Did you mean call-pop?'],
  // As a job writes it, with quotes around a variable that is not set.
  [2, 'CHECK honest --require=', 'Expected names, separated by commas.'],
  [2, 'CHECK honest --only=,', 'Expected names, separated by commas.'],
  [2, 'CHECK honest --waivers FILE/', 'this is a folder, not a file'],
  [2, 'CHECK honest --baseline FILE/needed.yaml', 'needed.yaml: this is not JSON'],
  [2, 'CHECK honest --fail-under plenty', 'Expected a number from 0 to 100.'],
];

describe.concurrent('the gate, from the command line:', () => {
  it.each(situations)('%i: %s', async (code, line, says) => {
    const ended = await runLine(`${line} --report json`);
    expect({ code: ended.code, says: ended.stderr }).toEqual({ code, says: expect.stringContaining(says) });
    // Refused before anything was sent, so there is no report; else the decision is the last thing that is said.
    if (code === 2) expect(ended.stdout).toBe('');
    else expect(ended.stderr.trimEnd().split('\n').at(-1)).toMatch(/^Gate: .+\.$/);
  });

  it('4: test data that could not be removed outweighs a gate that does not hold', async () => {
    const front = await startFront({
      faults: ['user-ok-for-wrong-token'],
      reply: ({ method }) => (method === 'DELETE' ? { status: 403, body: 'no' } : undefined),
    });
    try {
      const ended = await crmReady(`${check(front)} --report json`, { env: credentialsOf(front.sandbox) });
      expect(ended.code).toBe(4);
      expect(ended.stderr.trimEnd().split('\n').at(-1)).toMatch(
        /^Gate: does not hold: .*user\.validates.*\. Exit code 4 all the same: test records may be left in the CRM\.$/,
      );
    } finally {
      await front.close();
    }
  });

  it('a waived finding stays visible in the report', async () => {
    const { code, stdout } = await crmReady(
      `report ${file('failing.json')} --waivers ${file('needed.yaml')} --report json`,
    );
    const found = parseReport(stdout).checks.find(({ id }) => id === 'user.validates');
    expect(code).toBe(0);
    expect(found).toMatchObject({ verdict: 'waived', waiver: { reason: 'agreed with the vendor' } });
    const shown = await crmReady(`report ${file('failing.json')} --waivers ${file('needed.yaml')}`);
    expect(shown.stdout).toMatch(/~ user\.validates .*waived until 2999-12-31/);
  });

  it('who only wants to see a report has not asked whether it is good enough', async () => {
    const { code, stderr } = await crmReady(`report ${file('failing.json')}`);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });
});
