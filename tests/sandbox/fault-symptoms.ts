import type { FaultName } from '../../src/sandbox/faults.ts';
import type { Activity } from '../../src/sandbox/store.ts';
import { type Body, pkce, type Reply, type TestClient } from './client.ts';

/** What to ask, and what a CRM with the fault says. A well-behaved one says something else. */
export type Symptom = [ask: (crm: TestClient) => Promise<unknown>, answer: unknown];

const number = '+14155550123';
const status = async (reply: Promise<{ status: number }>): Promise<number> => (await reply).status;
const dead = async (crm: TestClient): Promise<string> => `-${(await crm.tokens()).access_token}`;
/** How many are found for a text, when one contact has the number. */
const found =
  (asked: string, stored = number) =>
  async (crm: TestClient): Promise<number | string> => {
    await crm.contact(stored);
    const { status, body } = await crm.search(asked);
    return status === 200 ? (body.contacts?.length ?? 'no list') : status;
  };
/** One field of a call, after it was created with some fields. */
const callField =
  (field: keyof Activity, fields: object = {}) =>
  async (crm: TestClient): Promise<unknown> =>
    (await crm.readCall(await crm.call(fields)))[field];
/** A field of a call after an update of its body. */
const updated =
  (field: keyof Activity) =>
  async (crm: TestClient): Promise<unknown> => {
    const id = await crm.call();
    await crm.api('PATCH', `/activities/${id}`, { body: 'second' });
    return (await crm.readCall(id))[field];
  };
const updateStatus = async (crm: TestClient): Promise<number> =>
  status(crm.api('PATCH', `/activities/${await crm.call()}`, { body: 'second' }));
/** Who is alive after a revocation of the refresh token: access, refresh. */
const afterRevocation = async (crm: TestClient): Promise<boolean[]> => {
  const tokens = await crm.tokens();
  await crm.revoke(tokens.refresh_token);
  const access = await crm.me(`Bearer ${tokens.access_token}`);
  return [access.status === 200, (await crm.refresh(tokens.refresh_token)).status === 200];
};
const revocationStatus = async (crm: TestClient): Promise<number> =>
  status(crm.revoke((await crm.tokens()).access_token));
const exchanged =
  (field: keyof Body) =>
  async (crm: TestClient): Promise<unknown> =>
    (await crm.tokens())[field];
const refreshed = async (crm: TestClient): Promise<Reply> => crm.refresh((await crm.tokens()).refresh_token);
const ways = async (crm: TestClient): Promise<number[]> => [
  await status(crm.exchange(await crm.code(), { send: 'basic' })),
  await status(crm.exchange(await crm.code(), { send: 'body' })),
  await status(crm.exchange(await crm.code(), { send: 'query' })),
];
const texts = async (crm: TestClient): Promise<string[]> => {
  const { id } = (await crm.createMessage()).body.message;
  await crm.api('POST', `/messages/${id}/entries`, { text: 'second' });
  const { message } = (await crm.api('GET', `/messages/${id}`)).body;
  return message.entries.map(({ text }) => text);
};
const keysFound = async (crm: TestClient): Promise<string[]> => {
  await crm.contact();
  return Object.keys((await crm.search(number)).body.contacts[0] ?? {});
};

