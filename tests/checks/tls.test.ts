import { expect, test } from 'vitest';
import type { CheckContext } from '../../src/checks/define-check.ts';
import tls from '../../src/checks/oauth/tls.ts';
import type { Exchange } from '../../src/http/types.ts';
import { parseProfile } from '../../src/profile/load.ts';

const profile = await parseProfile(
  `crmReady: 1
meta: { name: far }
secrets: [KEY, PLACE]
auth: { type: apiKey, credentialTemplate: "{{ secrets.KEY }}" }
requestDefaults: { baseUrl: "https://{{ secrets.PLACE }}/api" }
operations:
  getUserInfo: { url: /me, responseMapping: { idPath: body.id, namePath: body.name } }
  findContact: { url: "https://other.example/contacts", responseMapping: { listPath: body, item: { idPath: id } } }
`,
  'far.yaml',
  { env: { KEY: 'Key-0123456789', PLACE: 'crm.example' } },
);

type Seen = Partial<Pick<Exchange, 'response' | 'error'>> & { url: string };

async function judged(seen: Seen[]) {
  const exchanges = seen.map(({ url, ...rest }) => ({ request: { url }, ...rest }));
  const redaction = { text: (text: string) => text.replace('crm.example', '[redacted]') };
  const operations = { transport: { exchanges, redaction } };
  const facts = await tls.observe({ profile, operations } as unknown as CheckContext, {} as never);
  return tls.judge(facts);
}

const response = { status: 401, headers: {}, body: '' };
const error = { code: 'tls', message: 'the certificate has expired' } as const;

test('hosts that were asked and answered over https pass, also one whose name is a secret', async () => {
  expect(await judged([{ url: 'https://[redacted]/api/me', response }])).toMatchObject({ verdict: 'pass' });
});

test('a host that never answered is no pass, and it is said why', async () => {
  expect(
    await judged([
      { url: 'https://[redacted]/api/me', response },
      { url: 'https://other.example/contacts', error },
    ]),
  ).toEqual({
    verdict: 'inconclusive',
    summary: 'https://other.example never answered: the certificate has expired',
  });
});

test('where nobody was asked nothing is known', async () => {
  expect(await judged([{ url: 'https://other.example.org/', response }])).toMatchObject({
    verdict: 'inconclusive',
    summary: 'no host was asked over https',
  });
});

test('a report of an older version is judged as it was', () => {
  expect(tls.judge({ plain: [], remote: ['https://crm.example'] })).toMatchObject({ verdict: 'pass' });
});
