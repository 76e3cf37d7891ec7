import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import { credentialsOf, crmReady, folder, parseReport, root, steady } from './command.ts';
import { startCountingServer } from './counting-server.ts';

/** `plan`, and then `check` with the same words, of a reference CRM. */
async function planAndCheck(
  words: string,
  profileFor = async (_sandbox: Sandbox) => 'profiles/reference.yaml',
) {
  const sandbox = await startSandbox();
  const profile = await profileFor(sandbox);
  const before = sandbox.requests.length;
  const line = `--profile ${profile} --var port=${sandbox.port} ${words}`.trim();
  const env = credentialsOf(sandbox);
  try {
    const plan = await crmReady(`plan ${line}`, { env });
    const askedByPlan = sandbox.requests.length - before;
    const check = await crmReady(`check ${line} ${steady} --report json`, { env });
    const requests = {
      told: Number(/about (\d+) requests/.exec(plan.stdout)?.[1]),
      sent: sandbox.requests.length - before - askedByPlan,
    };
    const created = (path: string) =>
      sandbox.requests.slice(before).filter((request) => request.method === 'POST' && request.path === path)
        .length;
    return {
      plan,
      askedByPlan,
      requests,
      report: parseReport(check.stdout),
      told: check.stderr,
      created: {
        contacts: created('/api/contacts'),
        callLogs: created('/api/activities'),
        messageLogs: created('/api/messages'),
      },
    };
  } finally {
    await sandbox.close();
  }
}

/** Requirement ids in the text of a plan: what is asked, and what is not. */
const planned = (text: string) => idsIn(text.split('Not asked')[0]);
const notAsked = (text: string) => idsIn(text.split('Not asked')[1]);
const idsIn = (text = '') => [...text.matchAll(/^ {2}([a-z]+\.[\w-]+) /gm)].map(([, id]) => id);

/** The reference profile with more at its end. */
async function profileWith(more: string): Promise<string> {
  const file = join(await folder(), 'profile.yaml');
  await writeFile(file, `${await readFile(join(root, 'profiles/reference.yaml'), 'utf8')}\n${more}\n`);
  return file;
}

function expectWithinATenth({ told, sent }: { told: number; sent: number }): void {
  expect(Math.abs(told - sent)).toBeLessThanOrEqual(sent / 10);
}

/** The reference profile with fixtures, which it makes. */
async function withFixtures({ url, credentials }: Sandbox): Promise<string> {
  const create = async (path: string, record: object) => {
    const headers = { authorization: `Bearer ${credentials.apiKey}`, 'content-type': 'application/json' };
    const response = await fetch(`${url}/api/${path}`, {
      method: 'POST',
      headers,
      body: JSON.stringify(record),
    });
    return (await response.json()) as Record<string, { id: string }>;
  };
  const phones = ['+14155550137', '(415) 555-0138'];
  const [first, second] = await Promise.all(
    phones.map(async (phone) => (await create('contacts', { name: 'Ann', phone })).contact?.id),
  );
  const log = { contactId: first, subject: 'Call with Ann', body: 'Hello' };
  const startedAt = '2026-01-02T03:04:05Z';
  const call = { direction: 'Inbound', startedAt, endedAt: startedAt, result: 'Call connected' };
  const callLog = { ...log, id: (await create('activities', { ...log, ...call })).activity?.id };
  const contacts = [
    { id: first, phoneNumber: '+14155550137' },
    { id: second, phoneNumber: '+14155550138', storedAs: '(415) 555-0138' },
  ];
  return profileWith(`fixtures: ${JSON.stringify({ contacts, callLog })}`);
}

