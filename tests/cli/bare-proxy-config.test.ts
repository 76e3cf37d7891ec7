import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Report } from '../../src/report/types.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import { crmReady, type Ended, folder, ledgersIn, marksIn, parseReport, steady } from './command.ts';

const original = join(import.meta.dirname, 'bare-proxy-config.json');

/** Requirements that this proxyConfig meets on the reference CRM. */
const measured = [
  ...['auth.accepted', 'auth.missing-refused', 'auth.refusal-shape'],
  ...['activity.create', 'activity.read', 'activity.linked', 'activity.separate', 'activity.update'],
  ...['activity.update-keeps', 'activity.enrich', 'activity.message', 'activity.long'],
  ...[
    'lookup.e164',
    'lookup.any-format',
    'lookup.plus',
    'lookup.none',
    'lookup.not-everybody',
    'lookup.fields',
  ],
  ...['contact.create', 'contact.found'],
  ...['user.name', 'user.id', 'user.validates', 'user.get-body'],
];

describe('a bare proxyConfig, as App Connect has it', () => {
  let sandbox: Sandbox;
  let file: string;
  let text: string;
  let state: string;
  let ended: Ended;
  let report: Report;

  beforeAll(async () => {
    sandbox = await startSandbox();
    const [there, work] = [await readFile(original, 'utf8'), await folder()];
    // The port alone is another: 8080 may be taken.
    text = there.replace('127.0.0.1:8080', `127.0.0.1:${sandbox.port}`);
    file = join(work, 'proxy-config.json');
    state = await folder();
    await writeFile(file, text);
    const env = { CRM_READY_API_KEY: sandbox.credentials.apiKey };
    ended = await crmReady(['check', '--profile', file, '--report', 'json', ...steady.split(' ')], {
      env,
      state,
    });
    report = parseReport(ended.stdout);
  });
  afterAll(() => sandbox.close());

  it('is a proxyConfig without a key of ours', () => {
    expect(Object.keys(JSON.parse(text))).toEqual(['meta', 'auth', 'requestDefaults', 'operations']);
    expect(report.profile).toMatchObject({
      name: 'Reference CRM (bare proxyConfig)',
      language: 'proxyConfig',
      host: sandbox.url,
    });
    expect(report.notes).toEqual([]);
  });

  it('is checked with the key from CRM_READY_API_KEY, which is not shown', () => {
    expect(ended.stdout + ended.stderr).not.toContain(sandbox.credentials.apiKey);
    expect(report.run.user).toBe('Rowan Okafor');
  });

  it('gets this result', () => {
    expect(ended.code).toBe(0);
    expect(report.overall).toBe('partly-ready');
    const verdicts = report.checks.map(({ id, verdict }): [string, string] => [id, verdict]);
    const table = Object.fromEntries(verdicts);
    for (const id of measured) expect([id, table[id]]).toEqual([id, 'pass']);
    expect(verdicts.filter(([, verdict]) => verdict === 'fail' || verdict === 'blocked')).toEqual([]);
    expect(table).toMatchObject({
      'auth.alternative': 'warn',
      'auth.tls': 'not-applicable',
      'logout.endpoint': 'warn',
      'logout.access-dead': 'not-applicable',
      'logout.refresh-dead': 'not-applicable',
      'activity.message-update': 'not-described',
    });
    expect(Object.entries(report.features).map(([id, { state: how }]) => `${id}: ${how}`)).toEqual([
      'connect: works',
      'call-pop: works',
      'log-calls: works',
      // App Connect's language has no way to add a message to a conversation.
      'log-messages: unknown',
      'edit-logs: works',
      'create-contacts: works',
      'disconnect: works',
    ]);
  });

  it('is told, and listed, that its test data stays: it has no way to delete', async () => {
    expect(ended.stderr).toContain('cannot all be removed: the profile describes no deleteContact');
    expect(report.leftovers).toHaveLength(report.run.created);
    expect(marksIn(sandbox)).toEqual(expect.arrayContaining(report.leftovers.map(({ name }) => name)));
    expect([...ledgersIn(state).keys()]).toEqual([report.run.id]);
  });

  it('is the same file afterwards, byte for byte', async () => {
    expect(await readFile(file, 'utf8')).toBe(text);
  });

  it('clean --profile WITH-DELETIONS removes what it left, where the name is the same', async () => {
    const { operations, ...rest } = JSON.parse(text);
    const widened = join(await folder(), 'widened.json');
    const deletions = {
      deleteContact: { method: 'DELETE', url: '/contacts/{{ contactId }}' },
      deleteCallLog: { method: 'DELETE', url: '/activities/{{ thirdPartyLogId }}' },
      deleteMessageLog: { method: 'DELETE', url: '/messages/{{ thirdPartyLogId }}' },
    };
    const { getUserInfo, findContact } = operations;
    const profile = {
      crmReady: 1,
      ...rest,
      secrets: ['KEY'],
      auth: { type: 'bearer', token: '{{ secrets.KEY }}' },
      settle: 1,
      operations: { getUserInfo, findContact, ...deletions },
    };
    await writeFile(widened, JSON.stringify(profile));
    const env = { KEY: sandbox.credentials.apiKey };
    const line = ['clean', report.run.id, '--profile', widened];
    expect(await crmReady(line, { env, state })).toMatchObject({ code: 0, stderr: '' });
    expect(marksIn(sandbox)).toEqual([]);
    expect(ledgersIn(state).size).toBe(0);
  });
});
