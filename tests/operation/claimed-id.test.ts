import { expect, test } from 'vitest';
import { profileFor } from '../secrets/command.ts';
import { type FrontOptions, json, startFront } from '../secrets/front.ts';
import { inspect } from '../secrets/inspect.ts';

const key = 'key-of-the-clean-up-tests';
const parts = { auth: { type: 'bearer', token: '{{ secrets.KEY }}' }, secrets: ['KEY'], settle: 0.3 };
const contact = { name: '{{ newContactName }}', phone: '{{ phoneNumber }}' };
const call = {
  contactId: '{{ contactInfo.id }}',
  subject: '{{ subject }}',
  body: '{{ composedLogDetails }}',
  direction: '{{ callLog.direction }}',
  startedAt: '{{ startTime }}',
  endedAt: '{{ endTime }}',
  result: '{{ callLog.result }}',
};

/** Checks the reference CRM behind this server; what it holds before and afterwards, and what was deleted. */
async function check(only: string[], operations: Record<string, object>, front: FrontOptions = {}) {
  const server = await startFront(front);
  try {
    const ids = () => server.sandbox.state().contacts.map(({ id }) => id);
    const before = ids();
    const ran = await inspect(
      profileFor(server.url, { ...parts, operations }),
      { KEY: key },
      { only, keep: false },
    );
    const deleted = server.seen.flatMap(({ method, url }) => (method === 'DELETE' ? [url] : []));
    return { ...ran, before, after: ids(), calls: server.sandbox.state().activities, deleted };
  } finally {
    await server.close();
  }
}

/** Every new contact is answered with the id of somebody who was there before, as that of its owner. */
const withOwner: FrontOptions['change'] = (seen, honest) => {
  if (seen.method !== 'POST' || seen.url !== '/api/contacts') return honest;
  const body = JSON.parse(String(honest.body)) as object;
  return json({ ...body, owner: { id: 'C10001' } }, honest.status);
};
const readsOwner = {
  createContact: {
    method: 'POST',
    url: '/contacts',
    body: contact,
    responseMapping: { idPath: 'body.owner.id' },
  },
};

test('a mapping that reads the id of somebody else deletes nobody else, and the new contact all the same', async () => {
  const { before, after, deleted, report } = await check(['contact.create'], readsOwner, {
    change: withOwner,
  });
  expect(before).toContain('C10001');
  expect(after).toEqual(before);
  expect(deleted).not.toContain('/api/contacts/C10001');
  expect(report.leftovers).toEqual([]);
});

test('where the search shows nothing, one id for several contacts is not believed to be theirs', async () => {
  const { before, after, deleted, report, deletionFailed } = await check(
    ['contact.create', 'contact.name-kept'],
    readsOwner,
    {
      change: (seen, honest) =>
        seen.method === 'GET' && seen.url.startsWith('/api/contacts?')
          ? json({ contacts: [] })
          : (withOwner(seen, honest) ?? honest),
    },
  );
  expect(deleted).toEqual([]);
  expect(after.length).toBeGreaterThan(before.length);
  expect(report.leftovers).toHaveLength(after.length - before.length);
  expect(report.leftovers[0]?.reason).toContain('look at the idPath of the creation');
  expect(deletionFailed).toBe(true);
});

test('a call record under whose id the CRM knows nothing is reported, not taken for deleted', async () => {
  const createCallLog = {
    method: 'POST',
    url: '/activities',
    body: call,
    responseMapping: { idPath: 'body.activity.contactId' },
  };
  const { calls, report, deletionFailed } = await check(['activity.create'], { createCallLog });
  expect(calls).toHaveLength(1);
  expect(report.leftovers).toMatchObject([
    { kind: 'call log', reason: expect.stringContaining('knows no record with the id') },
  ]);
  expect(deletionFailed).toBe(true);
});

test('the call of somebody else is left alone', async () => {
  const createCallLog = {
    method: 'POST',
    url: '/activities',
    body: call,
    responseMapping: { idPath: 'body.template.id' },
  };
  const { deleted, report } = await check(
    ['activity.create'],
    { createCallLog },
    {
      change: (seen, honest) => {
        if (seen.method === 'POST' && seen.url === '/api/activities')
          return json(
            { ...(JSON.parse(String(honest.body)) as object), template: { id: 'A1' } },
            honest.status,
          );
        return seen.method === 'GET' && seen.url === '/api/activities/A1'
          ? json({ activity: { id: 'A1', subject: 'Call with a stranger', body: 'Notes', contactId: 'C1' } })
          : honest;
      },
    },
  );
  expect(deleted).not.toContain('/api/activities/A1');
  expect(report.leftovers).toMatchObject([{ kind: 'call log', id: 'A1' }]);
});

