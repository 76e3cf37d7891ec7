import { expect, test } from 'vitest';
import { checkOf, profileFor } from './command.ts';
import { html, json, type Reply, type Seen, startFront } from './front.ts';
import { inspect } from './inspect.ts';
import { canary, traces } from './trace.ts';

const key = canary('echoed key');
const authorization = ({ headers }: Seen) => headers.authorization ?? '';
const listed = ({ headers }: Seen) => Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
const filler = (length: number) => 'so it goes '.repeat(Math.ceil(length / 11)).slice(0, length);

/** Refusals that show what they refuse. */
const refusals: Record<string, (seen: Seen) => Reply> = {
  'a message with the key in it': () => json({ error: { message: `The key ${key} is not known` } }, 401),
  'a server error that shows the key': () => json({ message: `login('somebody', '${key}') failed` }, 500),
  'an HTML page with all request headers': (seen) =>
    html(
      `<h1>Error</h1><table>${listed(seen)
        .map((line) => `<tr><td>${line}</td></tr>`)
        .join('')}</table>`,
      500,
    ),
  'JSON with all request headers': (seen) =>
    json({ error: 'bad request', request: { headers: seen.headers } }, 400),
  'the headers as pairs of name and value': (seen) =>
    json({ headers: Object.entries(seen.headers).map(([name, value]) => ({ name, value })) }, 400),
  'the Authorization header in base64': (seen) =>
    json({ message: `debug: ${Buffer.from(authorization(seen)).toString('base64')}` }, 401),
  'the credential without its scheme': (seen) => html(authorization(seen).split(' ')[1] ?? '', 403),
  'the beginning of the key': () => json({ message: `Invalid key ${key.slice(0, 20)}…` }, 401),
  'a redirect with the key in its Location': () => ({
    status: 302,
    headers: { location: `/login?reason=expired&k=${key}&again=%2Fapi%2Fme%3Fk%3D${key}` },
  }),
  'a cookie with the key in it': () => ({
    status: 401,
    headers: {
      'set-cookie': [`who=${key}; Path=/; HttpOnly`, `b64=${Buffer.from(`u:${key}`).toString('base64')}`],
    },
  }),
  'a WWW-Authenticate header': () => ({
    status: 401,
    headers: { 'www-authenticate': `Bearer realm="crm", error_description="unknown token ${key}"` },
  }),
  'a Link header with the key in the path': () => ({
    ...json({ error: 'gone' }, 410),
    headers: { link: `</oauth/access-tokens/${key}>; rel="self"` },
  }),
  'XML with the key in an element and an attribute': () => ({
    status: 401,
    headers: { 'content-type': 'application/xml' },
    body: `<?xml version="1.0"?><fault token="${key}"><reason>Key &quot;${key}&quot; unknown</reason></fault>`,
  }),
  'a message in which the key stands where the screen cuts it': () =>
    json({ message: `${filler(185)} ${key} ${filler(100)}` }, 401),
  'a page in which the key stands where the screen cuts it': () =>
    html(`<p>${filler(140)}</p><p>${key} ${filler(100)}</p>`, 403),
  'a page in which the key stands behind much that is not shown': () =>
    html(`<script>${'x'.repeat(16_357)}</script>${key}`, 403),
  'a page in which the key stands at its 64th kilobyte': () =>
    html(`${filler(65_520)}${key}${filler(9)}`, 403),
  'a page so large that it is read in part': () => html(`${filler(1_048_560)}${key}`, 403),
  'a text with the key written over two escapings': () =>
    json({ message: JSON.stringify({ inner: JSON.stringify({ sent: authorizationLine }) }) }, 400),
};
const authorizationLine = `authorization: "Bearer ${key}"`;

test.concurrent.for(Object.entries(refusals))(
  'a credential that is refused leaves no trace in %s',
  async ([, refuse], { expect: expectHere }) => {
    const front = await startFront({
      reply: (seen) => (seen.url.startsWith('/api') ? refuse(seen) : undefined),
    });
    try {
      const auth = { type: 'bearer', token: '{{ secrets.KEY }}' };
      const profile = profileFor(front.url, { auth, secrets: ['KEY'] });
      const ran = await inspect(profile, { KEY: key }, { only: ['current-user', 'contact.create'] });
      expectHere(ran.report.exchanges.length).toBeGreaterThan(0);
      expectHere(ran.report.checks.filter(({ verdict }) => verdict === 'pass').map(({ id }) => id)).toEqual(
        [],
      );
      expectHere(traces(ran.everything, [key])).toEqual([]);
    } finally {
      await front.close();
    }
  },
);

test('a wrong credential that the CRM shows does not tell the right one', async () => {
  const front = await startFront({
    accepts: (seen) => authorization(seen) === `Bearer ${key}`,
    change: (seen, honest) =>
      honest.status === 401 ? json({ message: `no such key: ${authorization(seen)}` }, 401) : honest,
  });
  try {
    const profile = profileFor(front.url, {
      auth: { type: 'bearer', token: '{{ secrets.KEY }}' },
      secrets: ['KEY'],
    });
    const ran = await checkOf(profile, { KEY: key }, { args: ['--only', 'current-user,oauth'] });
    const tampered = front.seen
      .map(authorization)
      .filter((value) => value !== '' && value !== `Bearer ${key}`);
    expect(tampered).not.toEqual([]);
    expect(traces(ran.everything, [key, ...tampered])).toEqual([]);
  } finally {
    await front.close();
  }
});