export const symptoms: Record<FaultName, Symptom> = {
  'user-ok-for-wrong-token': [
    async (crm) => (await crm.me(`Bearer ${await dead(crm)}`)).body,
    { user: null },
  ],
  'user-ok-for-wrong-token-full': [async (crm) => (await crm.me('Bearer wrong')).body.name, 'Rowan Okafor'],
  'user-ok-without-credential': [(crm) => status(crm.me(null)), 200],
  'refuses-with-400': [
    async (crm) => [await status(crm.me(null)), await status(crm.me('Bearer wrong'))],
    [400, 400],
  ],
  'refuses-with-302-to-html': [
    async (crm) => {
      const { status, headers } = await crm.me('Bearer wrong');
      const login = headers.get('location');
      return [status, login && (await crm.fetch(login)).headers.get('content-type')];
    },
    [302, 'text/html; charset=utf-8'],
  ],
  'refuses-get-body': [
    async (crm) => {
      const { request } = await import('undici');
      const { apiKey } = crm.sandbox.credentials;
      const { statusCode } = await request(`${crm.sandbox.url}/api/me`, {
        method: 'GET',
        headers: { 'x-api-key': apiKey },
        body: '{}',
      });
      return [statusCode, await status(crm.me())];
    },
    [400, 200],
  ],
  'user-without-name': [async (crm) => (await crm.me()).body.name, undefined],
  'user-id-changes': [async (crm) => [(await crm.me()).body.id, (await crm.me()).body.id], ['1001', '1002']],
  'users-without-email': [
    async (crm) => (await crm.api('GET', '/users')).body.users.map(({ email }) => email),
    [null, null, null],
  ],
  'bearer-refused': [
    async (crm) => {
      const { access_token } = await crm.tokens();
      return [await status(crm.me(`Bearer ${access_token}`)), await status(crm.me(`Token ${access_token}`))];
    },
    [401, 200],
  ],

  'authorize-refuses-redirect-uri': [(crm) => status(crm.authorize()), 400],
  'redirect-uri-unchecked': [
    async (crm) => (await crm.authorize({ redirect_uri: 'https://elsewhere.example/' })).back?.host,
    'elsewhere.example',
  ],
  'state-dropped': [async (crm) => (await crm.authorize()).back?.searchParams.has('state'), false],
  'state-changed': [
    async (crm) => (await crm.authorize()).back?.searchParams.get('state'),
    'PLATFORM=REFERENCE',
  ],
  'pkce-demanded': [
    async (crm) => {
      const { verifier, challenge } = pkce();
      const without = await crm.exchange(await crm.code());
      const withPkce = await crm.exchange(await crm.code(challenge), { verifier });
      return [without.body.error_description, withPkce.status];
    },
    ['code_verifier is required', 200],
  ],
  'pkce-verifier-unchecked': [
    async (crm) => status(crm.exchange(await crm.code(pkce().challenge), { verifier: pkce().verifier })),
    200,
  ],
  'secret-only-in-body': [ways, [401, 200, 400]],
  'secret-only-in-query': [ways, [401, 401, 200]],
  'metadata-disagrees': [
    async (crm) => {
      const { body } = await crm.fetch('/oauth/.well-known/openid-configuration');
      return Object.entries(body)
        .find(([key]) => key === 'token_endpoint')?.[1]
        .replace(crm.sandbox.url, '');
    },
    '/oauth/old/token',
  ],
  'code-works-twice': [
    async (crm) => {
      const code = await crm.code();
      return [await status(crm.exchange(code)), await status(crm.exchange(code))];
    },
    [200, 200],
  ],
  'token-without-expires-in': [exchanged('expires_in'), undefined],
  'token-without-token-type': [exchanged('token_type'), undefined],
  'token-too-long': [
    async (crm) => {
      const { access_token } = await crm.tokens();
      return [access_token.length, await status(crm.me(`Bearer ${access_token}`))];
    },
    [2100, 200],
  ],
  'token-error-with-200': [
    async (crm) => {
      const { status, body } = await crm.exchange('wrong');
      return [status, body.error];
    },
    [200, 'invalid_grant'],
  ],
  'wrong-secret-accepted': [async (crm) => status(crm.exchange(await crm.code(), { secret: 'wrong' })), 200],
  'refresh-refused': [
    async (crm) => {
      const tokens = await crm.tokens();
      const refusals = [await crm.refresh(tokens.refresh_token), await crm.refresh(tokens.refresh_token)];
      // The refusals must not cost the session that asked.
      return [...refusals.map(({ status }) => status), await status(crm.me(`Bearer ${tokens.access_token}`))];
    },
    [400, 400, 200],
  ],
  'refresh-without-expires-in': [async (crm) => (await refreshed(crm)).body.expires_in, undefined],
  'refresh-gives-dead-token': [
    async (crm) => status(crm.me(`Bearer ${(await refreshed(crm)).body.access_token}`)),
    401,
  ],
  'short-lived-tokens': [exchanged('expires_in'), 60],
  'logout-does-nothing': [
    async (crm) => [await revocationStatus(crm), await afterRevocation(crm)],
    [200, [true, true]],
  ],
  'logout-refused': [revocationStatus, 401],
  'logout-missing': [revocationStatus, 404],
  'logout-keeps-access': [afterRevocation, [true, false]],
  'logout-keeps-refresh': [afterRevocation, [false, true]],
  'logout-repeated-refused': [
    async (crm) => {
      const { refresh_token } = await crm.tokens();
      return [await status(crm.revoke(refresh_token)), await status(crm.revoke(refresh_token))];
    },
    [200, 400],
  ],
  'logout-ends-every-session': [
    async (crm) => {
      const [one, two] = [await crm.tokens(), await crm.tokens()];
      await crm.revoke(one.refresh_token);
      return status(crm.me(`Bearer ${two.access_token}`));
    },
    401,
  ],

  'contact-without-id': [
    async (crm) => {
      const { status, body } = await crm.api('POST', '/contacts', { name: 'Test Person', phone: number });
      return [status, body.contact.id];
    },
    [201, undefined],
  ],
  'contact-not-saved': [
    async (crm) => {
      const contactId = await crm.contact();
      return [
        await status(crm.api('GET', `/contacts/${contactId}`)),
        await status(crm.createCall({ contactId })),
      ];
    },
    [404, 201],
  ],
  'contact-phone-dropped': [found(number), 0],
  'contact-name-cut': [
    async (crm) => {
      await crm.contact();
      return crm.namesFound(number);
    },
    ['Test'],
  ],
  'contact-bad-phone-accepted': [
    (crm) => status(crm.api('POST', '/contacts', { name: 'Test Person', phone: 'nonsense' })),
    201,
  ],
  'contact-bad-phone-dropped': [
    async (crm) => {
      const { status, body } = await crm.api('POST', '/contacts', { name: 'Test', phone: 'nonsense' });
      return [status, body.contact?.phone];
    },
    [201, null],
  ],
  'contact-bad-phone-500': [
    (crm) => status(crm.api('POST', '/contacts', { name: 'Test Person', phone: 'nonsense' })),
    500,
  ],
  'contact-bad-phone-unsaid': [
    async (crm) => (await crm.api('POST', '/contacts', { name: 'Test', phone: 'nonsense' })).body,
    { error: 'bad_request', message: '' },
  ],
  'contact-bad-phone-echoed': [
    async (crm) => (await crm.api('POST', '/contacts', { name: 'Test', phone: 'nonsense' })).body,
    { error: 'bad_request', message: '', submitted: { name: 'Test', phone: 'nonsense' } },
  ],
  'contact-bad-phone-403': [
    (crm) => status(crm.api('POST', '/contacts', { name: 'Test', phone: 'nonsense' })),
    403,
  ],
  'search-exact': [
    async (crm) => [await found(number, '(415) 555-0123')(crm), await found(number)(crm)],
    [0, 1],
  ],
  'search-digits-substring': [found('1415555012'), 1],
  'search-last-seven-digits': [found('+16465550123'), 1],
  'search-needs-significant': [
    async (crm) => [await found(number)(crm), await found('4155550123')(crm)],
    [0, 2],
  ],
  'search-ignores-parameter': [found(number), 6],
  'search-everybody-for-unknown': [
    async (crm) => [await found(number)(crm), await found('+14155550199', '+14155550124')(crm)],
    [1, 7],
  ],
  'search-everybody-for-extension': [found('101'), 6],
  'search-everybody-for-empty': [found(''), 6],
  'search-misreads-encoded-plus': [
    async (crm) => {
      const raw = await crm.api('GET', `/contacts?phone=${number}`);
      return [await found(number)(crm), raw.status];
    },
    [0, 200],
  ],
  'search-404-for-none': [found('+14155550199'), 404],
  'search-500-for-none': [found('+14155550199'), 500],
  'search-error-with-200-for-none': [found('+14155550199'), 'no list'],
  'search-without-name': [keysFound, ['id', 'phone', 'mobile', 'type', 'createdAt']],
  'search-without-id': [keysFound, ['name', 'phone', 'mobile', 'type', 'createdAt']],
  'search-without-extras': [keysFound, ['id', 'name']],
  'search-dates-with-slashes': [
    async (crm) => {
      await crm.contact(number);
      const { body } = await crm.search(number);
      return body.contacts.map(({ createdAt }) => createdAt.replace(/\d/g, '9'));
    },
    ['99/99/9999'],
  ],
  'search-first-only': [async (crm) => [await found(number)(crm), await found(number)(crm)], [1, 1]],
  'search-skips-mobile': [
    async (crm) => {
      await crm.contact('+16465550100', { mobile: number });
      return crm.namesFound(number);
    },
    [],
  ],
  'search-own-country-only': [
    async (crm) => [await found('+442079460123', '+442079460123')(crm), await found(number)(crm)],
    [0, 1],
  ],
  'search-lags': [
    async (crm) => [await found(number)(crm), (await crm.namesFound('+13125550187')).length],
    [0, 1],
  ],
  'search-never-indexed': [
    async (crm) => [await found(number)(crm), (await crm.namesFound('+13125550187')).length],
    [0, 1],
  ],

  'call-without-id': [async (crm) => (await crm.createCall()).body.activity.id, undefined],
  'call-read-404': [async (crm) => status(crm.api('GET', `/activities/${await crm.call()}`)), 404],
  'call-drops-body-on-create': [
    async (crm) => [await callField('body')(crm), await updated('body')(crm)],
    [null, 'second'],
  ],
  'call-not-linked': [callField('contactId'), null],
  'call-linked-to-somebody-else': [
    async (crm) => {
      const contactId = await crm.contact();
      const linkedTo = await callField('contactId', { contactId })(crm);
      return linkedTo !== contactId && (await status(crm.api('GET', `/contacts/${linkedTo}`)));
    },
    200,
  ],
  'calls-share-an-id': [
    async (crm) => {
      const contactId = await crm.contact();
      const [one, two] = [await crm.call({ contactId }), await crm.call({ contactId, subject: 'second' })];
      return one === two && (await crm.readCall(one)).subject;
    },
    'second',
  ],
  'call-direction-lost': [callField('direction'), 'inbound'],
  'call-offset-ignored': [callField('startedAt'), '2026-03-01T09:30:00.000Z'],
  'call-read-lags': [
    async (crm) => {
      const path = `/activities/${await crm.call()}`;
      const early = await status(crm.api('GET', path));
      await new Promise((done) => setTimeout(done, 300));
      return [early, await status(crm.api('GET', path))];
    },
    [404, 200],
  ],
  'missed-call-refused': [
    async (crm) => [
      await status(crm.createCall()),
      await status(crm.createCall({ endedAt: '2026-03-01T09:30:00-05:00' })),
    ],
    [201, 422],
  ],
  'missed-call-looks-answered': [
    async (crm) => {
      const missed = { endedAt: '2026-03-01T09:30:00-05:00', result: 'Missed' };
      return [await callField('endedAt', missed)(crm), await callField('result', missed)(crm)];
    },
    ['2026-03-01T14:31:00.000Z', 'Connected'],
  ],
  'call-seconds-lost': [
    callField('startedAt', { startedAt: '2026-03-01T09:30:59Z' }),
    '2026-03-01T09:30:00.000Z',
  ],
  'call-times-empty': [callField('startedAt'), null],
  'unknown-call-empty': [
    async (crm) => (await crm.api('GET', '/activities/unknown')).body,
    { activity: null },
  ],
  'unknown-call-list': [
    async (crm) => {
      const id = await crm.call();
      return (await crm.api('GET', '/activities/unknown')).body.activities?.map((call) => call.id === id);
    },
    [true],
  ],
  'unknown-call-another': [
    async (crm) => {
      const id = await crm.call();
      return (await crm.api('GET', '/activities/unknown')).body.activity?.id === id;
    },
    true,
  ],
  'unknown-call-400': [(crm) => status(crm.api('GET', '/activities/unknown')), 400],
  'update-ignored': [
    async (crm) => [await updateStatus(crm), await updated('body')(crm)],
    [200, '- Note: first\n- Result: Connected\n'],
  ],
  'update-makes-a-copy': [
    async (crm) => [
      await updateStatus(crm),
      await updated('body')(crm),
      crm.sandbox.state().activities.length,
    ],
    [200, '- Note: first\n- Result: Connected\n', 4],
  ],
  'update-refused': [updateStatus, 405],
  'update-drops-unnamed': [
    async (crm) => [
      await updated('body')(crm),
      await updated('startedAt')(crm),
      await updated('result')(crm),
    ],
    ['second', null, null],
  ],
  'error-500-on-update': [updateStatus, 500],
  'line-breaks-lost': [callField('body', { body: 'one\ntwo\r\nthree' }), 'one two three'],
  'emoji-lost': [callField('body', { body: 'one 🙂 é' }), 'one ? é'],
  'markup-escaped': [callField('body', { body: '<b>"&"</b>' }), '&lt;b&gt;&quot;&amp;&quot;&lt;/b&gt;'],
  'text-in-capitals': [callField('body', { body: 'one Two' }), 'ONE TWO'],
  'text-trimmed': [callField('body', { body: ' one\ntwo\r\n\n' }), ' one\ntwo'],
  'long-text-emptied': [
    async (crm) => [
      await callField('body', { body: 'x'.repeat(20_000) })(crm),
      await callField('body', { body: 'x' })(crm),
    ],
    ['', 'x'],
  ],
  'text-cut-at-255': [callField('body', { body: 'x'.repeat(300) }), 'x'.repeat(255)],
  'long-text-refused': [
    async (crm) => [
      await status(crm.createCall({ body: 'x'.repeat(300) })),
      await status(crm.createCall({ body: 'x'.repeat(20_000) })),
    ],
    [201, 413],
  ],
  'message-without-id': [async (crm) => (await crm.createMessage()).body.message.id, undefined],
  'message-refused': [async (crm) => status(crm.createMessage()), 501],
  'second-message-replaces-first': [texts, ['second']],
  'second-message-ignored': [texts, ['first']],
  'disposition-ignored': [
    async (crm) => {
      const id = await crm.call();
      const answer = await crm.api('PUT', `/activities/${id}/disposition`, { disposition: 'Interested' });
      return [answer.status, (await crm.readCall(id)).disposition];
    },
    [200, null],
  ],
  'rate-limited': [
    async (crm) => {
      const replies: Reply[] = [];
      for (let read = 0; read < 6; read += 1) replies.push(await crm.me());
      return replies.map(({ status, headers }) => [status, headers.get('retry-after')]);
    },
    [200, 200, 200, 200, 429, 200].map((code) => [code, code === 429 ? '0' : null]),
  ],
};
