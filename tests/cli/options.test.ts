import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Report } from '../../src/report/types.ts';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../src/sandbox/sandbox.ts';
import { startFront } from '../secrets/front.ts';
import {
  credentialsOf,
  crmReady,
  type Ended,
  folder,
  marksIn,
  parseReport,
  root,
  steady,
} from './command.ts';

const profile = 'profiles/reference-api-key.yaml';

interface Checked extends Ended {
  report: Report;
  sandbox: Sandbox;
}

/** `check` of a reference CRM of its own, with the report as JSON; the CRM is stopped at the end of the test file. */
async function check(args: string, options: SandboxOptions = {}, file = profile): Promise<Checked> {
  const sandbox = await startSandbox(options);
  running.push(sandbox);
  const ended = await crmReady(
    `check --profile ${file} --var port=${sandbox.port} --report json ${steady} ${args}`,
    {
      env: credentialsOf(sandbox),
    },
  );
  return { ...ended, sandbox, report: parseReport(ended.stdout) };
}

async function file(within: string): Promise<string> {
  const path = join(within, 'file');
  await writeFile(path, '');
  return path;
}

const running: Sandbox[] = [];
afterAll(() => Promise.all(running.map((sandbox) => sandbox.close())));

const ids = ({ checks }: Report) => checks.map(({ id }) => id);
const writes = ({ requests }: Sandbox) => requests.filter(({ method }) => method !== 'GET');

describe.concurrent('which questions are asked', () => {
  it('check --only phone-lookup', async () => {
    const { report } = await check('--only phone-lookup');
    expect(new Set(report.checks.map(({ item }) => item))).toEqual(new Set(['phone-lookup']));
    expect(report.checks.length).toBeGreaterThan(5);
    expect(report.checks.filter(({ verdict }) => verdict !== 'pass')).toEqual([]);
    expect(report.run.only).toEqual(['phone-lookup']);
  });

  it('check --only user.name', async () => {
    const { report, sandbox } = await check('--only user.name');
    expect(ids(report)).toEqual(['user.name']);
    expect(writes(sandbox)).toEqual([]);
  });

  it('check --only user.name,lookup.e164', async () => {
    const { report, sandbox } = await check('--only user.name,lookup.e164');
    expect(ids(report)).toEqual(['lookup.e164', 'user.name']);
    expect(report.run.created).toBe(1);
    expect(marksIn(sandbox)).toEqual([]);
  });

  it('check --only lookup', async () => {
    const sandbox = await startSandbox();
    running.push(sandbox);
    const { code, stdout, stderr } = await crmReady(
      `check --profile ${profile} --var port=${sandbox.port} --only lookup`,
      { env: credentialsOf(sandbox) },
    );
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/no item or requirement "lookup"[\s\S]*phone-lookup/);
    expect(sandbox.requests).toEqual([]);
  });
});

