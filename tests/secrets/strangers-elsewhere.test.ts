import { expect, test } from 'vitest';
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
