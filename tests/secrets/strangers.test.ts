import { describe, expect, test } from 'vitest';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { profileFor } from './command.ts';
import { html, json, type Reply, startFront } from './front.ts';
import { type Inspected, inspect } from './inspect.ts';
import { canary, wordsIn } from './trace.ts';

const key = canary('key of the stranger tests');
const auth = { type: 'bearer', token: '{{ secrets.KEY }}' };

interface Found {
  id: string | number;
  name: string;
  phone: string;
}

/** Somebody whom the run did not make: a name, a number and a note that must stand nowhere. */
const people = [
  {
    id: 90_017,
    name: 'Ottilie Wunderlich',
    phone: '+44 113 496 0142',
    note: 'Prefers mornings; owes forty crowns',
  },
  { id: 90_018, name: 'Anatol Przybylski', phone: '+441134960143', note: 'Allergic to penicillin' },
];
const private_ = people.flatMap(({ name, phone, note }) => [
  ...name.split(' '),
  phone,
  phone.replaceAll(' ', ''),
  phone.replace(/\D/g, ''),
  note,
]);

const xml = (text: string) => ({
  headers: { 'content-type': 'application/xml' },
  body: `<?xml version="1.0"?>${text}`,
});
const xmlOf = ({ id, name, phone, note }: Found & { note?: string }) =>
  `<contact id="${id}" label="${name}"><id>${id}</id><name>${name}</name><phone>${phone}</phone><note><![CDATA[${note ?? ''}]]></note></contact>`;

/** How a CRM that returns everybody may write them down; `mine` are the records that were really found. */
const shapes: Record<string, (mine: Found[]) => Reply> = {
  'a list': (mine) => json({ contacts: [...mine, ...people], total: 2 }),
  'a top-level array': (mine) => json([...mine, ...people]),
  '`items[].item`': (mine) => json({ items: [...mine, ...people].map((item) => ({ item, score: 0.3 })) }),
  'a map by id': (mine) =>
    json({ contacts: Object.fromEntries([...mine, ...people].map((one) => [one.id, one])) }),
  'a map by name': (mine) =>
    json({ contacts: Object.fromEntries([...mine, ...people].map((one) => [one.name, one])) }),
  'a map by phone number': () =>
    json(Object.fromEntries(people.map((one) => [one.phone.replace(/\D/g, ''), one]))),
  'a single object': () => json({ contact: people[0] }),
  'a single object at the top': () => json(people[1]),
  'a number as the id': () =>
    json({ contacts: people.map(({ phone, ...rest }) => ({ ...rest, id: phone })) }),
  'numbers without quotes': () =>
    json({ contacts: people.map((one) => ({ ...one, phone: Number(one.phone.replace(/\D/g, '')) })) }),
  'rows without keys': (mine) => json({ rows: [...mine, ...people].map((one) => Object.values(one)) }),
  columns: (mine) =>
    json({
      ids: [...mine, ...people].map(({ id }) => id),
      names: [...mine, ...people].map(({ name }) => name),
    }),
  'a list of names': (mine) => json([...mine, ...people].map(({ name }) => name)),
  'JSON in a text': (mine) => json({ contacts: [], payload: JSON.stringify([...mine, ...people]) }),
  'relations of an own record': (mine) =>
    json({ contacts: mine.map((one) => ({ ...one, relations: people, owner: people[0] })) }),
  'a message': () => json({ contacts: [], warnings: people.map(({ name, note }) => `${name}: ${note}`) }),
  XML: (mine) => xml(`<contacts>${[...mine, ...people].map(xmlOf).join('')}</contacts>`),
  'XML, one': () => xml(people.slice(0, 1).map(xmlOf).join('')),
  HTML: (mine) =>
    html(
      `<!doctype html><title>Contacts</title><ul>${[...mine, ...people].map((one) => `<li data-p="${one.phone}">${one.name}<br>${'note' in one ? one.note : ''}`).join('')}</ul><script>var p = {name: "${people[0]?.name}"}</script>`,
    ),
  CSV: (mine) => ({
    headers: { 'content-type': 'text/csv' },
    body: [...mine, ...people].map((one) => Object.values(one).join(';')).join('\n'),
  }),
  'broken JSON': (mine) => ({
    ...json(null),
    body: JSON.stringify({ contacts: [...mine, ...people] }).slice(0, -1),
  }),
};