describe.concurrent('how much a run may use of the CRM', () => {
  it('check --max-requests 5 measures less, and calls nothing a failure', async () => {
    const { code, report, sandbox } = await check('--max-requests 5');
    expect(report.checks.filter(({ verdict }) => verdict === 'fail')).toEqual([]);
    expect(report.checks.filter(({ verdict }) => verdict === 'inconclusive').length).toBeGreaterThan(0);
    expect({ code, overall: report.overall }).toEqual({ code: 3, overall: 'unknown' });
    expect(marksIn(sandbox)).toEqual([]);
  });

  it.each([
    ['', /used up, clean-up and logout aside: raise `limits\.maxRequests` in the profile\.$/],
    ['--max-requests 4', /All 4 requests .*: raise `--max-requests`\.$/],
  ])('check %s of a profile that allows 5 names what limits', async (option, says) => {
    const five = join(await folder(), 'five.yaml');
    const reference = await readFile(join(root, profile), 'utf8');
    await writeFile(five, `${reference}\nlimits: { maxRequests: 5 }\n`);
    const { report } = await check(`--only phone-lookup ${option}`, {}, five);
    expect(report.checks.map(({ summary }) => summary)).toContainEqual(expect.stringMatching(says));
  });

  it.each([40, 60, 100])('check --max-requests %i blames nothing that passes', async (most) => {
    const { report } = await check(`--max-requests ${most}`);
    const verdicts = new Map(report.checks.map(({ id, verdict }) => [id, verdict]));
    const blamed = report.checks.flatMap(({ blockedBy }) => (blockedBy === null ? [] : [blockedBy]));
    expect(blamed.filter((id) => verdicts.get(id) === 'pass')).toEqual([]);
    expect(report.checks.filter(({ verdict }) => verdict === 'fail')).toEqual([]);
  });

  it('check --max-requests 5 asks no more after the clean-up, but for the logout', async () => {
    const { report } = await check('--max-requests 5', {}, 'profiles/reference.yaml');
    const others = report.exchanges.filter(({ intent }) => intent !== 'unAuthorize');
    expect(others.length).toBeLessThanOrEqual(5);
    expect(report.exchanges.length - others.length).toBeLessThanOrEqual(1);
    expect(report.checks.filter(({ verdict }) => verdict === 'fail')).toEqual([]);
  });

  it('check --deadline 8 on a slow CRM ends in time, and cleans up', async () => {
    const { code, report, sandbox } = await check('--deadline 8 --only phone-lookup', { latencyMs: 800 });
    expect(report.run.ended).toBe('deadline');
    expect(report.checks.filter(({ verdict }) => verdict === 'fail')).toEqual([]);
    expect(report.run.created).toBeGreaterThan(0);
    expect(report.leftovers).toEqual([]);
    expect(marksIn(sandbox)).toEqual([]);
    expect(code).toBe(3);
  });

  it('check --concurrency 1 asks one question at a time, and finds the same', async () => {
    const [one, six] = await Promise.all([atOnce('--concurrency 1'), atOnce('--concurrency 6')]);
    expect(one.most).toBe(1);
    expect(six.most).toBeGreaterThan(1);
    expect(one.verdicts).toEqual(six.verdicts);
    expect(one.verdicts).not.toEqual([]);
  });

  /** The most requests that were under way at the same moment. */
  async function atOnce(args: string) {
    let now = 0;
    let most = 0;
    const front = await startFront({
      accepts: ({ headers }) => headers.authorization === `Bearer ${front.sandbox.credentials.apiKey}`,
      reply: () => {
        now += 1;
        most = Math.max(most, now);
        return undefined;
      },
      change: (_seen, honest) => {
        now -= 1;
        return honest;
      },
    });
    try {
      const { stdout } = await crmReady(
        `check --profile ${profile} --var port=${front.port} --only phone-lookup --report json ${steady} ${args}`,
        { env: credentialsOf(front.sandbox) },
      );
      const verdicts = parseReport(stdout).checks.map(({ id, verdict }) => [id, verdict]);
      return { most, verdicts };
    } finally {
      await front.close();
    }
  }
});

