import { expect, test } from 'vitest';
import { checkSandbox } from '../harness.ts';
import { type FrontOptions, json } from '../secrets/front.ts';
import { check, isSearch, readsCall, verdict } from './behind-front.ts';

const isMe = ({ url }: { url: string }) => url === '/api/me';
const listsCalls = ({ method, url }: { method: string; url: string }) =>
  method === 'GET' && /^\/api\/contacts\/\w+\/activities$/.test(url);

test.each([
  [500, 'fails'],
  [401, 'does not know the token yet'],
])(
  'a current-user call that once answers %i, as one that %s, is not taken for one that refuses a body',
  async (status) => {
    let asked = 0;
    const once = await check(
      { reply: (seen) => (isMe(seen) && ++asked === 1 ? json({ message: 'oops' }, status) : undefined) },
      ['user.get-body'],
    );
    expect(verdict(once, 'user.get-body')).toBe('pass');
  },
);

test('a gateway that drops every GET with a body is one that refuses it', async () => {
  const dropped = await check(
    {
      reply: (seen, { response }) => {
        if (!isMe(seen) || seen.body === '') return undefined;
        response.destroy();
        return 'done';
      },
    },
    ['user.get-body'],
  );
  expect(verdict(dropped, 'user.get-body')).toBe('warn');
});

test('where nobody answers, nobody has refused a body', async () => {
  const nowhere = { requestDefaults: { baseUrl: 'http://127.0.0.1:9' } };
  const ran = await check({}, ['user.get-body'], nowhere);
  expect(ran.checks.get('user.get-body')).toMatchObject({
    verdict: 'blocked',
    blockedBy: 'auth.accepted',
    summary: expect.stringContaining('Nobody answers at 127.0.0.1:9'),
  });
});

test.each([
  ['contact.bad-phone', 'contact-bad-phone-500', 'Something went wrong.'],
  ['lookup.none', 'search-500-for-none', 'No contact has this number.'],
])('the status of a 5xx that is an answer stands once in what %s observed', async (id, fault, said) => {
  const { checks } = await checkSandbox([fault], { only: [id] });
  expect(checks.get(id)?.observed).toBe(`HTTP 500 "${said}"`);
});

test('only what the CRM said itself stands in quotation marks, where its answer cannot be read', async () => {
  const { checks } = await checkSandbox(['search-error-with-200-for-none'], { only: ['lookup.none'] });
  expect(checks.get('lookup.none')).toMatchObject({
    summary: 'the answer cannot be read: HTTP 200 "No contact has this number."',
    observed:
      'HTTP 200 "No contact has this number.": operations.findContact.responseMapping.listPath: `body.contacts` finds no list in the answer',
  });
  const silent = await check(
    {
      reply: (seen) => (isSearch(seen) ? json({ contact: null }, 200) : undefined),
    },
    ['lookup.none'],
  );
  expect(silent.checks.get('lookup.none')?.observed).toMatch(
    /^HTTP 200: operations\.findContact.* finds no list/,
  );
});

test('so it does where an unknown id is answered with a 5xx', async () => {
  const ran = await check(
    {
      change: (seen, honest) =>
        readsCall(seen) && honest.status === 404 ? json({ message: 'oops' }, 500) : honest,
    },
    ['activity.unknown-id'],
  );
  expect(ran.checks.get('activity.unknown-id')).toMatchObject({
    verdict: 'warn',
    observed: 'HTTP 500 "oops"',
  });
});

test('an update that cannot be read back for trouble is neither met nor missed', async () => {
  let updated = false;
  const ran = await check(
    {
      reply: (seen) => {
        updated ||= seen.method === 'PATCH';
        return updated && readsCall(seen) ? json({ message: 'busy' }, 500) : undefined;
      },
    },
    ['activity.update', 'activity.update-keeps'],
  );
  expect(ran.checks.get('activity.update')).toMatchObject({
    verdict: 'inconclusive',
    summary: 'reading the update back could not be measured: HTTP 500 "busy"',
    observed: 'HTTP 500 "busy"',
  });
  expect(verdict(ran, 'activity.update-keeps')).toBe('blocked');
});

/** Reads no contact from a call record, so that the contact's list has to tell. */
const byList: FrontOptions['change'] = (seen, honest) => {
  if (!readsCall(seen) || honest.status !== 200) return honest;
  const { activity } = JSON.parse(String(honest.body)) as { activity: object };
  return json({ activity: { ...activity, contactId: undefined } });
};
const withoutContact = {
  operations: {
    getCallLog: {
      url: '/activities/{{ thirdPartyLogId }}',
      responseMapping: { subjectPath: 'body.activity.subject', fullBodyPath: 'body.activity.body' },
    },
  },
};

test.each([
  [500, 'HTTP 500 busy'],
  [403, 'busy'],
])('a list of records that answers %i is not a gap of the profile', async (status, said) => {
  const ran = await check(
    { change: byList, reply: (seen) => (listsCalls(seen) ? json({ message: 'busy' }, status) : undefined) },
    ['activity.linked'],
    withoutContact,
  );
  expect(ran.checks.get('activity.linked')).toMatchObject({
    verdict: 'inconclusive',
    summary: `the contact's list of records could not be read: ${said}`,
  });
});

