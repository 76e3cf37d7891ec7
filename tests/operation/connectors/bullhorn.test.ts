import { expect, it } from 'vitest';
import { runSearch } from '../../../src/operation/search.ts';
import { asked, callTo, connect, jsonOf, queryOf, type Replies, valueIn } from '../connector.ts';

const env = { BH_USER: 'ada.test', BH_REFRESH: 'refresh-1', BH_ID: 'id-1', BH_SECRET: 's:cret/1' };

/** Discovery, token with everything in the query, session: the base URL is the one that the last of them answers. */
const profile = `
auth:
  type: login
  steps:
    - url: /rest-services/loginInfo
      query: { username: "{{ secrets.BH_USER }}" }
      auth: none
      captures: { oauthUrl: body.oauthUrl, loginUrl: body.restUrl }
    - method: POST
      url: "{{ captures.oauthUrl | raw }}/token"
      query:
        grant_type: refresh_token
        refresh_token: "{{ secrets.BH_REFRESH }}"
        client_id: "{{ secrets.BH_ID }}"
        client_secret: "{{ secrets.BH_SECRET }}"
      captures: { accessToken: body.access_token }
    - method: POST
      url: "{{ captures.loginUrl | raw }}/login"
      query: { version: "2.0", access_token: "{{ captures.accessToken }}" }
      captures: { restToken: body.BhRestToken, restUrl: body.restUrl }
  discovers: [oauthUrl, loginUrl, restUrl]
  headers: { BhRestToken: "{{ auth.restToken }}" }
requestDefaults: { baseUrl: BASE }
allowHosts: ["localhost:PORT"]
operations:
  findContact:
    requests:
      - &search
        type: ClientContact
        method: POST
        url: "{{ auth.restUrl | raw }}search/ClientContact"
        query: { fields: "id,name,phone,dateAdded" }
        body:
          query: "(phone:{{ phoneNumber | significant | lucene }} OR mobile:{{ phoneNumber | significant | lucene }}) AND isDeleted:false NOT status:\\"Archive\\""
        responseMapping: &list
          listPath: body.data
          item: { idPath: id, namePath: name, phonePath: phone, createdDatePath: dateAdded }
      - { <<: *search, type: Candidate, url: "{{ auth.restUrl | raw }}search/Candidate" }
      - { <<: *search, type: Lead, url: "{{ auth.restUrl | raw }}search/Lead" }
  findContactWithName:
    method: POST
    url: "{{ auth.restUrl | raw }}search/Lead"
    body: { query: "name:{{ name | lucene }}" }
    responseMapping: *list
  createContact:
    method: PUT
    url: "{{ auth.restUrl | raw }}entity/Lead"
    body: { name: "{{ newContactName }}", phone: "{{ phoneNumber }}", status: New Lead }
    responseMapping: { idPath: body.changedEntityId }
  createCallLog:
    method: PUT
    url: "{{ auth.restUrl | raw }}entity/Note"
    body:
      comments: "{{ composedLogDetails }}"
      personReference: { id: "{{ contactInfo.id }}", personSubtype: "{{ contactInfo.type }}" }
      dateAdded: "{{ startTime | epoch_ms }}"
      minutesSpent: "{{ callLog.duration | minutes }}"
    responseMapping: { idPath: body.changedEntityId }
  deleteContact:
    { method: POST, url: "{{ auth.restUrl | raw }}entity/Lead/{{ contactId }}", body: { isDeleted: true } }
`;

const found = (name: string, id: number) => ({
  body: { total: 1, data: [{ id, name, dateAdded: 1_760_000_000_000 }] },
});

async function bullhorn(replies: Replies = {}) {
  return connect(
    profile,
    {
      'GET /rest-services/loginInfo': ({ headers }) => ({
        body: { oauthUrl: `http://${headers.host}/oauth`, restUrl: `http://${headers.host}/rest-services` },
      }),
      'POST /oauth/token': {
        body: { access_token: 'access-1', refresh_token: 'refresh-2', expires_in: 600 },
      },
      // Another host than the one that was asked: the tenant's own.
      'POST /rest-services/login': ({ headers }) => ({
        body: {
          BhRestToken: 'session-1',
          restUrl: `http://localhost:${headers.host?.split(':')[1]}/rest-services/corp1/`,
        },
      }),
      'POST /rest-services/corp1/search/ClientContact': found('Ada Test', 5),
      'POST /rest-services/corp1/search/Candidate': { body: { total: 0, data: [] } },
      'POST /rest-services/corp1/search/Lead': found('Ada Test', 5),
      'PUT /rest-services/corp1/entity/Lead': { body: { changedEntityId: 77, changeType: 'INSERT' } },
      'PUT /rest-services/corp1/entity/Note': { body: { changedEntityId: 78 } },
      'POST /rest-services/corp1/entity/Lead/77': { body: { changedEntityId: 77 } },
      ...replies,
    },
    { env },
  );
}

