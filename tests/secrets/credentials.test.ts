import { describe, expect, test } from 'vitest';
import { checkOf, profileFor } from './command.ts';
import { encodings } from './encodings.ts';
import { type Front, type Reply, type Seen, startFront } from './front.ts';
import { canary, traces } from './trace.ts';

/** What makes trouble in URLs, headers, forms, JSON, HTML and base64. All of it can stand in a header. */
const odd = `Kx"7&w+Q/9%41 <jM>'\\Rt5=Yb3~ü?#[v8]`;

interface Case {
  auth: object;
  secrets: Record<string, string>;
  accepts: (seen: Seen) => boolean;
  operations?: Record<string, object>;
  requestDefaults?: object;
}

const key = canary('api key');
const password = canary('password');
const one = canary('one of two headers');
const two = canary('the other');
const bearer =
  (secret: string) =>
  ({ headers }: Seen) =>
    headers.authorization === `Bearer ${secret}`;

/** Where a person hands a secret in. */
const cases: Record<string, Case> = {
  'an API key in the Authorization header': {
    auth: { type: 'apiKey', scheme: 'Bearer', credentialTemplate: '{{ secrets.KEY }}', encode: 'none' },
    secrets: { KEY: key },
    accepts: bearer(key),
  },
  "an API key in App Connect's default form": {
    auth: { type: 'apiKey', credentialTemplate: '{{ secrets.KEY }}:' },
    secrets: { KEY: key },
    accepts: ({ headers }) => headers.authorization === `Basic ${Buffer.from(`${key}:`).toString('base64')}`,
  },
  'an API key in a header of its own': {
    auth: { type: 'apiKey', headerName: 'X-Vendor-Thing', credentialTemplate: '{{ secrets.KEY }}' },
    secrets: { KEY: key },
    accepts: ({ headers }) => headers['x-vendor-thing'] === key,
  },
  'an API key in the query': {
    auth: { type: 'apiKey', queryName: 'k', credentialTemplate: '{{ secrets.KEY }}' },
    secrets: { KEY: key },
    accepts: ({ url }) => new URL(url, 'http://x').searchParams.get('k') === key,
  },
  'an API key with odd characters in the query': {
    auth: { type: 'apiKey', queryName: 'k', credentialTemplate: '{{ secrets.KEY }}' },
    secrets: { KEY: odd },
    accepts: ({ url }) => new URL(url, 'http://x').searchParams.get('k') === odd,
  },
  'HTTP Basic': {
    auth: { type: 'basic', username: 'somebody', password: '{{ secrets.PASSWORD }}' },
    secrets: { PASSWORD: password },
    accepts: ({ headers }) =>
      headers.authorization === `Basic ${Buffer.from(`somebody:${password}`).toString('base64')}`,
  },
  'HTTP Basic with odd characters': {
    auth: { type: 'basic', username: 'a', password: '{{ secrets.PASSWORD }}' },
    secrets: { PASSWORD: odd },
    accepts: ({ headers }) => headers.authorization === `Basic ${Buffer.from(`a:${odd}`).toString('base64')}`,
  },
  'a bearer token': {
    auth: { type: 'bearer', token: '{{ secrets.TOKEN }}' },
    secrets: { TOKEN: key },
    accepts: bearer(key),
  },
  'several headers': {
    auth: { type: 'headers', headers: { 'X-App-Id': '{{ secrets.ONE }}', 'X-User': '{{ secrets.TWO }}' } },
    secrets: { ONE: one, TWO: two },
    accepts: ({ headers }) => headers['x-app-id'] === one && headers['x-user'] === two,
  },
  'a secret in the path of the base URL, as a webhook has it': {
    auth: { type: 'none' },
    secrets: { KEY: key },
    requestDefaults: {},
    accepts: () => true,
  },
  'a secret in a default header': {
    auth: { type: 'none' },
    secrets: { KEY: key },
    requestDefaults: { defaultHeaders: { 'X-Vendor-Thing': '{{ secrets.KEY }}' } },
    accepts: ({ headers }) => headers['x-vendor-thing'] === key,
  },
};

/** Shows the request again: all of it in each answer, in every encoding, in the body and in headers. */
function echo(seen: Seen, secrets: string[], honest: Required<Reply>): Reply {
  const shown = [
    ...secrets.flatMap((secret) => Object.values(encodings(secret))),
    ...Object.values(encodings(`${seen.url} ${Object.values(seen.headers).join(' ')}`)),
    `${seen.method} ${seen.url}\r\n${Object.entries(seen.headers).flat().join('\r\n')}`,
    seen.body,
  ];
  const safe = shown.map((text) => text.replace(/[^\x20-\x7e]/g, '?')).filter((text) => text.length < 300);
  const body = JSON.parse(String(honest.body) || 'null') as Record<string, unknown> | null;
  return {
    status: honest.status,
    headers: {
      ...honest.headers,
      'x-echo': safe,
      'www-authenticate': `Bearer realm="crm", error_description="not good: ${safe[0]}"`,
      'set-cookie': [`last=${encodeURIComponent(secrets[0] ?? '')}; Path=/`],
      link: `<http://127.0.0.1${seen.url}>; rel="self"`,
    },
    body:
      honest.status === 204
        ? ''
        : JSON.stringify({ ...body, echo: shown, seen, nested: JSON.stringify(seen) }),
  };
}

/** Enough to see each way in which a request is sent and recorded; one case asks all. */
const some = 'oauth,contact-create,user.name';

describe.concurrent('leaves no trace, though the CRM shows in every answer what it got:', () => {
  test.for(Object.entries(cases))('%s', async ([name, { auth, secrets, accepts, ...parts }], { expect }) => {
    const values = Object.values(secrets);
    const inPath = name.includes('base URL');
    const whole = name.endsWith('default form');
    let front: Front | undefined;
    try {
      front = await startFront({
        accepts,
        change: (seen, honest) => echo(seen, values, honest),
        ...(inPath && {
          reply: (seen: Seen) => {
            seen.url = seen.url.replace(`/rest/${key}`, '/api');
            return undefined;
          },
        }),
      });
      const { operations, requestDefaults } = parts;
      const profile = profileFor(front.url, {
        auth,
        secrets: Object.keys(secrets),
        operations: operations ?? {},
        requestDefaults: {
          ...requestDefaults,
          ...(inPath && { baseUrl: `${front.url}/rest/{{ secrets.KEY }}` }),
        },
      });
      const ran = await checkOf(profile, secrets, { args: whole ? [] : ['--only', some] });
      expect(ran.stderr).not.toContain('should not have happened');
      expect(ran.report?.checks.find(({ id }) => id === 'contact.create')?.verdict).toBe('pass');
      expect(traces(ran.everything, values)).toEqual([]);
    } finally {
      await front?.close();
    }
  });
});

describe('the search for traces', () => {
  test.each(Object.entries(encodings(odd)))('reads %s', (_name, text) => {
    expect(traces(`before ${text} after`, [odd])).not.toEqual([]);
  });

  test('sees half of a secret, and none where there is none', () => {
    expect(traces(`before ${key.slice(0, 16)}…`, [key])).not.toEqual([]);
    expect(traces('before ‹redacted› after', [key, odd])).toEqual([]);
  });
});