test('a list of records that lags is asked again', async () => {
  let asked = 0;
  const ran = await check(
    {
      change: byList,
      reply: (seen) => (listsCalls(seen) && ++asked < 3 ? json({ activities: [] }) : undefined),
    },
    ['activity.linked'],
    { ...withoutContact, settle: 5 },
  );
  expect(verdict(ran, 'activity.linked')).toBe('pass');
});

test('a contact that stands elsewhere than its path says is a slip of the profile, not of the CRM', async () => {
  const { getCallLog } = withoutContact.operations;
  const responseMapping = { ...getCallLog.responseMapping, contactIdPath: 'body.activity.contact.id' };
  const ran = await check({}, ['activity.linked'], {
    operations: { getCallLog: { ...getCallLog, responseMapping } },
  });
  expect(ran.checks.get('activity.linked')).toMatchObject({
    verdict: 'pass',
    summary: "the contact's id stands in the record",
  });
});

test('a search that had to wait for a rate limit is not an index that lags', async () => {
  const asked = new Map<string, number>();
  const ran = await check(
    {
      reply: (seen) => {
        if (!isSearch(seen)) return undefined;
        asked.set(seen.url, (asked.get(seen.url) ?? 0) + 1);
        // The first question is whether the number is free; the second looks for the new contact.
        return asked.get(seen.url) === 2
          ? { ...json({}, 429), headers: { 'content-type': 'application/json', 'retry-after': '2' } }
          : undefined;
      },
    },
    ['lookup.settle', 'lookup.e164'],
  );
  expect(ran.checks.get('lookup.settle')?.summary).toBe('found at once: nothing to wait for');
  expect(ran.checks.get('lookup.e164')?.summary).toBe('found at once');
});

test('a 403 that says when to ask again is a rate limit, and no verdict', async () => {
  const headers = { 'content-type': 'application/json', 'retry-after': '300' };
  const ran = await check({ reply: (seen) => (isSearch(seen) ? { ...json({}, 403), headers } : undefined) }, [
    'lookup.none',
    'lookup.e164',
  ]);
  expect(ran.checks.get('lookup.none')?.verdict).toBe('inconclusive');
  expect(ran.checks.get('lookup.e164')?.verdict).toBe('inconclusive');
});

test('a search that refuses whatever it is asked shows nothing of whom it would return', async () => {
  const ran = await check(
    { reply: (seen) => (isSearch(seen) ? json({ message: 'no such parameter' }, 400) : undefined) },
    ['lookup.not-everybody', 'lookup.plus', 'lookup.e164'],
  );
  expect(ran.checks.get('lookup.not-everybody')).toMatchObject({
    verdict: 'inconclusive',
    summary: 'every search is refused: HTTP 400 "no such parameter"',
  });
  // The URL does carry a plus; nobody answered it.
  expect(ran.checks.get('lookup.plus')).toMatchObject({ verdict: 'blocked', blockedBy: 'lookup.e164' });
  expect(verdict(ran, 'lookup.e164')).toBe('fail');
});

test('an empty list of users is not one in which all have an address', async () => {
  const ran = await check(
    { reply: ({ url }) => (url.startsWith('/api/users') ? json({ users: [] }) : undefined) },
    ['beyond.user-list'],
  );
  expect(ran.checks.get('beyond.user-list')?.summary).toBe(
    'an empty list: not even the user who is signed in',
  );
});

test('a should that is refused is a loss, not a failure', async () => {
  const ran = await check(
    {
      reply: (seen) =>
        seen.method === 'POST' && seen.body.includes('"mobile":"+')
          ? json({ message: 'no such field: mobile' }, 400)
          : undefined,
    },
    ['lookup.other-field'],
  );
  expect(ran.checks.get('lookup.other-field')).toMatchObject({
    verdict: 'warn',
    summary: 'a contact with two numbers was refused: HTTP 400 "no such field: mobile"',
  });
});

test('the times of a call are compared although nothing tells who is signed in', async () => {
  const ran = await check({}, ['activity.time'], { operations: { getUserInfo: undefined } });
  expect(verdict(ran, 'activity.time')).toBe('pass');
});

test('a fictional number that somebody has is passed over, though the search shows no numbers', async () => {
  const asked: string[] = [];
  const ran = await check(
    {
      change: (seen, honest) => {
        if (!isSearch(seen)) return honest;
        if (!asked.includes(seen.url)) asked.push(seen.url);
        // The first number is the new contact's; the second is to be nobody's, and is in the demo data of the CRM.
        return asked.indexOf(seen.url) === 1
          ? json({ contacts: [{ id: 'X1', name: 'Somebody Else' }] })
          : honest;
      },
    },
    ['lookup.none', 'lookup.not-everybody'],
    {
      operations: {
        findContact: {
          url: '/contacts',
          query: { phone: '{{ phoneNumber }}' },
          responseMapping: { listPath: 'body.contacts', item: { idPath: 'id', namePath: 'name' } },
        },
      },
    },
  );
  expect([verdict(ran, 'lookup.none'), verdict(ran, 'lookup.not-everybody')]).toEqual(['pass', 'pass']);
});

test('a message whose id is missing blocks the next one by that, not by its status', async () => {
  const ran = await check(
    {
      change: (seen, honest) =>
        seen.method === 'POST' && seen.url === '/api/messages' ? json({ ok: true }, 201) : honest,
    },
    ['activity.message', 'activity.message-update'],
  );
  expect(ran.checks.get('activity.message-update')).toMatchObject({
    verdict: 'blocked',
    blockedBy: 'activity.message',
    summary: 'no id was found in the answer',
  });
});
