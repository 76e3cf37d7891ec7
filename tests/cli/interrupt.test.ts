import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { startFront } from '../secrets/front.ts';
import {
  credentialsOf,
  crmReady,
  folder,
  ledgersIn,
  marksIn,
  parseReport,
  root,
  start,
  steady,
  until,
  untilRecordsAreThere,
} from './command.ts';

const contactsOnly = 'check --profile profiles/reference-api-key.yaml --only contact-create --report json';

describe.concurrent('while it removes what it created', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)('%s lets the removal go on', async (signal) => {
    const front = await startFront({
      reply: ({ method }) => {
        if (method === 'DELETE') child.kill(signal);
        return undefined;
      },
    });
    const state = await folder();
    const { child, ended } = start(`${contactsOnly} --var port=${front.port} ${steady}`, {
      env: credentialsOf(front.sandbox),
      state,
    });
    // The first is a signal, and the second would end it at once.
    const { kill } = child;
    child.kill = (with_) => {
      child.kill = () => true;
      return kill.call(child, with_);
    };
    try {
      const { code, stdout } = await ended;
      expect(code).toBe(130);
      const { run, leftovers } = parseReport(stdout);
      expect(leftovers).toEqual([]);
      expect(run.deleted).toBe(run.created);
      expect(run.created).toBeGreaterThan(3);
      expect(marksIn(front.sandbox)).toEqual([]);
    } finally {
      await front.close();
    }
  });

  it('a deadline lets it go on, too, and what was never sent is no record', async () => {
    const front = await startFront();
    const file = join(await folder(), 'slow.yaml');
    const slow = await readFile(join(root, 'profiles/reference-api-key.yaml'), 'utf8');
    await writeFile(file, `${slow}\nlimits: { requestsPerSecond: 2 }\n`);
    const state = await folder();
    try {
      const { code, stdout } = await crmReady(
        `check --profile ${file} --only contact-create --report json --deadline 8 --var port=${front.port} ${steady}`,
        { env: credentialsOf(front.sandbox), state },
      );
      const { run, leftovers, exchanges } = parseReport(stdout);
      // A refusal creates nothing; a request without an answer may have.
      const sent = exchanges.filter(
        ({ intent, response }) => intent === 'createContact' && (response?.status ?? 201) === 201,
      ).length;
      expect({ code, ended: run.ended, leftovers }).toEqual({ code: 3, ended: 'deadline', leftovers: [] });
      expect({ created: run.created, deleted: run.deleted }).toEqual({ created: sent, deleted: sent });
      expect(marksIn(front.sandbox)).toEqual([]);
      expect(ledgersIn(state).size).toBe(0);
    } finally {
      await front.close();
    }
  });
});

describe.concurrent('Ctrl-C in the middle of a run', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)(
    '%s: what was created is removed, and the report is partial',
    async (signal) => {
      const sandbox = await startSandbox({ latencyMs: 40 });
      const state = await folder();
      const env = credentialsOf(sandbox);
      try {
        const { child, ended } = start(
          `check --profile profiles/reference.yaml --var port=${sandbox.port} --report json ${steady}`,
          { env, state },
        );
        await untilRecordsAreThere(sandbox, state);
        child.kill(signal);
        const { code, stdout, stderr } = await ended;
        expect(code).toBe(130);
        expect(stderr).toContain('Stopping: removing what was created.');
        expect(stderr.trimEnd()).toMatch(/Exit code 130 all the same: the run was interrupted\.$/);
        const report = parseReport(stdout);
        expect(report.run.ended).toBe('interrupted');
        expect(report.run.created).toBeGreaterThanOrEqual(2);
        expect(report.leftovers).toEqual([]);
        expect(report.checks.filter(({ verdict }) => verdict === 'fail')).toEqual([]);
        expect(report.checks.filter(({ verdict }) => verdict === 'inconclusive').length).toBeGreaterThan(0);
        expect(marksIn(sandbox)).toEqual([]);
        expect(sandbox.state()).toMatchObject({ activities: [], messages: [] });
        expect(ledgersIn(state).size).toBe(0);
      } finally {
        await sandbox.close();
      }
    },
  );

  it('removes a contact, too, that the CRM creates only after it was pressed', async () => {
    const front = await startFront({
      accepts: ({ headers }) => headers.authorization === `Bearer ${front.sandbox.credentials.apiKey}`,
      reply: ({ method, url, body }, { response }) => {
        if (method !== 'POST' || url !== '/api/contacts') return undefined;
        // A CRM that is slow, and does what it was asked although nobody listens any more.
        response.on('close', () => setTimeout(() => void createLate(body), 300));
        child.kill('SIGINT');
        return 'done';
      },
    });
    let late = 0;
    const createLate = async (body: string) => {
      const { url, credentials } = front.sandbox;
      const headers = { authorization: `Bearer ${credentials.apiKey}`, 'content-type': 'application/json' };
      await fetch(`${url}/api/contacts`, { method: 'POST', headers, body });
      late += 1;
    };
    const state = await folder();
    const { child, ended } = start(
      `check --profile profiles/reference-api-key.yaml --var port=${front.port} --only contact.create --report json`,
      { env: credentialsOf(front.sandbox), state },
    );
    try {
      const { code, stdout } = await ended;
      expect(code).toBe(130);
      expect(late).toBe(1);
      expect(parseReport(stdout).leftovers).toEqual([]);
      expect(marksIn(front.sandbox)).toEqual([]);
      expect(ledgersIn(state).size).toBe(0);
    } finally {
      await front.close();
    }
  });

  it('a second time ends it at once, and clean removes the rest', async () => {
    const sandbox = await startSandbox({ latencyMs: 150 });
    const state = await folder();
    const options = { env: credentialsOf(sandbox), state };
    try {
      const { child, ended, said } = start(
        `check --profile profiles/reference-api-key.yaml --var port=${sandbox.port}`,
        options,
      );
      await untilRecordsAreThere(sandbox, state);
      child.kill('SIGINT');
      await until('it says that it stops', () => said.stderr.includes('Stopping'));
      child.kill('SIGINT');
      const { code, stdout } = await ended;
      expect({ code, stdout }).toEqual({ code: 130, stdout: '' });
      expect(marksIn(sandbox).length).toBeGreaterThan(0);
      expect((await crmReady('clean', options)).code).toBe(0);
      expect(marksIn(sandbox)).toEqual([]);
      expect(ledgersIn(state).size).toBe(0);
    } finally {
      await sandbox.close();
    }
  });
});