describe.concurrent('a plan sends nothing, and agrees with what a check then does', () => {
  it('plan --profile profiles/reference.yaml', async () => {
    const { plan, askedByPlan, requests, report, told, created } = await planAndCheck('');
    expectWithinATenth(requests);
    expect(plan).toMatchObject({ code: 0, stderr: '' });
    expect(askedByPlan).toBe(0);
    // Fewer than planned: a bad number that is refused with a 4xx is not tried again, nor an easier writing of a number abroad.
    expect(created).toEqual({ contacts: 21, callLogs: 9, messageLogs: 1 });
    const what = '29 contacts, 9 call records and 1 message record';
    expect(plan.stdout).toContain(`creates  at most ${what}`);
    expect(told).toContain(`At most ${what} will be created`);
    expect(plan.stdout).toContain('removes  all of it');
    expect(planned(plan.stdout)).toEqual(report.checks.map(({ id }) => id));
    expect(plan.stdout).toContain(`${report.checks.length} requirements. Nothing was sent.`);
  });

  it('plan --only phone-lookup', async () => {
    const { plan, askedByPlan, requests, report, created } = await planAndCheck('--only phone-lookup');
    expectWithinATenth(requests);
    expect(askedByPlan).toBe(0);
    expect(plan.stdout).toContain('creates  at most 23 contacts\n');
    expect(created).toEqual({ contacts: 16, callLogs: 0, messageLogs: 0 });
    expect(planned(plan.stdout)).toEqual(report.checks.map(({ id }) => id));
  });

  it('plan of a profile that leaves requirements out', async () => {
    const left =
      '{ activity: it is billed, contact-create: no, beyond: no, lookup.countries: no, lookup.shared: no }';
    const { plan, requests, report, told, created } = await planAndCheck('', () =>
      profileWith(`optOut: ${left}`),
    );
    expectWithinATenth(requests);
    const unasked = report.checks.filter(({ summary }) => summary.startsWith('left out by the profile'));
    expect(notAsked(plan.stdout)).toEqual(unasked.map(({ id }) => id));
    expect(plan.stdout).toMatch(/^ {2}activity\.lag +left out by the profile: it is billed$/m);
    const asked = report.checks.filter((check) => !unasked.includes(check));
    expect(planned(plan.stdout)).toEqual(asked.map(({ id }) => id));
    expect(plan.stdout).toContain(`\n${asked.length} requirements. Nothing was sent.`);
    // One for each stored format, one more where a format is refused, and one with a second number.
    expect(plan.stdout).toContain('creates  at most 10 contacts\n');
    expect(told).toContain('At most 10 contacts will be created');
    expect(created).toEqual({ contacts: 9, callLogs: 0, messageLogs: 0 });
  });

  it('plan --only activity.message', async () => {
    const { plan, report, created } = await planAndCheck('--only activity.message');
    expect(plan.stdout).toContain('creates  at most 1 contact and 1 message record\n');
    expect(created).toEqual({ contacts: 1, callLogs: 0, messageLogs: 1 });
    expect(report.checks.map(({ verdict }) => verdict)).toEqual(['pass']);
  });

  it.each(['--lookup essential', '--only phone-lookup --lookup essential'])('plan %s', async (words) => {
    const { requests } = await planAndCheck(words);
    expectWithinATenth(requests);
  });

  it('plan --only logout: what the last requirements need is removed before the logout', async () => {
    const { report, created } = await planAndCheck('--only logout');
    expect(created.contacts).toBe(1);
    expect(report).toMatchObject({ leftovers: [], run: { deleted: 1 } });
  });

  it.each([
    ['--read-only', undefined],
    ['--read-only of a profile with fixtures', withFixtures],
    ['--read-only --only activity of a profile with fixtures', withFixtures],
  ])('plan %s', async (title, profileFor) => {
    const words = title.replace(/ of .*/, '');
    const { plan, askedByPlan, requests, report, told, created } = await planAndCheck(words, profileFor);
    expect(askedByPlan).toBe(0);
    expectWithinATenth(requests);
    expect(plan.stdout).toContain('creates  nothing\n');
    expect(created).toEqual({ contacts: 0, callLogs: 0, messageLogs: 0 });
    expect(told).not.toContain('will be created');
    const unasked = report.checks.filter(({ summary }) => summary.startsWith('read-only: n'));
    expect(new Set(notAsked(plan.stdout))).toEqual(new Set(unasked.map(({ id }) => id)));
    const asked = report.checks.filter((check) => !unasked.includes(check));
    expect(planned(plan.stdout)).toEqual(asked.map(({ id }) => id));
  });

  const key = 'profiles/reference-api-key.yaml';
  const ofOAuth = 'asked of OAuth profiles only; this one has auth.alternative';
  it.each([
    ['plan', key, 'oauth.authorize', `oauth.authorize is ${ofOAuth}`],
    ['check', key, 'oauth.authorize', `oauth.authorize is ${ofOAuth}`],
    ['check', key, 'user.name,oauth.pkce,oauth.state', `oauth.state, oauth.pkce are ${ofOAuth}`],
    [
      'check',
      'profiles/reference.yaml',
      'auth.alternative',
      'auth.alternative is asked of profiles without OAuth only; this one has oauth.authorize',
    ],
  ])('%s --profile %s --only %s', async (command, profile, only, says) => {
    const server = await startCountingServer();
    try {
      const env = { REFERENCE_API_KEY: 'k', REFERENCE_CLIENT_ID: 'a', REFERENCE_CLIENT_SECRET: 'b' };
      const line = `${command} --profile ${profile} --var port=${server.port} --only ${only}`;
      const { code, stdout, stderr } = await crmReady(line, { env });
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      expect(stderr).toContain(`crm-ready: --only: ${says}`);
      expect(server.requests).toEqual([]);
    } finally {
      await server.close();
    }
  });

  it('plan --only oauth, of a profile with another credential', async () => {
    const line = `plan --profile ${key} --only oauth`;
    const { code, stdout } = await crmReady(line, { env: { REFERENCE_API_KEY: 'k' } });
    expect(code).toBe(0);
    expect(planned(stdout)).toContain('auth.alternative');
  });

  it('plan --only nothing-of-the-kind', async () => {
    const env = { REFERENCE_CLIENT_ID: 'a', REFERENCE_CLIENT_SECRET: 'b' };
    const line = 'plan --profile profiles/reference.yaml --only nothing-of-the-kind';
    const { code, stdout, stderr } = await crmReady(line, { env });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('"nothing-of-the-kind"');
  });
});
