import { expect, test } from 'vitest';
import { isSearch } from '../checks/behind-front.ts';
import { profileFor } from './command.ts';
import { type Front, type FrontOptions, json, startFront } from './front.ts';
import { type Inspected, inspect } from './inspect.ts';
import { canary, wordsIn } from './trace.ts';

const key = canary('key of the tests of strangers elsewhere');
const auth = { type: 'bearer', token: '{{ secrets.KEY }}' };
const jane = { name: 'Ottilie Wunderlich', phone: '+441134960142', email: 'ottilie@private.example' };
const hers = [...jane.name.split(' '), jane.email];

async function ran(
  front: FrontOptions,
  only: string[],
  profile: object = {},
  options: Parameters<typeof inspect>[2] = {},
): Promise<Inspected> {
  const server: Front = await startFront(front);
  try {
    const described = profileFor(server.url, { auth, secrets: ['KEY'], ...profile });
    return await inspect(described, { KEY: key }, { only, ...options });
  } finally {
    await server.close();
  }
}

test('a conflict says that there is somebody, and not who', async () => {
  const refused = json({ error: 'phone is taken', existing: { id: 17, ...jane } }, 409);
  const report = await ran(
    { reply: ({ method, url }) => (method === 'POST' && url === '/api/contacts' ? refused : undefined) },
    ['contact.create'],
  );
  expect(wordsIn(report.everything, hers)).toEqual([]);
  expect(report.checks.get('contact.create')).toMatchObject({
    verdict: 'fail',
    observed: expect.stringContaining('phone is taken'),
  });
});

test.each([
  ['a text', (said: string) => ({ status: 409, headers: { 'content-type': 'text/plain' }, body: said })],
  ['an error in JSON', (said: string) => json({ error: { message: said } }, 409)],
  ['200 all the same', (said: string) => json({ success: false, message: said })],
])('a sentence does not name whom the search has shown: %s', async (_how, refusal) => {
  const said = `phone is taken by ${jane.name} (${jane.email}, 0113 496 0142): see contact 17`;
  const report = await ran(
    {
      reply: (seen) => {
        if (seen.method === 'POST' && seen.url === '/api/contacts') return refusal(said);
        return isSearch(seen) ? json({ contacts: [{ id: 17, ...jane }] }) : undefined;
      },
    },
    ['contact.create', 'lookup.none'],
  );
  expect(wordsIn(report.everything, [...hers, '496 0142'])).toEqual([]);
  expect(JSON.stringify(report.report)).toContain(
    'phone is taken by ‹withheld› (‹withheld›, ‹withheld›): see contact 17',
  );
});

test('an unknown id that is answered with all calls in XML shows none but the run’s', async () => {
  const xml = ({ id, subject, body }: Record<string, unknown>) =>
    `<call><id>${id}</id><subject>${subject}</subject><body>${body}</body></call>`;
  const hersInXml = xml({ id: 5, subject: `Call with ${jane.name}`, body: jane.email });
  const calls: string[] = [];
  const report = await ran(
    {
      change: (seen, honest) => {
        if (!(seen.method === 'GET' && /^\/api\/activities\/\w/.test(seen.url))) return honest;
        const found = honest.status === 200;
        if (found)
          calls.push(xml((JSON.parse(String(honest.body)) as { activity: object }).activity as never));
        const shown = found ? calls.at(-1) : calls.join('') + hersInXml;
        const headers = { 'content-type': 'application/xml' };
        return { status: 200, headers, body: `<?xml version="1.0"?><answer>${shown}</answer>` };
      },
    },
    ['activity.read', 'activity.unknown-id'],
    {
      operations: {
        getCallLog: {
          url: '/activities/{{ thirdPartyLogId }}',
          responseMapping: {
            subjectPath: 'body.answer.call.subject',
            fullBodyPath: 'body.answer.call.body',
          },
        },
      },
    },
  );
  expect(report.checks.get('activity.read')?.verdict).toBe('pass');
  expect(report.checks.get('activity.unknown-id')?.verdict).toBe('warn');
  expect(wordsIn(report.everything, hers)).toEqual([]);
  const bodies = report.report.exchanges.map(({ response }) => response?.body ?? '');
  expect(bodies.some((body) => /<subject>crm-ready [^<]+<\/subject><body>[^<‹]+/.test(body))).toBe(true);
});

test('a lead who has the id of a new contact is not taken for it, whatever its person stands under', async () => {
  const ids = new Set<string>();
  const report = await ran(
    {
      change: (seen, honest) => {
        if (!seen.url.startsWith('/api/contacts') || seen.method === 'DELETE') return honest;
        const { contact } = JSON.parse(String(honest.body)) as { contact?: { id: string } };
        if (contact) ids.add(contact.id);
        if (seen.method !== 'GET') return honest;
        const { name: title, ...rest } = jane;
        return json({ contacts: [...ids].map((id) => ({ id, title, ...rest })) });
      },
    },
    ['lookup.e164', 'lookup.not-everybody'],
  );
  expect(ids.size).toBeGreaterThan(0);
  expect(wordsIn(report.everything, [...hers, jane.phone])).toEqual([]);
});

