import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import { type Seen, startFront } from '../secrets/front.ts';
import {
  credentialsOf,
  crmReady,
  folder,
  ledgersIn,
  marksIn,
  ownMark,
  type Running,
  root,
  start,
  steady,
  until,
  untilRecordsAreThere,
} from './command.ts';

const nothingLeft = { code: 0, stdout: 'Nothing is left behind by any run that has ended.\n', stderr: '' };

/** People who were in the CRM before. */
const strangersIn = (sandbox: Sandbox) =>
  sandbox.state().contacts.filter(({ name }) => !ownMark.test(name)).length;

describe.concurrent('crm-ready clean finishes the work of a run that was killed', () => {
  it('kill -9 after contacts were created, then clean', async () => {
    const sandbox = await startSandbox({ latencyMs: 30 });
    const state = await folder();
    const options = { env: credentialsOf(sandbox), state };
    try {
      const { child, ended } = start(
        `check --profile profiles/reference.yaml --var port=${sandbox.port}`,
        options,
      );
      await untilRecordsAreThere(sandbox, state);
      child.kill('SIGKILL');
      expect((await ended).stdout).toBe('');
      const left = marksIn(sandbox);
      expect(left.length).toBeGreaterThanOrEqual(3);
      const [[run, ledger] = ['', '']] = ledgersIn(state);
      expect(left.join()).toContain(run);
      // Neither the credential nor a token belongs into a file that outlives the run.
      for (const secret of Object.values(options.env).slice(1)) expect(ledger).not.toContain(secret);

      const cleaned = await crmReady('clean', options);
      expect(cleaned).toMatchObject({ code: 0, stderr: '' });
      expect(cleaned.stdout).toContain(`Run ${run} of `);
      expect(cleaned.stdout).toContain(`on ${sandbox.url}`);
      expect(marksIn(sandbox)).toEqual([]);
      expect(sandbox.state().activities).toEqual([]);
      expect(sandbox.state().messages).toEqual([]);
      expect(strangersIn(sandbox)).toBe(5);
      expect(ledgersIn(state).size).toBe(0);
      expect(await crmReady('clean', options)).toEqual(nothingLeft);
    } finally {
      await sandbox.close();
    }
  });

  it.each<[string, (seen: Seen) => boolean]>([
    ['a contact', ({ method, url }) => method === 'POST' && url === '/api/contacts'],
    [
      'a contact whose number is not written as E.164',
      ({ method, url, body }) => method === 'POST' && url === '/api/contacts' && !body.includes('"+1'),
    ],
    ['a call', ({ method, url }) => method === 'POST' && url === '/api/activities'],
    [
      'a second call',
      ({ method, url, body }) =>
        method === 'POST' && url === '/api/activities' && body.includes('second call'),
    ],
  ])('kill -9 between the request for %s and its answer, then clean', async (_what, isIt) => {
    const only = '--only phone-lookup,activity.create,activity.separate';
    const { front, state, env, marks } = await killedBefore(isIt, only, ['search-exact']);
    try {
      expect(marks.length).toBeGreaterThan(0);
      const [[, ledger] = ['', '']] = ledgersIn(state);
      // Announced, and nothing was heard of it.
      expect(ledger.split('\n').filter((line) => line.includes('"announced"')).length).toBeGreaterThan(
        ledger.split('\n').filter((line) => line.includes('"created"')).length,
      );
      const { code, stdout, stderr } = await crmReady('clean', { env, state });
      expect({ stdout, stderr }).toEqual({ stdout: expect.not.stringContaining('left:'), stderr: '' });
      expect(code).toBe(0);
      expect(marksIn(front.sandbox)).toEqual([]);
      expect(strangersIn(front.sandbox)).toBe(5);
      expect(ledgersIn(state).size).toBe(0);
    } finally {
      await front.close();
    }
  });

  it('kill -9 before the answer to a message, which nothing can find again: clean says so', async () => {
    const { front, state, env } = await killedBefore(
      ({ method, url }) => method === 'POST' && url === '/api/messages',
      '--only activity.message',
    );
    try {
      const { code, stdout } = await crmReady('clean', { env, state });
      expect(code).toBe(4);
      expect(stdout).toMatch(/left: message log +"crm-ready \w+ first message": it may have been created/);
      expect(stdout).toMatch(/To forget these, .* delete .*\.jsonl/);
      expect(front.sandbox.state().contacts).toHaveLength(5);
      expect(front.sandbox.state().messages).toHaveLength(1);
      expect(ledgersIn(state).size).toBe(1);
    } finally {
      await front.close();
    }
  });

  it('clean, while the CRM is down, ends with 4 and keeps the ledger; once more when it is up', async () => {
    const { front, state, env } = await killedBefore(
      ({ method, url }) => method === 'POST' && url === '/api/activities',
      '--only activity.create',
    );
    const { port } = front;
    await front.close();
    const down = await crmReady('clean', { env, state });
    expect(down.code).toBe(4);
    expect(down.stdout).toContain('0 removed');
    expect(down.stdout).toMatch(/left: contact C\d+ "crm-ready \w+ \d+": .*127\.0\.0\.1/);
    expect(ledgersIn(state).size).toBe(1);
    // The same port, and a CRM that has forgotten all of it.
    const sandbox = await startSandbox({ port });
    try {
      expect((await crmReady('clean', { env: credentialsOf(sandbox), state })).code).toBe(0);
      expect(ledgersIn(state).size).toBe(0);
    } finally {
      await sandbox.close();
    }
  });

  it('clean, with a credential that is no longer accepted, ends with 4 and keeps the ledger', async () => {
    const sandbox = await startSandbox();
    const state = await folder();
    const line = `check --profile profiles/reference-api-key.yaml --var port=${sandbox.port} --only contact.create --keep`;
    try {
      await crmReady(line, { env: credentialsOf(sandbox), state });
      const env = { REFERENCE_API_KEY: 'a-key-that-was-withdrawn' };
      const { code, stdout } = await crmReady('clean', { env, state });
      expect(code).toBe(4);
      expect(stdout).toContain('HTTP 401');
      expect(stdout).not.toContain(env.REFERENCE_API_KEY);
      expect(ledgersIn(state).size).toBe(1);
      expect(marksIn(sandbox)).toHaveLength(1);
      expect((await crmReady('clean', { env: credentialsOf(sandbox), state })).code).toBe(0);
      expect(marksIn(sandbox)).toEqual([]);
    } finally {
      await sandbox.close();
    }
  });

  it('clean leaves a run alone that is still under way', async () => {
    const sandbox = await startSandbox({ latencyMs: 30 });
    const state = await folder();
    const options = { env: credentialsOf(sandbox), state };
    try {
      const { child, ended } = start(
        `check --profile profiles/reference-api-key.yaml --var port=${sandbox.port} --keep ${steady}`,
        options,
      );
      await until('a contact of the run is there', () => marksIn(sandbox).length >= 1);
      child.kill('SIGSTOP');
      const { code, stdout } = await crmReady('clean', options);
      child.kill('SIGCONT');
      expect(code).toBe(0);
      expect(stdout).toMatch(/is still under way \(process \d+\) and left alone/);
      expect((await ended).code).toBe(0);
      expect(marksIn(sandbox).length).toBeGreaterThanOrEqual(10);
      // Its process has ended: now it is what --keep left.
      expect((await crmReady('clean', options)).code).toBe(0);
      expect(marksIn(sandbox)).toEqual([]);
    } finally {
      await sandbox.close();
    }
  });

  it('clean goes on with other runs where the profile of one is gone', async () => {
    const sandbox = await startSandbox();
    const state = await folder();
    const options = { env: credentialsOf(sandbox), state };
    const gone = join(await folder(), 'gone.yaml');
    await writeFile(gone, await readFile(join(root, 'profiles/reference-api-key.yaml'), 'utf8'));
    const keep = `--var port=${sandbox.port} --only contact.create --keep`;
    try {
      await crmReady(`check --profile ${gone} ${keep}`, options);
      await crmReady(`check --profile profiles/reference-api-key.yaml ${keep}`, options);
      await writeFile(gone, '');
      const { code, stdout, stderr } = await crmReady('clean', options);
      expect(code).toBe(2);
      expect(stderr).toMatch(/^crm-ready: run \w{8} of .* left 1 record, and its profile cannot be used:\n/);
      expect(stderr).toContain(`${gone}:1:1  the file is empty`);
      expect(stdout).toContain('1 removed');
      expect(marksIn(sandbox)).toHaveLength(1);
      const again = await crmReady('clean --profile profiles/reference-api-key.yaml', options);
      expect(again.code).toBe(0);
      expect(marksIn(sandbox)).toEqual([]);
    } finally {
      await sandbox.close();
    }
  });

  it('clean names the run whose profile has moved, and the command that goes on with it', async () => {
    const sandbox = await startSandbox();
    const state = await folder();
    const options = { env: credentialsOf(sandbox), state };
    const [old, moved] = [join(await folder(), 'old.yaml'), join(await folder(), 'moved.yaml')];
    await writeFile(old, await readFile(join(root, 'profiles/reference-api-key.yaml'), 'utf8'));
    try {
      await crmReady(
        `check --profile ${old} --var port=${sandbox.port} --only contact.create --keep`,
        options,
      );
      await rename(old, moved);
      const [run = ''] = ledgersIn(state).keys();
      const { code, stdout, stderr } = await crmReady('clean', options);
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      const [says, next] = stderr.split('\n');
      expect(says).toMatch(new RegExp(`^crm-ready: run ${run} of .* on ${sandbox.url} left 1 record, and `));
      expect(says).toContain(`its profile (reference-api-key) is not at ${old}`);
      expect(next).toBe(`  next: crm-ready clean ${run} --profile FILE`);
      const cleaned = await crmReady(`clean ${run} --profile ${moved}`, options);
      expect(cleaned).toMatchObject({ code: 0, stderr: '' });
      expect(marksIn(sandbox)).toEqual([]);
    } finally {
      await sandbox.close();
    }
  });

  it('clean does not believe a CRM that says it deleted, and did not', async () => {
    const front = await startFront({
      reply: ({ method, url }) =>
        method === 'DELETE' && url.startsWith('/api/contacts/') ? { status: 204 } : undefined,
    });
    const state = await folder();
    const options = { env: credentialsOf(front.sandbox), state };
    const line = `check --profile profiles/reference-api-key.yaml --var port=${front.port} --only contact.create --keep`;
    try {
      await crmReady(line, options);
      const { code, stdout } = await crmReady('clean', options);
      expect(code).toBe(4);
      expect(stdout).toMatch(/left: contact C\d+ "crm-ready \w+ 1": .* the record is still there/);
      expect(marksIn(front.sandbox)).toHaveLength(1);
      expect(ledgersIn(state).size).toBe(1);
    } finally {
      await front.close();
    }
  });

  it('clean, where there is nothing', async () => {
    expect(await crmReady('clean')).toEqual(nothingLeft);
  });

  it('clean RUN, of a run that has left nothing', async () => {
    const { code, stdout, stderr } = await crmReady('clean 0badcafe');
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('no run 0badcafe has left anything');
  });

  it('clean passes over files that are no ledgers', async () => {
    const state = await folder();
    const runs = join(state, 'crm-ready', 'runs');
    await mkdir(runs, { recursive: true });
    await writeFile(join(runs, 'half.jsonl'), '{"run":"ha');
    await writeFile(join(runs, 'other.jsonl'), '[1, 2]\n');
    expect(await crmReady('clean', { state })).toEqual(nothingLeft);
  });
});

/** A check that is killed when the CRM has done what this request asks, and has not yet said so. */
async function killedBefore(isIt: (seen: Seen) => boolean, only: string, faults: string[] = []) {
  let running: Running | null = null;
  const front = await startFront({
    faults,
    accepts: ({ headers }) => headers.authorization === `Bearer ${front.sandbox.credentials.apiKey}`,
    change: (seen, honest) => {
      if (isIt(seen)) running?.child.kill('SIGKILL');
      return honest;
    },
  });
  const state = await folder();
  const env = credentialsOf(front.sandbox);
  running = start(
    `check --profile profiles/reference-api-key.yaml --var port=${front.port} ${steady} ${only}`,
    {
      env,
      state,
    },
  );
  const { code } = await running.ended;
  expect(code).toBeNull();
  return { front, state, env, marks: marksIn(front.sandbox) };
}
