import { describe, expect, test } from 'vitest';
import { type FrontOptions, json, type Seen } from '../secrets/front.ts';
import { check, readsCall } from './behind-front.ts';

const only = ['activity.linked', 'activity.read'];
const texts = { subjectPath: 'body.activity.subject', fullBodyPath: 'body.activity.body' };
/** No path says where the contact stands, and there is no list. */
const undescribed = {
  getCallLog: { url: '/activities/{{ thirdPartyLogId }}', responseMapping: texts },
  listCallLogs: undefined,
};
const mapped = (contactIdPath: string) => ({
  getCallLog: { ...undescribed.getCallLog, responseMapping: { ...texts, contactIdPath } },
});

/** Gives its contact and its calls these ids, and shows this in place of a call's contact. */
function numbered(contactId: number, callId: number, instead: object): FrontOptions {
  let call: object | null = null;
  return {
    change: ({ method, url }, honest) =>
      method === 'POST' && url === '/api/contacts' ? json({ contact: { id: contactId } }, 201) : honest,
    reply: (seen: Seen) => {
      if (seen.method === 'DELETE') {
        if (seen.url.startsWith('/api/activities/')) call = null;
        return { status: 204 };
      }
      // The contact goes by another id behind, where it stays.
      if (seen.method === 'GET' && seen.url.startsWith('/api/contacts?')) return json({ contacts: [] });
      if (seen.method === 'POST' && seen.url === '/api/activities') {
        const { contactId: _, ...sent } = JSON.parse(seen.body);
        call = { ...sent, id: callId, ...instead };
        return json({ activity: { id: callId } }, 201);
      }
      return readsCall(seen) && call !== null ? json({ activity: call }) : undefined;
    },
  };
}

describe.concurrent('the id of a contact in a record', () => {
  test.for([
    ['is that of its own', 1_000_001, 1_000_001, {}],
    ['is that of the tenant', 1, 5001, { customerAccountId: 1, leadSource: 1, contactCount: 1 }],
    ['is no id', 1, 5001, { priority: 1 }],
  ] as const)('proves nothing where it %s', async ([_, contactId, callId, instead], { expect }) => {
    const ran = await check(numbered(contactId, callId, instead), only, { operations: undescribed });
    expect(ran.checks.get('activity.linked')).toMatchObject({
      verdict: 'not-described',
      summary: expect.stringContaining('add operations.getCallLog.responseMapping.contactIdPath'),
    });
    expect(ran.checks.get('activity.read')?.verdict).toBe('pass');
  });

  test.for([
    ['by what it is', 1_000_002, 5001, { who: { what: { ref: 1_000_002 } } }],
    ['by its key', 1, 5001, { contactId: 1 }],
    ['by its key, in words', 1, 5001, { WHO_ID: '1' }],
    ['by the key of the contact', 1, 1, { person: { id: 1 } }],
    ['in a list', 7, 5001, { linked_contacts: [{ id: 7 }] }],
    ['though the record has the same', 1_000_001, 1_000_001, { contactId: 1_000_001 }],
  ] as const)('is known %s', async ([_, contactId, callId, instead], { expect }) => {
    const ran = await check(numbered(contactId, callId, instead), only, { operations: undescribed });
    expect(ran.checks.get('activity.linked')).toMatchObject({
      verdict: 'pass',
      summary: "the contact's id stands in the record",
    });
  });

  test('is not taken from elsewhere where its path shows nobody', async ({ expect }) => {
    const front = numbered(1_000_001, 1_000_001, { contactId: null });
    const ran = await check(front, only, { operations: mapped('body.activity.contactId') });
    expect(ran.checks.get('activity.linked')).toMatchObject({ verdict: 'fail', observed: 'nobody' });
  });
});

describe('read-only', () => {
  const contacts = [{ id: 8, phoneNumber: '+14155550124' }];
  const shown = { id: 55, contactId: 9, subject: 'S', body: 'B' };
  const look = async (callLog: object, record: object = shown) => {
    const front = { reply: (seen: Seen) => (readsCall(seen) ? json({ activity: record }) : undefined) };
    const profile = { fixtures: { contacts, callLog: { id: 55, ...callLog } } };
    const { checks } = await check(front, only, profile, { readOnly: true });
    return only.map((id) => `${checks.get(id)?.verdict}: ${checks.get(id)?.summary}`);
  };

  test('a record is compared with what the profile says of it', async () => {
    expect(await look({ contactId: 9, subject: 'S', body: 'B' })).toEqual([
      'pass: the record names the contact',
      'pass: subject and body came back',
    ]);
    expect(await look({ contactId: 8, subject: 'S', body: 'else' })).toEqual([
      'fail: the record does not belong to the contact',
      'fail: the body did not come back',
    ]);
  });

  test('what the profile does not say of a record is not found fault with, nor praised', async () => {
    expect(await look({})).toEqual([
      'inconclusive: read-only: say whose the record is under fixtures.callLog.contactId',
      'inconclusive: read-only: say what stands in the record under fixtures.callLog.subject and fixtures.callLog.body',
    ]);
    const empty = { ...shown, contactId: 8, subject: null };
    expect(await look({ body: 'B' }, empty)).toEqual([
      'pass: the record names the contact',
      'inconclusive: read-only: say what stands in the record under fixtures.callLog.subject',
    ]);
    expect((await look({ body: 'else' }))[1]).toBe('fail: the body did not come back');
  });
});

test('a list that is the same for everybody shows of nobody whose a call is', async () => {
  const calls: object[] = [];
  const ran = await check(
    {
      change: (seen, honest) => {
        if (readsCall(seen) && honest.status === 200) {
          const { activity } = JSON.parse(String(honest.body));
          return json({ activity: { ...activity, contactId: undefined } });
        }
        const ofNobody = seen.method === 'GET' && seen.url.endsWith('/activities');
        if (seen.method === 'POST' && seen.url === '/api/activities')
          calls.push(JSON.parse(String(honest.body)).activity);
        return ofNobody ? json({ activities: calls }) : honest;
      },
    },
    only,
    { operations: { getCallLog: undescribed.getCallLog } },
  );
  expect(ran.checks.get('activity.linked')).toMatchObject({
    verdict: 'inconclusive',
    summary: expect.stringContaining('a contact that does not exist'),
  });
});
