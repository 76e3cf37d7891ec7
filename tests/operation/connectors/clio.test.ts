import { expect, it } from 'vitest';
import { asked, callTo, connect, jsonOf, queryOf, type Replies, valueIn } from '../connector.ts';

const env = { CLIO_TOKEN: 'token-1' };

/** One text search per format, the sender and receiver by direction, and a time entry after the call. */
const profile = `
vars: { us: { type: User }, them: { type: Contact } }
auth: { type: bearer, token: "{{ secrets.CLIO_TOKEN }}" }
requestDefaults: { baseUrl: BASE/api/v4 }
operations:
  getUserInfo:
    url: /users/who_am_i.json
    query: { fields: "id,name,time_zone" }
    responseMapping: { idPath: body.data.id, namePath: body.data.name, timezoneNamePath: body.data.time_zone }
  findContact:
    requests:
      - &search
        url: /contacts.json?query={{ phoneNumber | e164 | raw }}
        query: { fields: "type,id,name,created_at" }
        responseMapping:
          listPath: body.data
          item: { idPath: id, namePath: name, typePath: type, createdDatePath: created_at }
      - { <<: *search, url: "/contacts.json?query={{ phoneNumber | mask: '(***) ***-****' }}" }
      - { <<: *search, url: "/contacts.json?query={{ phoneNumber | mask: '###.###.####' }}" }
  createCallLog:
    steps:
      - method: POST
        url: /communications.json
        body:
          data:
            subject: "{{ subject }}"
            body: "{{ composedLogDetails }}"
            type: PhoneCommunication
            received_at: "{{ startTime | iso }}"
            senders:
              - id: "{% if callLog.direction == 'Outbound' %}{{ user.id }}{% else %}{{ contactInfo.id }}{% endif %}"
                type: "{% if callLog.direction == 'Outbound' %}{{ vars.us.type }}{% else %}{{ vars.them.type }}{% endif %}"
            receivers:
              - id: "{% if callLog.direction == 'Outbound' %}{{ contactInfo.id }}{% else %}{{ user.id }}{% endif %}"
                type: "{% if callLog.direction == 'Outbound' %}{{ vars.them.type }}{% else %}{{ vars.us.type }}{% endif %}"
            matter: { id: "{{ additionalSubmission.matter | default: '' | omit_empty }}" }
        captures: { communication: body.data.id }
      - method: POST
        url: /activities.json
        body:
          data:
            communication: { id: "{{ captures.communication }}" }
            quantity: "{{ callLog.duration }}"
            date: "{{ startTime | date }}"
            type: TimeEntry
            non_billable: true
        captures: { entry: body.data.id }
    responseMapping: { idPath: captures.communication }
  getCallLog:
    url: /communications/{{ thirdPartyLogId }}.json
    query: { fields: "subject,body,senders,receivers" }
    responseMapping:
      subjectPath: body.data.subject
      fullBodyPath: body.data.body
      notePath: { path: body.data.body, regex: "- Note: ([^\\\\n]*)" }
      contactIdPath: "(body.data.senders[?type!='User'] | [0].id) || (body.data.receivers[?type!='User'] | [0].id)"
`;

const ada = { id: 31, name: 'Ada Test', type: 'Person', created_at: '2026-01-02T03:04:05Z' };

async function clio(replies: Replies = {}) {
  const connected = await connect(
    profile,
    {
      'GET /api/v4/users/who_am_i.json': {
        body: { data: { id: 9, name: 'Me', time_zone: 'America/New_York' } },
      },
      'GET /api/v4/contacts.json': { body: { data: [ada] } },
      'POST /api/v4/communications.json': { status: 201, body: { data: { id: 500, etag: 'x' } } },
      'POST /api/v4/activities.json': { status: 201, body: { data: { id: 600 } } },
      ...replies,
    },
    { env },
  );
  return { ...connected, crm: connected.crm.knowing(9, false) };
}

it('reads user id, name and time zone below `data`', async () => {
  const { crm, sent } = await clio();
  expect(valueIn(await crm.getUserInfo())).toEqual({
    id: 9,
    name: 'Me',
    timezone: 'America/New_York',
    gaps: {},
  });
  expect(sent('GET /api/v4/users/who_am_i.json')[0]?.headers.authorization).toBe('Bearer token-1');
});

it('searches once per format: the plus as it stands where `raw` asks for it, the rest percent-encoded', async () => {
  const { crm, received } = await clio();
  const { contacts } = valueIn(await crm.findContact(asked));
  expect(received.map((request) => queryOf(request).split('&')[0]).sort()).toEqual([
    'query=(415)%20555-0123',
    'query=+14155550123',
    'query=415.555.0123',
  ]);
  expect(contacts).toEqual([
    {
      id: 31,
      name: 'Ada Test',
      phone: null,
      numbers: [],
      type: 'Person',
      createdDate: '2026-01-02T03:04:05Z',
      gaps: {},
    },
  ]);
});

it.each([
  ['Outbound', [{ id: '9', type: 'User' }], [{ id: '31', type: 'Contact' }]],
  ['Inbound', [{ id: '31', type: 'Contact' }], [{ id: '9', type: 'User' }]],
] as const)('makes the sender and the receiver of an %s call', async (direction, senders, receivers) => {
  const { crm, sent } = await clio();
  await crm.createCallLog(callTo(31, { direction }));
  expect(jsonOf(sent('POST /api/v4/communications.json')[0])).toEqual({
    data: {
      subject: 'Call with Ada',
      body: callTo(31).details,
      type: 'PhoneCommunication',
      received_at: '2026-03-17T22:58:30Z',
      senders,
      receivers,
    },
  });
});

it('adds a time entry to what the first step made, and gives the id of the first step', async () => {
  const { crm, sent } = await clio();
  expect(valueIn(await crm.createCallLog(callTo(31)))).toMatchObject({ id: 500 });
  expect(jsonOf(sent('POST /api/v4/activities.json')[0])).toEqual({
    data: {
      communication: { id: 500 },
      quantity: 125,
      date: '2026-03-17',
      type: 'TimeEntry',
      non_billable: true,
    },
  });
});

it('stops at the first step that is refused', async () => {
  const { crm, sent } = await clio({
    'POST /api/v4/communications.json': {
      status: 422,
      body: { error: { message: 'body must be filled in' } },
    },
  });
  expect(await crm.createCallLog(callTo(31))).toMatchObject({ kind: 'refused', status: 422 });
  expect(sent('POST /api/v4/activities.json')).toEqual([]);
});

it('reads the note out of the text, and the contact on whichever side it stands', async () => {
  const { crm } = await clio({
    'GET /api/v4/communications/500.json': {
      body: {
        data: {
          subject: 'Call with Ada',
          body: '- Note: She asked\n- Duration: 2 min',
          senders: [{ id: 9, type: 'User' }],
          receivers: [{ id: 31, type: 'Person' }],
        },
      },
    },
  });
  expect(valueIn(await crm.getCallLog(500, 31))).toMatchObject({
    subject: 'Call with Ada',
    note: 'She asked',
    fullBody: '- Note: She asked\n- Duration: 2 min',
    contactId: 31,
  });
});