it('discovers the data centre, then exchanges a token in the query for a session', async () => {
  const { received } = await bullhorn();
  expect(received.map(({ method, target, body }) => `${method} ${target} ${body}`)).toEqual([
    'GET /rest-services/loginInfo?username=ada.test ',
    'POST /oauth/token?grant_type=refresh_token&refresh_token=refresh-1&client_id=id-1&client_secret=s%3Acret%2F1 ',
    'POST /rest-services/login?version=2.0&access_token=access-1 ',
  ]);
  expect(received.every(({ headers }) => headers.authorization === undefined)).toBe(true);
});

it('signs every further request with the session, at the URL that the login answered', async () => {
  const { crm, sent } = await bullhorn();
  await crm.createContact({ name: 'Ada Test', phoneNumber: '+14155550123' });
  const [request] = sent('PUT /rest-services/corp1/entity/Lead');
  expect(request?.headers).toMatchObject({
    bhresttoken: 'session-1',
    host: expect.stringMatching(/^localhost:/),
  });
});

it('keeps the session at home when the URL that the login answered is on a host that nobody named', async () => {
  const { crm, received } = await bullhorn({
    'POST /rest-services/login': {
      body: { BhRestToken: 'session-1', restUrl: 'http://127.0.0.2:9/rest-services/' },
    },
  });
  const outcome = await crm.createContact({ name: 'Ada Test', phoneNumber: '+14155550123' });
  expect(outcome).toMatchObject({ kind: 'trouble', code: 'host-not-named' });
  expect(received).toHaveLength(3);
});

it('merges three searches by POST, each with its own type', async () => {
  const { crm, received } = await bullhorn();
  const { contacts } = valueIn(await crm.findContact(asked));
  expect(contacts.map(({ id, type, createdDate }) => [id, type, createdDate])).toEqual([
    [5, 'ClientContact', 1_760_000_000_000],
    [5, 'Lead', 1_760_000_000_000],
  ]);
  const searches = received.slice(3);
  expect(searches.map(({ target }) => target).sort()).toEqual(
    ['Candidate', 'ClientContact', 'Lead'].map(
      (entity) => `/rest-services/corp1/search/${entity}?fields=id%2Cname%2Cphone%2CdateAdded`,
    ),
  );
  expect(searches.map(jsonOf)[0]).toEqual({
    query: '(phone:4155550123 OR mobile:4155550123) AND isDeleted:false NOT status:"Archive"',
  });
});

it('is refused as a whole when one of the three is refused', async () => {
  const { crm } = await bullhorn({
    'POST /rest-services/corp1/search/Lead': {
      status: 403,
      body: { errorMessage: 'no leads', message: 'no leads' },
    },
  });
  expect(await crm.findContact(asked)).toMatchObject({ kind: 'refused', status: 403, message: 'no leads' });
});

it('escapes what Lucene would take for operators', async () => {
  const { context, signedIn, sent } = await bullhorn();
  if (!signedIn.session) throw new Error('not signed in');
  await runSearch(context, 'findContactWithName', signedIn.session, { name: 'O"Neil (x) && +1: a/b*' });
  expect(jsonOf(sent('POST /rest-services/corp1/search/Lead')[0])).toEqual({
    query: 'name:O\\"Neil \\(x\\) \\&\\& \\+1\\: a\\/b\\*',
  });
});

it('creates by PUT, logs minutes with decimals and epoch milliseconds, and deletes softly by POST', async () => {
  const { crm, sent } = await bullhorn();
  expect(valueIn(await crm.createContact({ name: 'Ada Test', phoneNumber: '+14155550123' }))).toMatchObject({
    id: 77,
    idFrom: 'body',
  });
  expect(valueIn(await crm.createCallLog(callTo(77, { type: 'Lead', durationSeconds: 90 }))).id).toBe(78);
  expect(jsonOf(sent('PUT /rest-services/corp1/entity/Note')[0])).toEqual({
    comments: callTo(77).details,
    personReference: { id: 77, personSubtype: 'Lead' },
    dateAdded: Date.parse('2026-03-17T22:58:30Z'),
    minutesSpent: 1.5,
  });
  await crm.remove('deleteContact', 77, null);
  expect(jsonOf(sent('POST /rest-services/corp1/entity/Lead/77')[0])).toEqual({ isDeleted: true });
  expect(queryOf(sent('POST /rest-services/corp1/entity/Lead/77')[0])).toBe('');
});
