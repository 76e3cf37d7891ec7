import { join } from 'node:path';
import { HttpResponse, http } from 'msw';
import { describe, test } from 'vitest';
import { loadProfile } from '../../src/profile/load.ts';
import { checkProfile, root } from '../harness.ts';
import { serve } from './serve.ts';

/** Servers that answer 200 to whatever they are asked. Nothing that matters may pass on any of them. */
const answers = {
  'an empty object': () => HttpResponse.json({}),
  'an empty list': () => HttpResponse.json([]),
  'what was sent': async ({ request }: { request: Request }) =>
    new HttpResponse((await request.text()) || '{}', { headers: { 'content-type': 'application/json' } }),
  'an HTML page': () => HttpResponse.html('<html><body><h1>Welcome</h1></body></html>'),
  'an empty body': () => new HttpResponse('', { status: 200 }),
  null: () => HttpResponse.json(null),
  'the same contact, user, activity and message': () =>
    HttpResponse.json({
      id: '1',
      name: 'Somebody',
      contact: { id: '1', name: 'Somebody' },
      contacts: [{ id: '1', name: 'Somebody', phone: '+12125550100' }],
      activity: { id: '1', subject: 'A call', body: 'A note', contactId: '1' },
      activities: [{ id: '1' }],
      message: { id: '1', contactId: '1', entries: [{ text: 'A message' }] },
    }),
};

/** What such a server may seem to do, by the letter of its answers: it accepts, and it names a user or an id. */
const seeming: Record<string, string[]> = {
  'the same contact, user, activity and message': [
    'activity.create',
    'activity.linked',
    'contact.create',
    'user.id',
    'user.name',
  ],
};

describe.concurrent('a server that answers 200 to everything, with', () => {
  test.for(Object.entries(answers))('%s, is not believed', async ([what, answer], { expect }) => {
    const server = await serve([http.all('*', answer)]);
    try {
      const profile = await loadProfile(join(root, 'profiles/reference-api-key.yaml'), {
        env: { REFERENCE_API_KEY: 'crm-ready-test-key' },
        vars: { port: String(server.port) },
      });
      const { report } = await checkProfile({ ...profile, settleSeconds: 0.2 });
      // What is shown and not judged is a pass wherever there was an answer.
      const judged = report.checks.filter(({ level }) => level !== 'info');
      const passes = judged.filter(({ verdict }) => verdict === 'pass').map(({ id }) => id);
      const allowed = [
        'auth.accepted',
        'user.get-body',
        'lookup.none',
        'lookup.not-everybody',
        ...(seeming[what] ?? []),
      ];
      expect(passes.filter((id) => !allowed.includes(id))).toEqual([]);
      expect(report.overall).toBe('not-ready');
    } finally {
      await server.close();
    }
  });
});
