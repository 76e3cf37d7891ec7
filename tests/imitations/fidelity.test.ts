import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { LogFormat } from '../../src/profile/types.ts';
import { checkProfile } from '../harness.ts';
import { createCrm } from './crm.ts';
import type { CrmOptions } from './options.ts';
import { profileOf } from './profile.ts';

/**
 * What crm-ready says of CRMs that damage what is written: the sentences are what a vendor gets to read, so they are
 * kept in fidelity.txt, as a table to be read.
 */
const servers: [name: string, faults: Partial<CrmOptions>, logFormat?: LogFormat][] = [
  ['keeps everything', {}],
  ['keeps everything', {}, 'text/html'],
  ['keeps everything', {}, 'text/markdown'],
  ['escapes HTML', { text: 'html-escaped' }],
  ['escapes HTML', { text: 'html-escaped' }, 'text/html'],
  ['sanitises HTML', { text: 'entities-in-text' }, 'text/html'],
  ['strips tags', { text: 'tags-stripped' }],
  ['strips tags', { text: 'tags-stripped' }, 'text/html'],
  ['cuts at 255', { text: 'cut-255' }],
  ['cuts at 255', { text: 'cut-255' }, 'text/html'],
  ['refuses more than 1,000', { text: 'refused-over-1000' }],
  ['empties more than 3,000', { text: 'emptied-over-3000' }],
  ['joins lines', { text: 'line-breaks-to-spaces' }],
  ['joins lines', { text: 'line-breaks-to-spaces' }, 'text/html'],
  ['joins lines', { text: 'line-breaks-to-spaces' }, 'text/markdown'],
  ['emoji become question marks', { text: 'emoji-to-question-marks' }],
  ['trims texts', { text: 'trimmed' }],
  ['trims texts', { text: 'trimmed' }, 'text/html'],
  ['trims texts', { text: 'trimmed' }, 'text/markdown'],
  ['writes in capitals', { text: 'upper-cased' }],
  ['dates in local time', { dates: 'local-time' }],
  ['dates at midnight', { dates: 'midnight' }],
  ['dates without seconds', { dates: 'no-seconds' }],
  ['dates in epoch seconds', { dates: 'epoch-seconds' }],
  ['empties dates', { dates: 'empty' }],
  ['unknown id is a bad request', { unknownId: 400 }],
  ['unknown id is empty', { unknownId: 'empty-200' }],
  ['unknown id is the list', { unknownId: 'list' }],
];

const requirements = [
  'activity.read',
  'activity.enrich',
  'activity.direction',
  'activity.time',
  'activity.unicode',
  'activity.markup',
  'activity.long',
  'activity.unknown-id',
];

async function rowsOf([name, faults, logFormat = 'text/plain']: (typeof servers)[number]): Promise<string[]> {
  const crm = await createCrm(faults);
  try {
    const profile = await profileOf(crm, { settleSeconds: 0.3, logFormat });
    const { checks, report } = await checkProfile(profile, { only: requirements });
    expect(report.leftovers).toEqual([]);
    const findings = requirements.flatMap((id) => checks.get(id) ?? []);
    // A pass is shown where it says something: of a harmless difference, or of a CRM that keeps everything.
    const told = findings.filter(
      ({ verdict, summary }) =>
        verdict !== 'pass' ||
        name === 'keeps everything' ||
        /^(nothing is lost|reads the same)/.test(summary),
    );
    const server = `${name} (${logFormat.slice(5)})`;
    return told.map(({ id, verdict, summary }) =>
      // A line for each finding; the run's id is another every time.
      `${server.padEnd(40)} ${id.slice(9).padEnd(11)} ${verdict.padEnd(8)} ${summary.replaceAll(report.run.id, '…')}`.trimEnd(),
    );
  } finally {
    await crm.close();
  }
}

test('what is said of CRMs that damage what is written', { timeout: 300_000 }, async () => {
  const rows: string[] = [];
  // A few at a time: each is a whole check.
  for (let at = 0; at < servers.length; at += 4) {
    const some = await Promise.all(servers.slice(at, at + 4).map(rowsOf));
    rows.push(...some.flat());
  }
  const table = `${rows.join('\n')}\n`;
  process.stdout.write(`\n${table}`);
  await expect(table).toMatchFileSnapshot(join(import.meta.dirname, 'fidelity.txt'));
});