test('what a success predicate calls refused is removed, where the answer names an id', async () => {
  const createContact = {
    method: 'POST',
    url: '/contacts',
    body: contact,
    success: 'body.ok',
    responseMapping: { idPath: 'body.contact.id' },
  };
  const { checks, before, after, report } = await check(['contact.create'], { createContact });
  expect(checks.get('contact.create')?.verdict).toBe('fail');
  expect(after).toEqual(before);
  expect(report.run).toMatchObject({ created: 1, deleted: 1 });
});

test('what stands behind a redirect that leads nowhere is removed', async () => {
  const createContact = {
    method: 'POST',
    url: '/contacts',
    body: contact,
    responseMapping: { idPath: 'body.contact.id' },
  };
  const { before, after, report } = await check(
    ['contact.create'],
    { createContact },
    {
      change: ({ method, url }, honest) =>
        method === 'POST' && url === '/api/contacts'
          ? { status: 303, headers: { location: '/api/nowhere' }, body: '' }
          : honest,
    },
  );
  expect(after).toEqual(before);
  expect(report.run).toMatchObject({ created: 1, deleted: 1 });
  expect(report.leftovers).toEqual([]);
});

test('what a first step created is removed, though the second one is refused', async () => {
  const create = { method: 'POST', url: '/contacts', body: contact, captures: { id: 'body.contact.id' } };
  const link = { method: 'POST', url: '/nowhere/{{ captures.id }}', body: {} };
  const { checks, before, after, report } = await check(['contact.create'], {
    createContact: { steps: [create, link], responseMapping: { idPath: 'captures.id' } },
  });
  expect(checks.get('contact.create')?.verdict).toBe('fail');
  expect(after).toEqual(before);
  expect(report.run).toMatchObject({ created: 1, deleted: 1 });
});

/** A CRM that takes a number that is none for no number, and the first who has none for the same person. */
const findOrCreate =
  (answer: object, status = 200): NonNullable<FrontOptions['change']> =>
  ({ method, url, body }, honest) =>
    method === 'POST' && url === '/api/contacts' && body.includes('nonsense') ? json(answer, status) : honest;
const creates = (mapping: object) => ({
  createContact: { method: 'POST', url: '/contacts', body: contact, responseMapping: mapping },
});

test.each([
  [
    'whom it takes for the same person',
    { id: 'C10001', name: 'Jane Sample' },
    { idPath: 'body.id' },
    /gave no id/,
  ],
  [
    'the same in an envelope',
    { data: [{ id: 'C10001', full_name: 'Jane' }] },
    { idPath: 'body.data[0].id' },
    /gave no id/,
  ],
  ['an id, and nothing else', { id: 'C10001' }, { idPath: 'body.id' }, /nothing shows that the id/],
])('a creation that answers with %s deletes nobody', async (_, answer, mapping, reason) => {
  const { before, after, deleted, report, deletionFailed } = await check(
    ['contact.bad-phone'],
    creates(mapping),
    { change: findOrCreate(answer) },
  );
  expect(before).toContain('C10001');
  expect(after).toEqual(before);
  expect(deleted).not.toContain('/api/contacts/C10001');
  expect(report.leftovers).toMatchObject([{ kind: 'contact', reason: expect.stringMatching(reason) }]);
  expect(deletionFailed).toBe(false);
});

test('a creation that answers with another contact is no creation of ours', async () => {
  const another = { id: 'C10001', name: 'Jane Sample', phone: null };
  const { checks, deleted } = await check(['contact.bad-phone'], creates({ idPath: 'body.id' }), {
    change: findOrCreate(another),
  });
  expect(checks.get('contact.bad-phone')).toMatchObject({
    verdict: 'warn',
    summary: 'accepted, and answered with another contact',
  });
  expect(deleted).not.toEqual([]);
});

test('a refusal that names another contact leads to no deletion', async () => {
  const { after, before, deleted, report } = await check(
    ['contact.bad-phone'],
    {
      createContact: {
        method: 'POST',
        url: '/contacts',
        body: contact,
        success: '!(body.error)',
        responseMapping: { idPath: 'body.id' },
      },
    },
    { change: findOrCreate({ error: 'phone: duplicate', id: 'C10001', name: 'Jane Sample' }) },
  );
  expect(after).toEqual(before);
  expect(deleted).not.toContain('/api/contacts/C10001');
  expect(report.leftovers).toEqual([]);
});

test('a contact with a number that is none is removed where its creation shows that it is new', async () => {
  const { deleted, report } = await check(['contact.bad-phone'], creates({ idPath: 'body.id' }), {
    change: (seen, honest) =>
      seen.method === 'DELETE' && seen.url === '/api/contacts/C99999'
        ? json({}, 200)
        : findOrCreate({ id: 'C99999', createdAt: new Date().toISOString() }, 201)(seen, honest),
  });
  expect(deleted).toContain('/api/contacts/C99999');
  expect(report.leftovers).toEqual([]);
});

