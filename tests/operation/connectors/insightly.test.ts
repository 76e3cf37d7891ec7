import { expect, it } from 'vitest';
import { asked, callTo, connect, jsonOf, type Replies, valueIn } from '../connector.ts';

const env = { INSIGHTLY_KEY: 'key-1' };

/** Four searches, each with a mapping of its own; a link in a second step; an update on the collection. */
const profile = `
vars: { pod: BASE/v3.1, number: 4155550123 }
auth: { type: apiKey, credentialTemplate: "{{ secrets.INSIGHTLY_KEY }}:" }
requestDefaults: { baseUrl: "{{ vars.pod }}" }
operations:
  getUserInfo:
    url: /users/me
    responseMapping: { idPath: body.USER_ID, namePath: "join(' ', [body.FIRST_NAME, body.LAST_NAME])" }
  findContact:
    requests:
      - &contacts
        type: contact
        url: /contacts/search
        query: { field_name: PHONE, field_value: "{{ phoneNumber | significant }}", brief: false }
        responseMapping: &contact
          listPath: body
          item:
            idPath: CONTACT_ID
            namePath: "join(' ', [FIRST_NAME, LAST_NAME][?@ != null])"
            phonePath: "PHONE || PHONE_MOBILE || (CUSTOMFIELDS[?FIELD_NAME=='Other_Phone__c'].FIELD_VALUE | [0])"
            createdDatePath: DATE_CREATED_UTC
            mostRecentActivityDatePath: LAST_ACTIVITY_DATE_UTC || DATE_UPDATED_UTC
      - <<: *contacts
        query: { field_name: PHONE_MOBILE, field_value: "{{ phoneNumber | significant }}", brief: false }
      - &leads
        type: lead
        url: /leads/search
        query: { field_name: PHONE, field_value: "{{ phoneNumber | significant }}", brief: false }
        responseMapping:
          listPath: body
          item: { idPath: LEAD_ID, namePath: LAST_NAME, phonePath: PHONE || MOBILE }
      - <<: *leads
        query: { field_name: MOBILE, field_value: "{{ phoneNumber | significant }}", brief: false }
  createCallLog:
    steps:
      - method: POST
        url: /events
        body:
          TITLE: "{{ subject }}"
          DETAILS: "{{ composedLogDetails }}"
          START_DATE_UTC: "{{ startTime | sql_datetime }}"
          END_DATE_UTC: "{{ endTime | sql_datetime }}"
          OWNER_USER_ID: "{{ testData.owner | omit_empty }}"
        captures: { event: body.EVENT_ID }
      - method: POST
        url: /events/{{ captures.event }}/links
        when: "{{ contactInfo.type }}"
        body: { LINK_OBJECT_NAME: "{{ contactInfo.type }}", LINK_OBJECT_ID: "{{ contactInfo.id | number }}" }
    responseMapping: { idPath: captures.event }
  getCallLog:
    steps:
      - { url: "/events/{{ thirdPartyLogId }}", captures: { event: body, link: "body.LINKS[0]" } }
      - url: /{{ captures.link.LINK_OBJECT_NAME }}s/{{ captures.link.LINK_OBJECT_ID }}
        when: "{{ captures.link }}"
    responseMapping:
      subjectPath: captures.event.TITLE
      fullBodyPath: captures.event.DETAILS
      contactIdPath: body.CONTACT_ID || body.LEAD_ID
  updateCallLog:
    steps:
      - { url: "/events/{{ thirdPartyLogId }}", captures: { old: body } }
      - method: PUT
        url: /events
        body:
          EVENT_ID: "{{ thirdPartyLogId | number }}"
          TITLE: "{{ captures.old.TITLE }}"
          LINKS: "{{ captures.old.LINKS }}"
          DETAILS: "{{ composedLogDetails }}"
testData: { owner: null }
`;

const event = {
  EVENT_ID: 40,
  TITLE: 'Call with Ada',
  DETAILS: 'the text',
  LINKS: [{ LINK_ID: 1, LINK_OBJECT_NAME: 'contact', LINK_OBJECT_ID: 12 }],
};

async function insightly(replies: Replies = {}) {
  return connect(
    profile,
    {
      'GET /v3.1/users/me': { body: { USER_ID: 3, FIRST_NAME: 'Me', LAST_NAME: 'Myself' } },
      'GET /v3.1/contacts/search': ({ target }) => ({
        body: target.includes('PHONE_MOBILE')
          ? [{ CONTACT_ID: 12, FIRST_NAME: 'Ada', LAST_NAME: null, PHONE_MOBILE: '4155550123' }]
          : [],
      }),
      'GET /v3.1/leads/search': ({ target }) => ({
        body: target.includes('MOBILE') ? [] : [{ LEAD_ID: 12, LAST_NAME: 'Test', PHONE: '(415) 555-0123' }],
      }),
      'POST /v3.1/events': { status: 201, body: event },
      'POST /v3.1/events/40/links': { status: 201, body: event.LINKS[0] },
      'GET /v3.1/events/40': { body: event },
      'GET /v3.1/contacts/12': { body: { CONTACT_ID: 12 } },
      'PUT /v3.1/events': { body: event },
      ...replies,
    },
    { env, emptyBody: true },
  );
}

