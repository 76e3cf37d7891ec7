import { expect, test } from 'vitest';
import { adviceOnLeftovers } from '../../src/report/leftovers.ts';
import { renderConsole } from '../../src/reporters/console.ts';
import { renderHtml } from '../../src/reporters/html.tsx';
import { checkSandbox } from '../harness.ts';

test('where the profile describes no deletion, `clean` would say the same: the operation comes first', async () => {
  const { report } = await checkSandbox([], {
    only: ['contact.create'],
    change: ({ operations: { deleteContact: _none, ...operations }, ...profile }) => ({
      ...profile,
      operations,
    }),
  });
  expect(report.leftovers).toHaveLength(1);
  expect(adviceOnLeftovers(report)).toBe(
    'Add deleteContact to the profile. Remove it with `crm-ready clean`, or by hand: search for the name.',
  );
});

test('what may only have been created is not counted as created', async () => {
  const { report } = await checkSandbox(['message-refused'], { only: ['activity.message'] });
  expect(report.leftovers.map(({ kind, reason }) => `${kind}: ${reason}`)).toEqual([
    expect.stringContaining('message log: it may have been created'),
  ]);
  // The contact that the message was to hang on.
  expect(report.run).toMatchObject({ created: 1, deleted: 1 });
  expect(renderConsole(report, { colour: false, width: 100, unicode: true })).toContain(
    '1 test record was created, 1 removed.',
  );
  expect(renderHtml(report)).toContain('1 test record may be left in the CRM.');
});

test('where nothing else was created, nobody can say whether anything was', async () => {
  const { report } = await checkSandbox(['message-refused'], { only: ['activity.message'] });
  const unsure = { ...report, run: { ...report.run, created: 0, deleted: 0 } };
  expect(renderConsole(unsure, { colour: false, width: 100, unicode: true })).toContain(
    'Whether anything was created in the CRM is not known.',
  );
  expect(renderHtml(unsure)).toContain('Whether it wrote anything into the CRM is not known.');
});