test('an account that comes with each contact is reported', async () => {
  const names = new Map<string, string>();
  const { report, deletionFailed } = await check(
    ['contact.create', 'lookup.e164'],
    {},
    {
      change({ method, url, body }, honest) {
        if (method === 'POST' && url === '/api/contacts') {
          const { name, phone } = JSON.parse(body) as { name: string; phone: string };
          names.set(phone, name);
        }
        if (method !== 'GET' || !url.startsWith('/api/contacts?')) return honest;
        const phone = new URL(url, 'http://crm').searchParams.get('phone') ?? '';
        const name = names.get(phone);
        const { contacts } = JSON.parse(String(honest.body)) as { contacts: object[] };
        return json({ contacts: [...contacts, ...(name ? [{ id: 'A7', name, phone }] : [])] });
      },
    },
  );
  expect(report.leftovers).toEqual([
    {
      kind: 'contact',
      id: 'A7',
      name: expect.stringContaining('crm-ready'),
      reason: expect.stringContaining('it came with a contact'),
    },
  ]);
  expect(deletionFailed).toBe(true);
});

/** The record is saved, and then something that follows it fails. */
const refusedAfterwards =
  (route: string): NonNullable<FrontOptions['change']> =>
  ({ method, url }, honest) =>
    method === 'POST' && url === route ? json({ error: 'a workflow failed' }, 400) : honest;

test('a contact that was refused after it was saved is removed', async () => {
  const { before, after, report } = await check(
    ['contact.create'],
    {},
    {
      change: refusedAfterwards('/api/contacts'),
    },
  );
  expect(after).toEqual(before);
  expect(report.run).toMatchObject({ created: 1, deleted: 1 });
  expect(report.leftovers).toEqual([]);
});

test('a call record that was refused after it was saved is removed', async () => {
  const listCallLogs = {
    url: '/contacts/{{ contactId }}/activities',
    responseMapping: { listPath: 'body.activities', item: { idPath: 'id' } },
  };
  const { after, before, calls, report } = await check(
    ['activity.create'],
    { listCallLogs },
    {
      change: refusedAfterwards('/api/activities'),
    },
  );
  expect(calls).toEqual([]);
  expect(after).toEqual(before);
  expect(report.leftovers).toEqual([]);
});

test('a creation that leads to a page for people is refused, and leaves nothing', async () => {
  const { checks, after, before, report } = await check(
    ['contact.create', 'lookup.e164'],
    {},
    {
      change: ({ method, url }, honest) => {
        if (method === 'POST' && url === '/api/contacts')
          return { status: 302, headers: { location: '/login' }, body: '' };
        return url === '/login'
          ? { status: 200, headers: { 'content-type': 'text/html' }, body: '<form></form>' }
          : honest;
      },
      reply: ({ method, url }) =>
        method === 'POST' && url === '/api/contacts'
          ? { status: 302, headers: { location: '/login' }, body: '' }
          : undefined,
    },
  );
  expect(checks.get('contact.create')).toMatchObject({
    verdict: 'fail',
    summary: expect.stringContaining('HTTP 302'),
  });
  expect(checks.get('lookup.e164')).toMatchObject({ verdict: 'blocked', blockedBy: 'contact.create' });
  expect(after).toEqual(before);
  expect(report.leftovers).toEqual([]);
});

test('two contacts of the same name, created without an id, are both removed', async () => {
  const { after, before, report, deletionFailed } = await check(
    ['contact.create', 'contact.duplicate'],
    {},
    {
      change: ({ method, url }, honest) =>
        method === 'POST' && url === '/api/contacts' ? json({ status: 'created' }, 201) : honest,
    },
  );
  expect(after).toEqual(before);
  expect(report.leftovers).toEqual([]);
  expect(deletionFailed).toBe(false);
});

test('a deletion that redirects to the list deletes nobody else, and counts where the record is gone', async () => {
  const { after, before, deleted, report } = await check(
    ['contact.create', 'lookup.e164'],
    {},
    {
      change: ({ method }, honest) =>
        method === 'DELETE' ? { status: 302, headers: { location: '/api/contacts' }, body: '' } : honest,
    },
  );
  expect(after).toEqual(before);
  expect(deleted.every((url) => url.startsWith('/api/contacts/'))).toBe(true);
  expect(report.leftovers).toEqual([]);
});

test('the user who has the same number as a new contact is not another contact', async () => {
  const { checks } = await check(['contact.create'], creates({ idPath: 'body.contact.id' }), {
    change: ({ method, url }, honest) => {
      if (method !== 'POST' || url !== '/api/contacts') return honest;
      const { contact: made } = JSON.parse(String(honest.body)) as { contact: { id: string } };
      return json({ contact: { id: made.id }, createdBy: { id: made.id, name: 'Uma User' } }, 200);
    },
  });
  expect(checks.get('contact.create')?.verdict).toBe('pass');
});
