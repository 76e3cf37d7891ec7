import { describe, expect, it } from 'vitest';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { json, startFront } from '../secrets/front.ts';
import { credentialsOf, crmReady, folder, ledgersIn, marksIn, parseReport, steady } from './command.ts';
import { startCountingServer } from './counting-server.ts';

const line = (port: number, more: string) =>
  `check --profile profiles/reference-api-key.yaml --var port=${port} ${more} --report json ${steady}`;

/** 2 (usage or profile) is in the tests of broken profiles and of options, 130 in those of Ctrl-C. */
describe.concurrent('the exit code says how it went', () => {
  it('0: no must fails', async () => {
    const sandbox = await startSandbox();
    try {
      const { code, stdout } = await crmReady(line(sandbox.port, ''), { env: credentialsOf(sandbox) });
      expect({ code, overall: parseReport(stdout).overall }).toEqual({ code: 0, overall: 'ready' });
    } finally {
      await sandbox.close();
    }
  });

  it('1: a must fails', async () => {
    const sandbox = await startSandbox({ faults: ['user-ok-for-wrong-token'] });
    try {
      const { code, stdout } = await crmReady(line(sandbox.port, ''), { env: credentialsOf(sandbox) });
      const failed = parseReport(stdout).checks.filter(({ verdict }) => verdict === 'fail');
      expect(failed.map(({ id, level }) => [id, level])).toEqual([['user.validates', 'must']]);
      expect(code).toBe(1);
    } finally {
      await sandbox.close();
    }
  });

  it('3: --timeout 0.3 on a server that never answers', async () => {
    const server = await startCountingServer(false);
    try {
      const { code, stdout } = await crmReady(line(server.port, '--timeout 0.3'), {
        env: { REFERENCE_API_KEY: 'a-key-of-nobody' },
      });
      const report = parseReport(stdout);
      expect({ code, overall: report.overall, score: report.score }).toMatchObject({
        code: 3,
        overall: 'unknown',
      });
      expect(server.requests).not.toEqual([]);
      expect(report.checks.filter(({ verdict }) => verdict === 'pass' || verdict === 'fail')).toEqual([]);
      expect(report.checks.find(({ id }) => id === 'auth.accepted')).toMatchObject({
        verdict: 'inconclusive',
        summary: expect.stringContaining('0.3 s'),
      });
      expect(report.run.durationMs).toBeLessThan(5000);
    } finally {
      await server.close();
    }
  });

  it('3: nothing listens where the CRM should be', async () => {
    const server = await startCountingServer();
    await server.close();
    const { code, stdout } = await crmReady(line(server.port, ''), {
      env: { REFERENCE_API_KEY: 'a-key-of-nobody' },
    });
    expect({ code, overall: parseReport(stdout).overall }).toEqual({ code: 3, overall: 'unknown' });
  });

  it('4: the CRM refuses to delete, and what is left is listed', async () => {
    const front = await startFront({
      reply: ({ method }) =>
        method === 'DELETE'
          ? json({ error: 'forbidden', message: 'Nothing is deleted here.' }, 403)
          : undefined,
    });
    const state = await folder();
    try {
      const { code, stdout } = await crmReady(line(front.port, '--only contact-create,activity'), {
        env: credentialsOf(front.sandbox),
        state,
      });
      expect(code).toBe(4);
      const { leftovers, run } = parseReport(stdout);
      expect(run.deleted).toBe(0);
      expect(leftovers).toHaveLength(run.created);
      expect(marksIn(front.sandbox)).toEqual(expect.arrayContaining(leftovers.map(({ name }) => name)));
      expect(leftovers[0]?.reason).toContain('HTTP 403 Nothing is deleted here.');
      // The ledger stays, for `crm-ready clean`.
      expect([...ledgersIn(state).keys()]).toEqual([run.id]);
    } finally {
      await front.close();
    }
  });
});
