import { expect, test } from 'vitest';
import { unnamedChanges } from '../../src/checks/activity/leaves.ts';

const at = '2026-03-01T10:00:00Z';
const later = '2026-03-01T10:00:02Z';
const changed = (before: object, after: object, earlier = before) =>
  unnamedChanges(before, after, ['new note', 'the subject'], earlier).map(({ path }) => path);

test.each([
  ['SystemModstamp', 'a', 'b'],
  ['LastModifiedDate', 'a', 'b'],
  ['hs_lastmodifieddate', 'a', 'b'],
  ['date_modified', 'a', 'b'],
  ['write_date', 'a', 'b'],
  ['tms', 'a', 'b'],
  ['datem', 'a', 'b'],
  ['editedBy', 1, 2],
  ['_rev', '1-a', '2-b'],
  ['versionnumber', 1, 2],
  ['@odata.etag', 'W/"1"', 'W/"2"'],
  // Whatever they are called.
  ['timestamp', at, later],
  ['geaendert', '2026-03-01 10:00:00', '2026-03-01 10:00:02'],
  ['stamp', 1_772_359_200_000, 1_772_359_202_000],
] as const)('%s changes with every update, and ought to', (key, before, after) => {
  expect(changed({ [key]: before }, { [key]: after })).toEqual([]);
});

test.each([
  ['timestamp', at, null],
  ['call_timestamp', at, '2026-03-01T00:00:00Z'],
  ['startedAt', at, '2026-03-01T10:10:00Z'],
  ['creditor', 'a', 'b'],
  ['exchangeId', 1, 2],
  ['encounterId', 1, 2],
  ['editable', true, false],
  ['contactId', 1_772_359_200, 1_772_359_202],
] as const)('%s does not', (key, before, after) => {
  expect(changed({ [key]: before }, { [key]: after })).toEqual([key]);
});

test('a record of changes is none of what it holds, unless it is a list', () => {
  const contact = { changeset: { contact: 7 } };
  expect(changed(contact, { changeset: { contact: null } })).toEqual(['changeset.contact']);
  const newestFirst = { changes: [{ field: 'body' }, { field: 'subject' }] };
  expect(changed({ changes: [{ field: 'subject' }] }, newestFirst)).toEqual([]);
});

test('a text that the update did not name and that is empty now is lost, whatever stood in it', () => {
  const before = { subject: 'the subject', note: 'old', body: 'the subject: old' };
  expect(changed(before, { subject: null, note: '', body: 'new note' })).toEqual(['subject', 'note']);
  expect(changed(before, { body: 'new note', note: 'old' })).toEqual(['subject']);
});

test('what differs between two readings without an update is no change', () => {
  const read = (id: string, contact: number | null) => ({ meta: { request: id }, contact });
  expect(changed(read('2', 7), read('3', 7), read('1', 7))).toEqual([]);
  expect(changed(read('2', 7), read('3', null), read('1', 7))).toEqual(['contact']);
});
