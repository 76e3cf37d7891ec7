import { expect, test } from 'vitest';
import { profileFor } from './command.ts';
import { html, json, type Reply, type Seen, startFront } from './front.ts';
import { inspect } from './inspect.ts';
import { canary, traces } from './trace.ts';

const key = canary('the key that is known');
const other = canary('a secret that nobody asked for');

/** Where CRMs show secrets of their own to whoever asks who is logged in. */
const shown: Record<string, (me: object) => Reply> = {
  apiToken: (me) => json({ ...me, apiToken: other }),
  user_hash: (me) => json({ ...me, user_hash: other }),
  accesskey: (me) => json({ ...me, accesskey: other }),
  'access-key, in a list': (me) => json({ ...me, settings: [{ 'access-key': other }] }),
  'credentials with a value': (me) => json({ ...me, credentials: { value: other } }),
  'a list of tokens': (me) => json({ ...me, tokens: 1, refreshTokens: 0, token: [other] }),
  'authorization as an object': (me) =>
    json({ ...me, authorization: { scheme: 'Bearer', parameter: other } }),
  securityToken: (me) => json({ ...me, SecurityToken: other }),
  'JSON in a text': (me) => json({ ...me, raw: JSON.stringify({ session: { session_id: other } }) }),
  'Python in a text': (me) => json({ ...me, raw: `{'user': 'x', 'password': '${other}'}` }),
  'PHP in a text': (me) => json({ ...me, raw: `Array ( [user] => x [password] => ${other} )` }),
  'Ruby in a text': (me) => json({ ...me, raw: `{"user"=>"x", "api_key"=>"${other}"}` }),
  'a script': (me) =>
    json({ ...me, page: `<script>var csrfToken = "${other}"; x={accessToken: '${other}'}</script>` }),
  'a hidden field': (me) =>
    json({ ...me, page: `<input type="hidden" name="_csrf_token" value="${other}">` }),
  'an attribute of XML': (me) => json({ ...me, page: `<user name="x" sessionToken="${other}"/>` }),
  'an element of XML': (me) => json({ ...me, page: `<u:user><u:apiKey>${other}</u:apiKey></u:user>` }),
  'a link': (me) => json({ ...me, avatar: `https://crm.example/a.png?size=9&access_token=${other}` }),
  'a cookie, then a text': (me) => ({
    ...json({ ...me, hint: `your session is ${other}` }),
    headers: { 'content-type': 'application/json', 'set-cookie': [`PHPSESSID=${other}; path=/`] },
  }),
  'a name, then a message': (me) => json({ ...me, apiToken: other, hint: `send ${other} next time` }),
  'a JWT': (me) =>
    json({ ...me, hint: `eyJhbGciOiJIUzI1NiJ9.${Buffer.from(other).toString('base64url')}.${other}` }),
};

const only = ['current-user'];

test.concurrent.for(Object.entries(shown))(
  'a secret that the CRM shows of itself leaves no trace: %s',
  async ([, show], { expect: expectHere }) => {
    const front = await startFront({
      change: (seen, honest) =>
        seen.url.startsWith('/api/me') ? show(JSON.parse(String(honest.body)) as object) : honest,
    });
    try {
      const auth = { type: 'bearer', token: '{{ secrets.KEY }}' };
      const ran = await inspect(profileFor(front.url, { auth, secrets: ['KEY'] }), { KEY: key }, { only });
      expectHere(ran.checks.get('user.name')?.verdict).toBe('pass');
      expectHere(ran.everything).toContain('‹redacted›');
      expectHere(traces(ran.everything, [key, other])).toEqual([]);
    } finally {
      await front.close();
    }
  },
);

test('a secret that the CRM names only after it was shown leaves no trace', async () => {
  let asked = 0;
  const front = await startFront({
    change: (seen, honest) => {
      if (!seen.url.startsWith('/api/me') || honest.status !== 200) return honest;
      const shownAs = asked++ === 0 ? { hint: `send ${other}` } : { apiToken: other };
      return json({ ...(JSON.parse(String(honest.body)) as object), ...shownAs });
    },
  });
  try {
    const auth = { type: 'bearer', token: '{{ secrets.KEY }}' };
    const ran = await inspect(profileFor(front.url, { auth, secrets: ['KEY'] }), { KEY: key }, { only });
    expect(asked).toBeGreaterThan(1);
    expect(traces(ran.everything, [key, other])).toEqual([]);
  } finally {
    await front.close();
  }
});

test('a secret that an update of a record changes is not shown as a change', async () => {
  let count = 0;
  const front = await startFront({
    change: (seen, honest) => {
      if (!seen.url.startsWith('/api/activities/') || honest.status !== 200) return honest;
      if (seen.method !== 'GET') {
        count += 1;
        return honest;
      }
      const body = JSON.parse(String(honest.body)) as { activity: object };
      const token = `${canary('a long token')}${canary('its middle')}${canary('its end')}${count}`.repeat(2);
      return json({ activity: { ...body.activity, sessionToken: token, downloadUrl: `/d?token=${token}` } });
    },
  });
  try {
    const auth = { type: 'bearer', token: '{{ secrets.KEY }}' };
    const ran = await inspect(profileFor(front.url, { auth, secrets: ['KEY'] }), { KEY: key });
    expect(ran.checks.get('activity.update-keeps')?.verdict).toBe('fail');
    expect(traces(ran.everything, [canary('a long token'), canary('its middle'), canary('its end')])).toEqual(
      [],
    );
  } finally {
    await front.close();
  }
});

test('a page that is no answer of an API shows none of its secrets', async () => {
  const reply = (seen: Seen): Reply | undefined =>
    seen.url.startsWith('/api/me')
      ? html(
          `<html><meta name="csrf-token" content="${other}"><form action="/login?jsessionid=${other}">`,
          403,
        )
      : undefined;
  const front = await startFront({ reply });
  try {
    const auth = { type: 'bearer', token: '{{ secrets.KEY }}' };
    const ran = await inspect(profileFor(front.url, { auth, secrets: ['KEY'] }), { KEY: key }, { only });
    expect(traces(ran.everything, [key, other])).toEqual([]);
  } finally {
    await front.close();
  }
});