/** A search that finds these by the number of the fixture, and nobody else. */
function answering(found: object[], phoneNumber = '+14155550123'): FrontOptions {
  return {
    reply: ({ method, url }) => {
      if (method !== 'GET' || !url.startsWith('/api/contacts?')) return undefined;
      return json({ contacts: url.includes(phoneNumber.slice(1)) ? found : [] });
    },
  };
}

test('a lead who has the id of a fixture is not taken for it', async () => {
  const fixture = { id: '7', phoneNumber: '+14155550123' };
  const named = { ...fixture, name: 'Fix Ture' };
  const contact = { id: '7', name: 'Fix Ture', phone: '(415) 555-0123', email: 'fix@test.example' };
  const lookup = (found: object[], contacts: object[]) =>
    ran(
      answering(found),
      ['lookup.e164', 'lookup.fields', 'lookup.fields-extra'],
      { fixtures: { contacts } },
      { readOnly: true },
    );
  const leads = [{ id: '7', ...jane }];

  for (const one of [fixture, named]) {
    const both = await lookup([...leads, contact], [one]);
    expect(both.checks.get('lookup.e164')?.verdict).toBe('pass');
    expect(wordsIn(both.everything, [...hers, jane.phone])).toEqual([]);
    expect(both.everything).toContain('fix@test.example');
  }

  const alone = await lookup(leads, [named]);
  expect(alone.checks.get('lookup.e164')?.verdict).toBe('fail');
  expect(wordsIn(alone.everything, [...hers, jane.phone])).toEqual([]);

  // Without a name in the profile the number may be in a field that is not shown; nor is anything else of her.
  const unknown = await lookup(leads, [fixture]);
  expect(unknown.checks.get('lookup.e164')?.verdict).toBe('pass');
  expect(wordsIn(unknown.everything, [...hers, jane.phone])).toEqual([]);
});

test('a CRM that shows no numbers finds a fixture by its id, or by the name that the profile gives', async () => {
  const found = (name: string, phone?: string) => answering([{ id: '7', name, ...(phone && { phone }) }]);
  const verdictOf = async (front: FrontOptions, name?: string) => {
    const contacts = [{ id: '7', phoneNumber: '+14155550123', ...(name && { name }) }];
    const report = await ran(front, ['lookup.e164'], { fixtures: { contacts } }, { readOnly: true });
    return report.checks.get('lookup.e164')?.verdict;
  };
  expect(await verdictOf(found('Fix Ture'))).toBe('pass');
  expect(await verdictOf(found('Fix Ture', '+441134960142'), 'Fix Ture')).toBe('pass');
  expect(await verdictOf(found('Somebody Else'), 'Fix Ture')).toBe('fail');
});

test('the other users of an account are not named, and the one who is logged in is', async () => {
  const report = await ran(
    {
      change: (seen, honest) => {
        if (!seen.url.startsWith('/api/me') || honest.status !== 200) return honest;
        const body = JSON.parse(String(honest.body)) as object;
        return json({
          ...body,
          account: { users: [body, { user: { id: 'u8', ...jane } }, { id: 'u8', ...jane }] },
        });
      },
    },
    ['user.name'],
  );
  expect(wordsIn(report.everything, hers)).toEqual([]);
  expect(report.everything).toContain('Rowan Okafor');
});

test.each<[string, { region?: string; phoneNumber?: string; name?: string }, object]>([
  ['a short name', { name: 'Ann Lee' }, { name: 'Ann Lee' }],
  ['a name that is not Latin', { name: '王小明' }, { name: '王小明' }],
  [
    'a number with a trunk zero',
    { region: 'FR', phoneNumber: '+33199001234' },
    { name: 'Annabelle', phone: '0199001234' },
  ],
])('a fixture that is known by %s is found, and shown', async (_what, known, shown) => {
  const { region = 'US', phoneNumber = '+14155550123', ...named } = known;
  const found = { id: '7', ...shown, note: 'of the fixture itself' };
  const report = await ran(
    answering([found], phoneNumber),
    ['lookup.e164'],
    { region, fixtures: { contacts: [{ id: '7', phoneNumber, ...named }] } },
    { readOnly: true },
  );
  expect(report.checks.get('lookup.e164')?.verdict).toBe('pass');
  expect(report.everything).toContain('of the fixture itself');
});

test('a text that came back cut is shown, though the mark of the run is not in it any more', async () => {
  const report = await ran(
    {
      change: (seen, honest) => {
        if (!(seen.method === 'GET' && /^\/api\/activities\/\w/.test(seen.url))) return honest;
        if (honest.status !== 200) return honest;
        const { activity } = JSON.parse(String(honest.body)) as { activity: Record<string, string> };
        const { contactId, subject, body } = activity;
        return json({ activity: { contactId, subject: subject?.slice(0, 12), body: body?.slice(0, 12) } });
      },
    },
    ['activity.read'],
  );
  expect(report.checks.get('activity.read')?.verdict).toBe('fail');
  const read = report.report.exchanges.flatMap(({ intent, response }: Exchange) =>
    intent === 'getCallLog' && response ? [response.body] : [],
  );
  expect(read).not.toEqual([]);
  for (const body of read) expect(body).toMatch(/"subject":"crm-ready .."/);
  for (const body of read) expect(body).not.toContain('withheld');
});

interface Exchange {
  intent: string;
  response?: { body: string };
}
