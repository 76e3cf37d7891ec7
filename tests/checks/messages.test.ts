import { expect, test } from 'vitest';
import { json, type Seen } from '../secrets/front.ts';
import { check, verdict } from './behind-front.ts';

const readsMessage = ({ method, url }: Seen) => method === 'GET' && /^\/api\/messages\/\w/.test(url);
const addsMessage = ({ method, url }: Seen) => method === 'POST' && url.endsWith('/entries');
const ids = ['activity.message', 'activity.message-update'];

/** Answers every reading of a message, or every one after the second message, with this status. */
function unreadable(status: number, from: 'always' | 'the second message' = 'always') {
  let now = from === 'always';
  return (seen: Seen) => {
    now ||= addsMessage(seen);
    return now && readsMessage(seen) ? json({ message: 'not now' }, status) : undefined;
  };
}

test('a message that nobody can read by its id is not recorded', async () => {
  const ran = await check({ reply: unreadable(404) }, ids);
  expect(ran.checks.get('activity.message')).toMatchObject({
    verdict: 'fail',
    summary: 'reading the message was refused: HTTP 404 "not now"',
  });
  // The profile does say how to read it.
  expect(ran.checks.get('activity.message-update')).toMatchObject({
    verdict: 'blocked',
    blockedBy: 'activity.message',
    summary: 'not now',
  });
});

test('a message that cannot be read for trouble is neither recorded nor lost', async () => {
  const ran = await check({ reply: unreadable(500) }, ids);
  expect(ids.map((id) => verdict(ran, id))).toEqual(['inconclusive', 'inconclusive']);
});

test.each([
  [500, 'inconclusive'],
  [404, 'fail'],
] as const)(
  'a record that answers %i after the second message has lost nothing that was seen',
  async (status, expected) => {
    const ran = await check({ reply: unreadable(status, 'the second message') }, ids);
    expect(ran.checks.get('activity.message-update')).toMatchObject({
      verdict: expected,
      summary: expect.stringMatching(/^reading the record after the second message .*not now/),
    });
    expect(verdict(ran, 'activity.message')).toBe('pass');
  },
);

test('a message in a CRM whose profile does not say how to read it is recorded by its id', async () => {
  const ran = await check({}, ids, { operations: { getMessageLog: undefined } });
  expect(ran.checks.get('activity.message')?.summary).toBe(
    'recorded, and its id came back (not read back: no getMessageLog)',
  );
  expect(verdict(ran, 'activity.message-update')).toBe('not-described');
});