describe.concurrent('what a run writes', () => {
  it('check --read-only writes nothing', async () => {
    const before = await untouched();
    const { code, stderr, report, sandbox } = await check('--read-only');
    expect(writes(sandbox)).toEqual([]);
    expect(sandbox.state()).toEqual(before);
    expect(stderr).not.toContain('will be created');
    expect(report.run).toMatchObject({ readOnly: true, created: 0, deleted: 0 });
    expect(report.checks.find(({ id }) => id === 'contact.create')?.verdict).toBe('inconclusive');
    expect(report.checks.filter(({ verdict }) => verdict === 'fail')).toEqual([]);
    expect(code).toBe(3);
  });

  it('check --read-only with fixtures writes nothing, and measures them', async () => {
    const before = await untouched();
    const [person] = before.contacts;
    if (!person?.phone) throw new Error('the reference CRM has nobody in it');
    const file = join(await folder(), 'fixtures.yaml');
    const fixtures = JSON.stringify({
      contacts: [{ id: person.id, name: person.name, phoneNumber: person.phone, storedAs: person.phone }],
    });
    await writeFile(file, `${await readFile(join(root, profile), 'utf8')}\nfixtures: ${fixtures}\n`);
    const { report, sandbox } = await check('--read-only', {}, file);
    expect(writes(sandbox)).toEqual([]);
    expect(sandbox.state()).toEqual(before);
    expect(report.checks.find(({ id }) => id === 'lookup.e164')?.verdict).toBe('pass');
    expect(report.run).toMatchObject({ readOnly: true, created: 0 });
  });

  it.each([
    ['a file', async () => file(await folder())],
    ['what cannot be made', async () => '/proc/nowhere'],
  ])('check with %s in place of the folder of the ledger sends nothing', async (_what, place) => {
    const { code, stdout, stderr } = await crmReady(`check --profile ${profile} --only contact.create`, {
      env: { REFERENCE_API_KEY: 'unused' },
      state: await place(),
    });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('the ledger of what is created cannot be written to');
    expect(stderr).toContain('XDG_STATE_HOME');
  });

  it('check --keep leaves what it created, and lists it', async () => {
    const { code, report, sandbox } = await check('--keep');
    expect(code).toBe(0);
    expect(report.run).toMatchObject({ created: 30, deleted: 0 });
    expect(marksIn(sandbox)).toEqual(expect.arrayContaining(report.leftovers.map(({ name }) => name)));
    expect(report.leftovers).toHaveLength(30);
    expect(report.leftovers[0]?.reason).toContain('--keep');
  });

  it('check --seed draws the same phone numbers twice, and others with another seed', async () => {
    const numbersOf = async (seed: string) => {
      const { report, sandbox } = await check(`--keep --seed ${seed} --only phone-lookup`);
      expect(report.run.seed).toBe(seed);
      const made = sandbox.state().contacts.filter(({ name }) => name.includes('crm-ready'));
      return made.map(({ phone }) => (phone ?? '').replace(/\D/g, '').slice(-10)).sort();
    };
    const [first, second, other] = await Promise.all(['alpha', 'alpha', 'beta'].map(numbersOf));
    expect(first).toHaveLength(16);
    expect(second).toEqual(first);
    expect(other).not.toEqual(first);
  });

  /** A reference CRM as it starts. */
  async function untouched() {
    const sandbox = await startSandbox();
    running.push(sandbox);
    return sandbox.state();
  }
});

describe.concurrent('where values come from', () => {
  let sandbox: Sandbox;
  beforeAll(async () => {
    sandbox = await startSandbox();
    running.push(sandbox);
  });

  it.each(['--env-file', '--env-from', '-e'])('check %s FILE', async (option) => {
    const file = join(await folder(), 'crm.env');
    await writeFile(file, `# the CRM's key\nREFERENCE_API_KEY="${sandbox.credentials.apiKey}"\n`);
    const { stdout } = await crmReady([
      ...`check -p ${profile} --var port=${sandbox.port} --only user.name --report json`.split(' '),
      ...[option, file],
    ]);
    expect(parseReport(stdout).checks[0]?.verdict).toBe('pass');
    expect(stdout).not.toContain(sandbox.credentials.apiKey);
  });

  it('check -e FILE does not replace what the environment says', async () => {
    const file = join(await folder(), 'crm.env');
    await writeFile(file, 'REFERENCE_API_KEY=a-key-that-is-wrong\n');
    const { stdout } = await crmReady(
      [
        ...`check -p ${profile} --var port=${sandbox.port} --only user.name --report json`.split(' '),
        ...['-e', file],
      ],
      { env: credentialsOf(sandbox) },
    );
    expect(parseReport(stdout).checks[0]?.verdict).toBe('pass');
  });

  it('check --var port=PORT', async () => {
    const line = `check -p ${profile} --only user.name --report json`;
    const env = credentialsOf(sandbox);
    const given = parseReport((await crmReady(`${line} --var port=${sandbox.port}`, { env })).stdout);
    expect(given.profile.host).toBe(sandbox.url);
    expect(given.run.user).toBe('Rowan Okafor');
  });
});
