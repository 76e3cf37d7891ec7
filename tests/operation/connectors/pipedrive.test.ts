import { expect, it } from 'vitest';
import { asked, callTo, connect, jsonOf, type Replies, valueIn } from '../connector.ts';

const env = { PD_ID: 'client-1', PD_SECRET: 'secret-1', PD_REFRESH: 'refresh-1' };

/** Numbers as JSON numbers, HH:mm, UTC date and time apart, lists one level down, two tokens to revoke. */
const profile = `
auth:
  type: oauth
  grant: refresh_token
  tokenUrl: BASE/oauth/token
  clientId: "{{ secrets.PD_ID }}"
  clientSecret: "{{ secrets.PD_SECRET }}"
  refreshToken: "{{ secrets.PD_REFRESH }}"
requestDefaults: { baseUrl: BASE/api }
hosts: { revocation: BASE/oauth }
operations:
  findContact:
    url: /v2/persons/search
    query: { term: "{{ phoneNumber | significant }}", fields: phone }
    responseMapping:
      listPath: body.data.items[].item
      item: { idPath: id, namePath: name, phonePath: "phones[0]", companyPath: organization.name }
  createContact:
    method: POST
    url: /v1/persons
    body: { name: "{{ newContactName }}", phone: "{{ phoneNumber }}" }
    responseMapping: { idPath: body.data.id, namePath: body.data.name }
  createCallLog:
    steps:
      - { url: "/v2/persons/{{ contactInfo.id }}", captures: { organisation: "body.data.org_id || ''" } }
      - url: /v1/activityTypes
        captures: { type: "body.data[?contains(name, 'Call')].key_string | [0]" }
      - method: POST
        url: /v2/activities
        body:
          owner_id: "{{ user.id | number }}"
          subject: "{{ subject }}"
          duration: "{{ callLog.duration | hhmm }}"
          due_date: "{{ startTime | date }}"
          due_time: "{{ startTime | time: 'HH:mm' }}"
          done: true
          deal_id: null
          org_id: "{{ captures.organisation | omit_empty | number }}"
          note: "{{ composedLogDetails }}"
          participants: [{ person_id: "{{ contactInfo.id | number }}", primary: true }]
          type: "{{ captures.type | default: 'call' }}"
    responseMapping: { idPath: body.data.id }
  getCallLog:
    url: /v2/activities/{{ thirdPartyLogId }}
    responseMapping:
      subjectPath: body.data.subject
      fullBodyPath: body.data.note
      contactIdPath: "values(body.related_objects.person)[0].id"
  unAuthorize:
    steps:
      - &revoke
        method: POST
        url: /revoke
        host: revocation
        auth: client
        bodyType: form
        body: { token: "{{ auth.refreshToken }}", token_type_hint: refresh_token }
      - <<: *revoke
        body: { token: "{{ auth.accessToken }}" }
`;

async function pipedrive(replies: Replies = {}) {
  const connected = await connect(
    profile,
    {
      'POST /oauth/token': {
        body: {
          access_token: 'access 1/+',
          refresh_token: 'refresh-2',
          token_type: 'Bearer',
          expires_in: 3599,
        },
      },
      'GET /api/v2/persons/search': {
        body: {
          data: {
            items: [
              {
                result_score: 0.7,
                item: { id: 6, name: 'Ada Test', phones: ['+14155550123'], organization: null },
              },
            ],
          },
        },
      },
      'GET /api/v2/persons/6': { body: { data: { id: 6, org_id: 44 } } },
      'GET /api/v1/activityTypes': {
        body: {
          data: [
            { name: 'Meeting', key_string: 'meeting' },
            { name: 'Phone Call', key_string: 'phone_call' },
          ],
        },
      },
      'POST /api/v2/activities': { status: 201, body: { data: { id: 71 } } },
      'POST /oauth/revoke': { status: 200 },
      ...replies,
    },
    { env },
  );
  return { ...connected, crm: connected.crm.knowing('21', false) };
}

it('unwraps `items[].item`', async () => {
  const { crm, sent } = await pipedrive();
  expect(valueIn(await crm.findContact(asked)).contacts).toMatchObject([
    { id: 6, name: 'Ada Test', phone: '+14155550123' },
  ]);
  expect(sent('GET /api/v2/persons/search')[0]?.target).toBe(
    '/api/v2/persons/search?term=4155550123&fields=phone',
  );
  expect(sent('GET /api/v2/persons/search')[0]?.headers.authorization).toBe('Bearer access 1/+');
});

it('finds nobody in an empty list one level down', async () => {
  const { crm } = await pipedrive({ 'GET /api/v2/persons/search': { body: { data: { items: [] } } } });
  expect(valueIn(await crm.findContact(asked)).contacts).toEqual([]);
});

it('sends numbers, booleans and null as such, HH:mm rounded up, and the date and time of UTC apart', async () => {
  const { crm, sent } = await pipedrive();
  expect(valueIn(await crm.createCallLog(callTo('6', { durationSeconds: 125 }))).id).toBe(71);
  expect(jsonOf(sent('POST /api/v2/activities')[0])).toEqual({
    owner_id: 21,
    subject: 'Call with Ada',
    duration: '00:03',
    due_date: '2026-03-17',
    due_time: '22:58',
    done: true,
    deal_id: null,
    org_id: 44,
    note: callTo(6).details,
    participants: [{ person_id: 6, primary: true }],
    type: 'phone_call',
  });
});

it('does without what earlier steps did not find', async () => {
  const { crm, sent } = await pipedrive({
    'GET /api/v2/persons/6': { body: { data: { id: 6, org_id: null } } },
    'GET /api/v1/activityTypes': { body: { data: [] } },
  });
  await crm.createCallLog(callTo('6'));
  const body = jsonOf(sent('POST /api/v2/activities')[0]);
  expect(body).toMatchObject({ type: 'call' });
  expect(body).not.toHaveProperty('org_id');
});

it('reads the contact as the first value of a map', async () => {
  const { crm } = await pipedrive({
    'GET /api/v2/activities/71': {
      body: { data: { subject: 's', note: 'n' }, related_objects: { person: { 6: { id: 6, name: 'Ada' } } } },
    },
  });
  expect(valueIn(await crm.getCallLog(71, 6))).toMatchObject({ subject: 's', fullBody: 'n', contactId: 6 });
});

it('revokes both tokens, each in a form of its own, signed by the client', async () => {
  const { crm, sent } = await pipedrive();
  expect((await crm.unAuthorize()).kind).toBe('ok');
  expect(sent('POST /oauth/revoke').map(({ body }) => body)).toEqual([
    'token=refresh-2&token_type_hint=refresh_token',
    'token=access+1%2F%2B',
  ]);
  for (const { headers } of sent('POST /oauth/revoke')) {
    expect(headers).toMatchObject({
      authorization: `Basic ${Buffer.from('client-1:secret-1').toString('base64')}`,
      'content-type': 'application/x-www-form-urlencoded',
    });
  }
});