const only = ['phone-lookup', 'contact-create'];

function told(ran: Inspected): string[] {
  return wordsIn(ran.everything, private_);
}

describe.concurrent('nobody is named whom the run did not create, though a search answers everybody', () => {
  test.for(Object.entries(shapes))('as %s', async ([, write], { expect: expectHere }) => {
    const front = await startFront({
      change: (seen, honest) => {
        if (seen.method !== 'GET' || !seen.url.startsWith('/api/contacts')) return honest;
        return write((JSON.parse(String(honest.body)) as { contacts?: Found[] }).contacts ?? []);
      },
    });
    try {
      const ran = await inspect(profileFor(front.url, { auth, secrets: ['KEY'] }), { KEY: key }, { only });
      expectHere(ran.report.exchanges.some(({ intent }) => intent === 'findContact')).toBe(true);
      expectHere(told(ran)).toEqual([]);
    } finally {
      await front.close();
    }
  });

  test('with a status of its own, or an error inside', async ({ expect: expectHere }) => {
    for (const reply of [
      json({ error: 'ambiguous', candidates: people }, 300),
      json({ ok: false, people }, 409),
    ]) {
      const front = await startFront({
        reply: ({ method, url }) => (method === 'GET' && url.startsWith('/api/contacts') ? reply : undefined),
      });
      try {
        const ran = await inspect(profileFor(front.url, { auth, secrets: ['KEY'] }), { KEY: key }, { only });
        expectHere(told(ran)).toEqual([]);
      } finally {
        await front.close();
      }
    }
  });

  test('and a predicate of the profile refuses that', async ({ expect: expectHere }) => {
    const front = await startFront({
      reply: ({ method, url }) =>
        method === 'GET' && url.startsWith('/api/contacts')
          ? json({ found: people, done: false })
          : undefined,
    });
    try {
      const findContact = {
        url: '/contacts',
        query: { phone: '{{ phoneNumber }}' },
        success: 'body.done',
        responseMapping: { listPath: 'body.found', item: { idPath: 'id', namePath: 'name' } },
      };
      const profile = profileFor(front.url, { auth, secrets: ['KEY'], operations: { findContact } });
      expectHere(told(await inspect(profile, { KEY: key }, { only }))).toEqual([]);
    } finally {
      await front.close();
    }
  });
});

test('a stranger whose contact has the id of a call that the run created is still a stranger', async () => {
  let last = '';
  const front = await startFront({
    change: (seen, honest) => {
      const body =
        honest.body === '' ? {} : (JSON.parse(String(honest.body)) as { activity?: { id: string } });
      if (seen.method === 'POST' && seen.url === '/api/activities') last = body.activity?.id ?? last;
      if (seen.method !== 'GET' || !seen.url.startsWith('/api/contacts?')) return honest;
      return json({ contacts: [{ ...people[0], id: last }] });
    },
  });
  try {
    expect(told(await inspect(profileFor(front.url, { auth, secrets: ['KEY'] }), { KEY: key }))).toEqual([]);
    expect(last).not.toBe('');
  } finally {
    await front.close();
  }
});

test('a stranger who has the very id of a contact that the run created is still a stranger', async () => {
  const front = await startFront({
    change: (seen, honest) => {
      if (seen.method !== 'GET' || !seen.url.startsWith('/api/contacts?')) return honest;
      const { contacts } = JSON.parse(String(honest.body)) as { contacts: Found[] };
      return json({ contacts: contacts.map(({ id }) => ({ ...people[0], id })) });
    },
  });
  try {
    const ran = await inspect(profileFor(front.url, { auth, secrets: ['KEY'] }), { KEY: key }, { only });
    expect(told(ran)).toEqual([]);
  } finally {
    await front.close();
  }
});

