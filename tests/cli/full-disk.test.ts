import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { UsageError } from '../../src/cli/failure.ts';
import { writeTargets } from '../../src/cli/report-targets.ts';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { credentialsOf, crmReady, folder, marksIn, parseReport } from './command.ts';

/** Takes nothing, as a disk that is full. */
const full = '/dev/full';

describe.runIf(existsSync(full)).concurrent('stdout on a disk that is full', () => {
  const why = 'could not be written to stdout: no space left on the device';

  it.each([
    '--version',
    '--help',
    'explain --list',
    'explain lookup.e164',
    'sandbox --list-faults',
    'plan -p profiles/reference-api-key.yaml',
  ])('%s', async (line) => {
    const { code, stderr } = await crmReady(line, { stdout: full, env: { REFERENCE_API_KEY: 'a-key' } });
    expect({ code, stderr }).toEqual({ code: 2, stderr: `crm-ready: the output ${why}\n` });
  });

  it('check removes what it created, and writes the reports that go to files', async () => {
    const sandbox = await startSandbox();
    try {
      const file = join(await folder(), 'report.json');
      const line = `check -p profiles/reference-api-key.yaml --var port=${sandbox.port} --only contact.create`;
      const { code, stderr } = await crmReady(`${line} --report console --report json=${file}`, {
        stdout: full,
        env: credentialsOf(sandbox),
      });
      expect(code).toBe(2);
      expect(stderr.match(/crm-ready: .*/g)).toEqual([`crm-ready: the report ${why}`]);
      expect(stderr).not.toMatch(/^\s+at /m);
      expect(parseReport(await readFile(file, 'utf8')).run.deleted).toBeGreaterThan(0);
      expect(marksIn(sandbox)).toEqual([]);
      const shown = await crmReady(`report ${file}`, { stdout: full });
      expect(shown).toMatchObject({ code: 2, stderr: `crm-ready: the report ${why}\n` });
    } finally {
      await sandbox.close();
    }
  });
});

it('a report that cannot be written is told by its name, once the others are', async () => {
  const at = await folder();
  const [gone, there] = [join(at, 'gone', 'report.json'), join(at, 'report.html')];
  const targets = [
    { format: 'json', file: gone },
    { format: 'html', file: there },
  ];
  await expect(writeTargets(targets, async (format) => format)).rejects.toThrow(
    new UsageError(`the report could not be written to ${gone}: its folder is gone`),
  );
  expect(await readFile(there, 'utf8')).toBe('html');
  expect(await readdir(at)).toEqual(['report.html']);
});
