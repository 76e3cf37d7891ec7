/**
 * crm-ready held against systems that we did not write. `tests/real/prepare.sh` starts them, `.ci/run` does it all.
 * What Parse Server does is shown by curl in confirm.txt; the tables here are our reading of the checklist.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseEnv, promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Report, Verdict } from '../../src/report/types.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const run = promisify(execFile);
const asked = process.env.CRM_READY_REAL === '1';
const title = asked
  ? 'real systems'
  : 'real systems (not asked: run tests/real/prepare.sh, then set CRM_READY_REAL=1)';

const parseUrl = 'http://127.0.0.1:13370/parse';
const oidcUrl = 'http://127.0.0.1:13371';

const parseVerdicts: Record<string, Verdict> = {
  'auth.alternative': 'warn',
  'auth.accepted': 'pass',
  'auth.missing-refused': 'pass',
  // A missing or wrong session token is answered with 400.
  'auth.refusal-shape': 'warn',
  'auth.tls': 'not-applicable',
  'logout.endpoint': 'pass',
  'logout.access-dead': 'pass',
  'logout.refresh-dead': 'not-applicable',
  // The dead session token signs the call itself.
  'logout.repeatable': 'not-applicable',
  'logout.only-this-one': 'pass',
  'activity.create': 'pass',
  'activity.read': 'pass',
  'activity.linked': 'pass',
  'activity.separate': 'pass',
  'activity.update': 'pass',
  'activity.update-keeps': 'pass',
  'activity.enrich': 'pass',
  'activity.message': 'pass',
  'activity.message-update': 'pass',
  'activity.direction': 'pass',
  'activity.time': 'pass',
  'activity.unicode': 'pass',
  'activity.markup': 'pass',
  'activity.long': 'pass',
  'activity.unknown-id': 'pass',
  'lookup.e164': 'pass',
  // The search compares text: of the other formats it finds none.
  'lookup.any-format': 'warn',
  'lookup.plus': 'pass',
  'lookup.none': 'pass',
  'lookup.not-everybody': 'pass',
  'lookup.fields': 'pass',
  'lookup.fields-extra': 'pass',
  'lookup.shared': 'pass',
  'lookup.other-field': 'not-described',
  'lookup.countries': 'warn',
  'lookup.settle': 'pass',
  'contact.create': 'pass',
  'contact.found': 'pass',
  'contact.name-kept': 'pass',
  // "not a number" is stored as a phone number.
  'contact.bad-phone': 'warn',
  'user.name': 'pass',
  'user.id': 'pass',
  'user.validates': 'pass',
  'user.get-body': 'pass',
};

/** Of the items that an OpenID provider has. */
const oidcVerdicts: Record<string, Verdict> = {
  'oauth.authorize': 'pass',
  'oauth.state': 'pass',
  'oauth.code-exchange': 'pass',
  'oauth.token-response': 'pass',
  'oauth.bearer': 'pass',
  'oauth.refresh': 'pass',
  'oauth.bad-client-refused': 'pass',
  'oauth.code-single-use': 'pass',
  'oauth.redirect-uri-checked': 'pass',
  'oauth.pkce': 'pass',
  'auth.accepted': 'pass',
  'auth.missing-refused': 'pass',
  'auth.refusal-shape': 'pass',
  'auth.tls': 'not-applicable',
  'logout.endpoint': 'pass',
  'logout.access-dead': 'pass',
  'logout.refresh-dead': 'pass',
  'logout.repeatable': 'pass',
  'logout.only-this-one': 'pass',
  'user.name': 'pass',
  'user.id': 'pass',
  'user.validates': 'pass',
  'user.get-body': 'pass',
};

interface Checked {
  report: Report;
  /** Everything that was written, for a look at what must not be in it. */
  written: string;
}

/** Runs the product as a user does. The exit code is not looked at: it is the gate's, and a must may fail here. */
async function check(profile: string, folder: string): Promise<Checked> {
  const file = join(folder, `${profile}.json`);
  const talk = await run(
    process.execPath,
    [
      'bin/crm-ready.js',
      'check',
      '--profile',
      `tests/real/${profile}.yaml`,
      '--env-file',
      'tests/real/test.env',
      '--report',
      `json=${file}`,
      '--yes',
    ],
    { cwd: root },
  ).catch((error: { stdout: string; stderr: string }) => error);
  const text = await readFile(file, 'utf8').catch(() => {
    throw new Error(`crm-ready wrote no report:\n${talk.stdout}${talk.stderr}`);
  });
  return { report: JSON.parse(text) as Report, written: `${talk.stdout}${talk.stderr}${text}` };
}

/** Judged rows only: an `info` row is measured and shown. */
function verdictsOf(report: Report, isOf: (item: string) => boolean = () => true): Record<string, Verdict> {
  const judged = report.checks.filter(({ level, item }) => level !== 'info' && isOf(item));
  return Object.fromEntries(judged.map(({ id, verdict }) => [id, verdict]));
}