const reads: Record<string, (record: object) => unknown> = {
  'everybody’s calls': (record) => ({
    activities: [record, ...people.map((one, n) => ({ ...one, n, at: Math.random() }))],
  }),
  'the call of somebody else': () => ({
    activity: { ...people[1], subject: `Call with ${people[1]?.name}` },
  }),
  'the calls of others only': () => people.map((one) => ({ id: one.id, subject: one.name, body: one.note })),
};

test.each(Object.entries(reads))(
  'a CRM that answers a call log with %s names nobody',
  async (_name, write) => {
    const front = await startFront({
      change: (seen, honest) => {
        const read =
          seen.method === 'GET' && /^\/api\/activities\/\w/.test(seen.url) && honest.status === 200;
        const wrote = seen.method === 'PATCH' || (seen.method === 'POST' && seen.url === '/api/contacts');
        if (wrote && (honest.status ?? 200) < 300)
          return json(
            { ...(JSON.parse(String(honest.body)) as object), others: people },
            honest.status ?? 200,
          );
        if (!read) return honest;
        return json(write((JSON.parse(String(honest.body)) as { activity: object }).activity));
      },
    });
    try {
      const getCallLog = {
        url: '/activities/{{ thirdPartyLogId }}',
        responseMapping: {
          subjectPath: 'body.activities[0].subject',
          fullBodyPath: 'body.activities[0].body',
          contactIdPath: 'body.activities[0].contactId',
        },
      };
      const profile = profileFor(front.url, { auth, secrets: ['KEY'], operations: { getCallLog } });
      const ran = await inspect(profile, { KEY: key });
      expect(told(ran)).toEqual([]);
      if (_name.startsWith('everybody'))
        expect(ran.checks.get('activity.update-keeps')?.verdict).toBe('pass');
    } finally {
      await front.close();
    }
  },
);

test.each(['search-ignores-parameter'])(
  'the strangers of the reference CRM are not named with the fault %s',
  async (fault) => {
    const sandbox = await startSandbox({ faults: [fault] });
    const known = sandbox.state().contacts.flatMap(({ name, phone }) => [name, String(phone)]);
    await sandbox.close();
    const front = await startFront({ faults: [fault] });
    try {
      const ran = await inspect(profileFor(front.url, { auth, secrets: ['KEY'] }), { KEY: key });
      expect(ran.checks.get('lookup.not-everybody')?.verdict).toBe('fail');
      expect(known.length).toBeGreaterThan(2);
      expect(known.filter((text) => text.length > 4 && ran.everything.includes(text))).toEqual([]);
    } finally {
      await front.close();
    }
  },
);

test('the run’s own records are shown, with what the CRM made of their numbers', async () => {
  const front = await startFront({
    change: (seen, honest) => {
      if (seen.method !== 'GET' || !seen.url.startsWith('/api/contacts?')) return honest;
      const { contacts } = JSON.parse(String(honest.body)) as { contacts: Found[] };
      const mine = contacts.map((one) => ({ ...one, phones: [{ id: 3, value: `tel:${one.phone}` }] }));
      return json({ contacts: [...mine, ...people] });
    },
  });
  try {
    const ran = await inspect(profileFor(front.url, { auth, secrets: ['KEY'] }), { KEY: key }, { only });
    const bodies = ran.report.exchanges.flatMap(
      ({ intent, response }: { intent: string; response?: { body: string } }) =>
        intent === 'findContact' ? [response?.body ?? ''] : [],
    );
    expect(bodies.some((body) => /"value":"tel:\+1/.test(body) && body.includes('90017'))).toBe(true);
    expect(told(ran)).toEqual([]);
  } finally {
    await front.close();
  }
});
