import { expect, it } from 'vitest';
import { asked, callTo, connect, jsonOf, valueIn } from '../connector.ts';

const env = { RT_PARTNER: 'partner-1', RT_USER: 'ada', RT_PASSWORD: 'päss:1' };

/** HTTP Basic of three parts logs in, of two parts signs; a call is completed in a step of its own. */
const profile = `
auth:
  type: login
  steps:
    - url: /authentication
      auth: partner
      captures: { userKey: body.authenticated_user.user_key, name: body.authenticated_user.name }
  discovers: [name]
  headers: { Authorization: "Basic {{ secrets.RT_PARTNER | append: ':' | append: auth.userKey | base64 }}" }
credentials:
  partner:
    type: apiKey
    credentialTemplate: "{{ secrets.RT_PARTNER }}:{{ secrets.RT_USER }}:{{ secrets.RT_PASSWORD }}"
requestDefaults: { baseUrl: BASE/crm }
operations:
  getUserInfo:
    url: /authentication
    auth: partner
    responseMapping: { idPath: body.authenticated_user.id, namePath: body.authenticated_user.name }
  findContact:
    url: /contacts/search_basic
    query: { phone_number: "{{ phoneNumber | significant }}" }
    responseMapping: { listPath: body.contacts, item: { idPath: id, namePath: full_name } }
  createContact:
    method: POST
    url: /contacts
    body:
      type: Crm::Contact::Individual
      first_name: "{{ newContactName | split: ' ' | first }}"
      last_name: "{{ newContactName | split: ' ' | last }}"
      phones:
        - phone_type: 6
          number: "{{ phoneNumber | significant }}"
          country_code: "{{ phoneNumber | country_code | number }}"
    responseMapping: { idPath: body.contact.id }
  createCallLog:
    steps:
      - method: POST
        url: /activities
        body:
          subject: "{{ subject }}"
          description: "{{ composedLogDetails }}"
          start_date: "{{ startTime }}"
          end_date: "{{ endTime }}"
          activity_code_id: 3
          repeats: never
          linked_contacts: [{ contact_id: "{{ contactInfo.id }}" }]
        captures: { id: body.activity.id }
      - { method: PUT, url: "/activities/{{ captures.id }}", body: { completed: true } }
    responseMapping: { idPath: captures.id }
  getCallLog:
    url: /activities/{{ thirdPartyLogId }}
    headers: { include: linked_contacts }
    responseMapping:
      subjectPath: body.activity.subject
      fullBodyPath: body.activity.description
      contactIdPath: "body.activity.linked_contacts[0].contact_id"
`;

const basic = (text: string) => `Basic ${Buffer.from(text, 'utf8').toString('base64')}`;

async function redtail() {
  return connect(
    profile,
    {
      'GET /crm/authentication': { body: { authenticated_user: { id: 4, name: 'Ada', user_key: 'key-9' } } },
      'GET /crm/contacts/search_basic': { body: { contacts: [{ id: 1, full_name: 'Ada Test' }] } },
      'POST /crm/contacts': { body: { contact: { id: 2 } } },
      'POST /crm/activities': { body: { activity: { id: 3 } } },
      'PUT /crm/activities/3': { body: { activity: { id: 3, completed: true } } },
      'GET /crm/activities/3': {
        body: { activity: { subject: 's', description: 'd', linked_contacts: [{ contact_id: 2 }] } },
      },
    },
    { env },
  );
}

it('logs in with three parts, and signs with the partner key and the session key', async () => {
  const { crm, received } = await redtail();
  await crm.findContact(asked);
  expect(received.map(({ headers }) => headers.authorization)).toEqual([
    basic('partner-1:ada:päss:1'),
    basic('partner-1:key-9'),
  ]);
});

it('signs one request with another credential than the rest', async () => {
  const { crm, received } = await redtail();
  expect(valueIn(await crm.getUserInfo())).toMatchObject({ id: 4, name: 'Ada' });
  expect(received.at(-1)?.headers.authorization).toBe(basic('partner-1:ada:päss:1'));
});

it('keeps what the login found out about the tenant readable, and the session key secret', async () => {
  const { crm, transport } = await redtail();
  expect(crm.session.variables.auth).toEqual({ userKey: 'key-9', name: 'Ada' });
  const evidence = JSON.stringify(transport.exchanges);
  expect(evidence).toContain('Ada');
  expect(evidence).not.toContain('key-9');
});

it('splits the name and the number of a contact', async () => {
  const { crm, sent } = await redtail();
  expect(valueIn(await crm.createContact({ name: 'Ada Test', phoneNumber: '+14155550123' })).id).toBe(2);
  expect(jsonOf(sent('POST /crm/contacts')[0])).toEqual({
    type: 'Crm::Contact::Individual',
    first_name: 'Ada',
    last_name: 'Test',
    phones: [{ phone_type: 6, number: '4155550123', country_code: 1 }],
  });
});

it('completes the activity that the step before it made', async () => {
  const { crm, received } = await redtail();
  expect(valueIn(await crm.createCallLog(callTo(2)))).toMatchObject({ id: 3, idFrom: 'body' });
  expect(received.slice(1).map(({ method, target }) => `${method} ${target}`)).toEqual([
    'POST /crm/activities',
    'PUT /crm/activities/3',
  ]);
  expect(jsonOf(received[1])).toMatchObject({
    start_date: '2026-03-17T22:58:30.000Z',
    end_date: '2026-03-17T23:00:35.000Z',
    linked_contacts: [{ contact_id: 2 }],
  });
  expect(received[2]?.body).toBe('{"completed":true}');
});

it('asks for linked records by a header of one request', async () => {
  const { crm, sent } = await redtail();
  expect(valueIn(await crm.getCallLog(3, 2))).toMatchObject({ contactId: 2, fullBody: 'd' });
  expect(sent('GET /crm/activities/3')[0]?.headers.include).toBe('linked_contacts');
});
