import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseReport, ReportFileError, readReport } from '../../src/report/read.ts';
import { renderJson } from '../../src/reporters/json.ts';
import { bad, good, interrupted, unmeasured } from '../reporters/sample-reports.ts';

async function refusalOf(text: string): Promise<{ message: string; hint: string }> {
  const error: unknown = await parseReport(text, 'r.json').then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof ReportFileError)) throw new Error(`not refused as a report: ${String(error)}`);
  return { message: error.message, hint: error.hint };
}

describe('a saved report', () => {
  it.each(Object.entries({ good, bad, interrupted, unmeasured }))(
    'is read again as it was: %s',
    async (_, report) => {
      expect(await parseReport(renderJson(report), 'r.json')).toEqual(JSON.parse(JSON.stringify(report)));
    },
  );

  it('may begin with a byte order mark', async () => {
    expect((await parseReport(`\uFEFF${renderJson(good)}`, 'r.json')).overall).toBe('ready');
  });

  it('of an earlier release, without the fields that came later, is read', async () => {
    const { path: _path, locations: _locations, ...profile } = good.profile;
    const { command: _command, ...run } = good.run;
    expect((await parseReport(JSON.stringify({ ...good, profile, run }), 'r.json')).score).toBe(100);
  });
});

describe('what is no report that can be used says so, and what to do:', () => {
  const whole = renderJson(bad);
  it.each([
    ['an empty file', '', 'r.json: the file is empty', 'check --report json=FILE'],
    ['half a report', whole.slice(0, 5000), 'its JSON breaks off', 'run the check again'],
    ['another format', '<testsuites/>', 'this is not JSON', 'Other formats cannot be read again'],
    [
      'other JSON',
      '{"name":"crm-ready","version":"0.1.0"}',
      'no report of crm-ready',
      'check --report json=FILE',
    ],
    ['a list', '[]', 'no report of crm-ready', 'check --report json=FILE'],
    ['null', 'null', 'no report of crm-ready', 'check --report json=FILE'],
    [
      'a newer version',
      whole
        .replace('"schemaVersion": 1', '"schemaVersion": 2')
        .replace('"version": "0.1.0"', '"version": "3.0.0"'),
      'schema version 2, and this crm-ready reads up to 1',
      'Update crm-ready: the report was written by a newer one (3.0.0).',
    ],
    [
      'a report that somebody edited',
      whole.replace('"overall": "not-ready"', '"overall": "splendid"'),
      'the report is damaged: /overall must be',
      'run the check again',
    ],
  ])('%s', async (_, text, says, next) => {
    const { message, hint } = await refusalOf(text);
    expect(message).toContain(says);
    expect(hint).toContain(next);
  });

  it('a file that is not there, and a folder', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'crm-ready-read-'));
    try {
      await writeFile(join(folder, 'r.json'), renderJson(good));
      expect((await readReport(join(folder, 'r.json'))).overall).toBe('ready');
      await expect(readReport(join(folder, 'q.json'))).rejects.toThrow('there is no such file');
      await expect(readReport(folder)).rejects.toThrow('this is a folder');
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