/** The rows of a table that a catalogue has; a row of the catalogue that the table lacks shows as undefined. */
function expected(table: Record<string, Verdict>, ids: string[]): Record<string, Verdict | undefined> {
  return Object.fromEntries(ids.map((id) => [id, table[id]]));
}

async function readTestEnv(): Promise<Record<string, string>> {
  const text = await readFile(new URL('test.env', import.meta.url), 'utf8');
  return Object.fromEntries(Object.entries(parseEnv(text)).map(([name, value]) => [name, value ?? '']));
}

describe.skipIf(!asked)(title, () => {
  let folder: string;
  let env: Record<string, string>;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'crm-ready-test-'));
    env = await readTestEnv();
  });
  afterAll(() => rm(folder, { recursive: true }));

  /** As the user of the tests, logged in for this one question. */
  async function parseAnswers(path: string): Promise<Record<string, unknown>> {
    const headers = { 'x-parse-application-id': env.PARSE_APP_ID ?? '', 'content-type': 'application/json' };
    const credentials = JSON.stringify({ username: env.PARSE_USERNAME, password: env.PARSE_PASSWORD });
    const login = await fetch(`${parseUrl}/login`, { method: 'POST', headers, body: credentials });
    const { sessionToken } = (await login.json()) as { sessionToken: string };
    const session = { ...headers, 'x-parse-session-token': sessionToken };
    const answer = await fetch(`${parseUrl}${path}`, { headers: session });
    const body = (await answer.json()) as Record<string, unknown>;
    await fetch(`${parseUrl}/logout`, { method: 'POST', headers: session });
    return body;
  }

  async function recordsInParse(): Promise<unknown[]> {
    const classes = ['Contact', 'Call', 'Message'];
    const answers = await Promise.all(
      classes.map((name) => parseAnswers(`/classes/${name}?count=1&limit=0`)),
    );
    return answers.map(({ count }) => count);
  }

  test('Parse Server answers as the user of the tests', async () => {
    expect(await parseAnswers('/users/me')).toMatchObject({ name: 'Dana Reyes' });
  });

  test('oidc-provider publishes its endpoints', async () => {
    const answer = await fetch(`${oidcUrl}/.well-known/openid-configuration`);
    expect(await answer.json()).toMatchObject({
      issuer: oidcUrl,
      authorization_endpoint: `${oidcUrl}/auth`,
      token_endpoint: `${oidcUrl}/token`,
      revocation_endpoint: `${oidcUrl}/token/revocation`,
    });
  });

  test('curl still gets from Parse Server what confirm.txt says', { timeout: 300_000 }, async () => {
    await run('tests/real/confirm.sh', ['--check'], { cwd: root });
  });

  test('each verdict that curl confirms stands in the table', async () => {
    const text = await readFile(new URL('confirm.txt', import.meta.url), 'utf8');
    const lines = text.slice(text.indexOf('Verdict by requirement')).matchAll(/^ {2}(\w+\.\S+) +(\S+)$/gm);
    const confirmed = [...lines].flatMap(([, id = '', verdict = '']) =>
      verdict === 'info' ? [] : [[id, verdict]],
    );
    expect(confirmed.length).toBeGreaterThan(30);
    expect(parseVerdicts).toMatchObject(Object.fromEntries(confirmed));
  });

  describe('crm-ready check of Parse Server', () => {
    let checked: Checked;
    let before: unknown[];
    beforeAll(async () => {
      before = await recordsInParse();
      checked = await check('parse', folder);
    }, 300_000);

    test('judges every requirement as curl shows it to be', () => {
      const verdicts = verdictsOf(checked.report);
      expect(verdicts).toEqual(expected(parseVerdicts, Object.keys(verdicts)));
    });

    test('leaves nothing behind', async () => {
      expect(checked.report.leftovers).toEqual([]);
      expect(await recordsInParse()).toEqual(before);
    });

    test('shows neither the password nor a session token', () => {
      expect(checked.written).not.toContain(env.PARSE_PASSWORD);
      expect(checked.written).not.toMatch(/r:[0-9a-f]{32}/);
    });
  });

  describe('crm-ready check of oidc-provider', () => {
    let checked: Checked;
    const isSignIn = (item: string) => ['oauth', 'logout', 'current-user'].includes(item);
    beforeAll(async () => {
      checked = await check('oidc', folder);
    }, 300_000);

    test('judges sign-in, current user and sign-out as a certified provider deserves', () => {
      const verdicts = verdictsOf(checked.report, isSignIn);
      expect(verdicts).toEqual(expected(oidcVerdicts, Object.keys(verdicts)));
    });

    test('fails what the profile declares as not supported, and passes nothing that builds on it', () => {
      const verdicts = verdictsOf(checked.report, (item) => !isSignIn(item));
      expect(verdicts).toMatchObject({ 'contact.create': 'fail', 'activity.create': 'fail' });
      expect(Object.values(verdicts)).not.toContain('pass');
      expect(Object.values(verdicts)).not.toContain('warn');
    });

    test('does not show the client secret', () => {
      expect(checked.written).not.toContain(env.OIDC_CLIENT_SECRET);
    });
  });
});
