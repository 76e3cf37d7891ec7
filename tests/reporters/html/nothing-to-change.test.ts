import { expect, test } from 'vitest';
import { openCauses } from '../../../src/report/open-causes.ts';
import type { Report } from '../../../src/report/types.ts';
import { renderHtml } from '../../../src/reporters/html.tsx';
import { renderVendor } from '../../../src/reporters/vendor.tsx';
import { check, checks, report } from '../sample.ts';
import { good, interrupted, unmeasured } from '../sample-reports.ts';
import { words } from './words.ts';

const box = (shown: Report) =>
  words(/<section class="first".*?<\/section>/s.exec(renderHtml(shown))?.[0] ?? '').trim();

test('where all is met there is nothing to change', () => {
  expect(box(good)).toBe('Nothing to change All that was measured is met.');
});

test('where nothing could be measured it says so, why, and how to go on', () => {
  expect(box(unmeasured)).toBe(
    'Nothing could be measured So it cannot be said whether the CRM must change. What is in the way: ' +
      'No answer within 30 s. Look at what was sent and what came back, and ask again. auth.accepted and 63 more ' +
      'Then check again: crm-ready check --profile profiles/acme.yaml',
  );
  expect(words(renderVendor(unmeasured))).toContain(
    'Whether something has to be changed in the CRM cannot be said.',
  );
});

test('where only a part is measured it says how much is not, and why', () => {
  expect(box(interrupted)).toMatch(
    /^Nothing to change so far What was measured is met\. Of 64 requirements \d+ are not measured: The run was interrupted before this was asked\. Let the run come to its end\./,
  );
});

test.each([
  ['Complete the profile.', { verdict: 'not-described', summary: 'add operations.createContact' }],
  [
    'Leave out --read-only, with a test account.',
    { verdict: 'inconclusive', summary: 'read-only: nothing is written, so this is not measured' },
  ],
  [
    'Take out of optOut in the profile what is to be asked.',
    { verdict: 'inconclusive', summary: 'left out by the profile: each call is billed' },
  ],
] as const)('the next step is %s', (step, said) => {
  expect(box(report(checks({ 'contact.create': said })))).toContain(step);
});

test('where what is open is not judged, nothing has to change', () => {
  const said = { verdict: 'inconclusive', summary: 'no answer' } as const;
  expect(box(report(checks({ 'beyond.user-list': said })))).toMatch(
    /^Nothing to change What was measured is met\. Of 64/,
  );
});

test('where only what is not judged was measured, nothing could be judged', () => {
  const said = { verdict: 'inconclusive', summary: 'no answer' } as const;
  expect(box(report([check('user.id', said), check('beyond.user-list')]))).toMatch(
    /^Nothing could be judged So it cannot be said/,
  );
  expect(box(report([check('beyond.user-list')]))).toBe(
    'Nothing to change What was asked is only shown, and not judged.',
  );
});

test('what is waived is not called met', () => {
  const waiver = { reason: 'r', expires: '2099-01-01', verdict: 'fail', summary: 's', earned: 0 } as const;
  expect(box(report(checks({ 'user.id': { verdict: 'waived', summary: 's', waiver } })))).toBe(
    'Nothing to change All that was measured is met, or waived.',
  );
});

test('a finding does not hide that the rest could not be measured', () => {
  const shown = report(
    unmeasured.checks.map((one) => (one.id === 'auth.tls' ? check('auth.tls', { verdict: 'fail' }) : one)),
  );
  expect(box(shown)).toMatch(
    /^Change this first .* Of 64 requirements 63 are not measured: No answer within 30 s\./,
  );
});

test('only the first reasons are told, the others counted', () => {
  const ids = ['user.id', 'user.name', 'activity.time', 'activity.long', 'contact.create'];
  const said = Object.fromEntries(
    ids.map((id) => [id, { verdict: 'inconclusive', summary: `no answer to ${id}` } as const]),
  );
  expect(box(report(checks(said)))).toContain('2 more reasons stand with the items below.');
});

test('a reason is that of the root, however long the chain, and the one that costs most comes first', () => {
  const blocked = (blockedBy: string) => ({ verdict: 'blocked', blockedBy, summary: 'has to wait' }) as const;
  const causes = openCauses(
    checks({
      'user.id': { verdict: 'inconclusive', summary: 'no answer' },
      'activity.create': { verdict: 'not-described', summary: 'add it' },
      'activity.read': blocked('activity.create'),
      'activity.linked': blocked('activity.read'),
    }),
  );
  expect(causes.map(({ root, open }) => [root.id, open.map(({ id }) => id)])).toEqual([
    ['activity.create', ['activity.create', 'activity.read', 'activity.linked']],
    ['user.id', ['user.id']],
  ]);
});

test('two that block each other, in a report that somebody changed, are told all the same', () => {
  const causes = openCauses(
    checks({
      'user.id': { verdict: 'blocked', blockedBy: 'user.name' },
      'user.name': { verdict: 'blocked', blockedBy: 'user.id' },
    }),
  );
  expect(causes.flatMap(({ open }) => open)).toHaveLength(2);
});
