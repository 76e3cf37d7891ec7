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

const long = {
  before: '- Note: the old note of a call\n- Duration: 95 s',
  after: '- Note: new note\n- Duration: 95 s',
};

test.each([
  ['preview', '- Note: the old', '- Note: new not'],
  ['preview', '- Note: the old …', '- Note: new note...'],
  ['snippet', 'the old note of a call', 'new note - Duration'],
  ['html', '<b>- Note: the old</b>', '<b>- Note: new n</b>'],
  ['bodyLength', long.before.length, long.after.length],
  ['n', String(long.before.length), String(long.after.length)],
  ['words', 12, 8],
  ['contentHash', 'f00d', 'beef'],
  ['body_md5', 'f00d', 'beef'],
  ['checksum', 123, 456],
  ['wordCount', 14, 9],
  ['size', 900, 880],
])('%s is made from the body, and changes with it: %s, %s', (key, before, after) => {
  expect(changed({ body: long.before, [key]: before }, { body: long.after, [key]: after })).toEqual([]);
});

test.each([
  ['emptied', 'subject', 'the subject of all', ''],
  ['emptied', 'preview', '- Note: the old', null],
  ['emptied', 'checksum', 'f00d', ''],
  ['cut', 'result', 'Duration: 95 s', 'Duration: 9'],
  ['cut', 'preview', '- Note: the old', '- Note:'],
  ['another value', 'result', 'Duration: 95 s', 'Note: new note'.slice(0, 8)],
  ['another value', 'direction', 'Inbound', 'Outbound'],
  ['another value', 'duration', 95, 0],
  ['another value', 'length', 95, 60],
  ['another value', 'talkLength', 95, 60],
  ['another value', 'partySize', 3, 2],
  ['another value', 'shareholder', 'a', 'b'],
  ['another value', 'charge', 3, 4],
])('%s is no consequence of the new body: %s, %s became %s', (_what, key, before, after) => {
  expect(changed({ body: long.before, [key]: before }, { body: long.after, [key]: after })).toEqual([key]);
});

test('a checksum that changes though no text did is found', () => {
  expect(changed({ body: 'new note', checksum: 1 }, { body: 'new note', checksum: 2 })).toEqual(['checksum']);
});