it('sends the key as user name with an empty password, and joins the parts of a name', async () => {
  const { crm, received } = await insightly();
  expect(valueIn(await crm.getUserInfo())).toMatchObject({ id: 3, name: 'Me Myself' });
  expect(received[0]?.headers.authorization).toBe(`Basic ${Buffer.from('key-1:').toString('base64')}`);
});

it('puts the empty JSON body that App Connect sends into a GET', async () => {
  const { crm, received } = await insightly();
  await crm.getUserInfo();
  expect(received[0]).toMatchObject({ body: '{}', headers: { 'content-type': 'application/json' } });
  await crm.getUserInfo({ emptyBody: false });
  expect(received[1]?.body).toBe('');
  expect(received[1]?.headers['content-type']).toBeUndefined();
});

it('asks four times, and reads each list by its own mapping', async () => {
  const { crm, received } = await insightly();
  const { contacts, statuses } = valueIn(await crm.findContact(asked));
  expect(received.map(({ target }) => target).sort()).toEqual([
    '/v3.1/contacts/search?field_name=PHONE&field_value=4155550123&brief=false',
    '/v3.1/contacts/search?field_name=PHONE_MOBILE&field_value=4155550123&brief=false',
    '/v3.1/leads/search?field_name=MOBILE&field_value=4155550123&brief=false',
    '/v3.1/leads/search?field_name=PHONE&field_value=4155550123&brief=false',
  ]);
  expect(contacts).toMatchObject([
    { id: 12, type: 'contact', name: 'Ada', phone: '4155550123' },
    { id: 12, type: 'lead', name: 'Test', phone: '(415) 555-0123' },
  ]);
  expect(statuses).toEqual([200, 200, 200, 200]);
});

it('reads a number out of the custom field of that name', async () => {
  const { crm } = await insightly({
    'GET /v3.1/contacts/search': {
      body: [
        {
          CONTACT_ID: 1,
          FIRST_NAME: 'Ada',
          LAST_NAME: 'Test',
          CUSTOMFIELDS: [
            { FIELD_NAME: 'Shoe__c', FIELD_VALUE: '38' },
            { FIELD_NAME: 'Other_Phone__c', FIELD_VALUE: '415.555.0123' },
          ],
        },
      ],
    },
  });
  expect(valueIn(await crm.findContact(asked)).contacts[0]).toMatchObject({
    phone: '415.555.0123',
    name: 'Ada Test',
  });
});

it('links the event in a second step, by numbers', async () => {
  const { crm, sent } = await insightly();
  expect(valueIn(await crm.createCallLog(callTo('12', { type: 'contact' }))).id).toBe(40);
  expect(jsonOf(sent('POST /v3.1/events')[0])).toEqual({
    TITLE: 'Call with Ada',
    DETAILS: callTo(12).details,
    START_DATE_UTC: '2026-03-17 22:58:30',
    END_DATE_UTC: '2026-03-17 23:00:35',
  });
  expect(jsonOf(sent('POST /v3.1/events/40/links')[0])).toEqual({
    LINK_OBJECT_NAME: 'contact',
    LINK_OBJECT_ID: 12,
  });
});

it('leaves the second step out where its condition gives nothing', async () => {
  const { crm, received } = await insightly();
  expect(valueIn(await crm.createCallLog(callTo(12))).id).toBe(40);
  expect(received).toHaveLength(1);
});

it('reads the record, then follows its link', async () => {
  const { crm, received } = await insightly();
  expect(valueIn(await crm.getCallLog(40, 12))).toMatchObject({
    subject: 'Call with Ada',
    fullBody: 'the text',
    contactId: 12,
  });
  expect(received.map(({ target }) => target)).toEqual(['/v3.1/events/40', '/v3.1/contacts/12']);
});

it('reads before it writes, and updates by PUT on the collection with the id in the body', async () => {
  const { crm, sent } = await insightly();
  const { call, details } = callTo(12);
  const change = { subject: 'New', note: '', details, existing: '', call, contactId: 12 };
  expect((await crm.updateCallLog('40', change)).kind).toBe('ok');
  expect(jsonOf(sent('PUT /v3.1/events')[0])).toEqual({
    EVENT_ID: 40,
    TITLE: 'Call with Ada',
    LINKS: event.LINKS,
    DETAILS: details,
  });
});
