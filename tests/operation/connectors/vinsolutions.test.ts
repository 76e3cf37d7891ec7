import { expect, it } from 'vitest';
import { asked, callTo, connect, jsonOf, queryOf, type Replies, valueIn } from '../connector.ts';

const env = {
  LEADS_ID: 'leads-1',
  CALLS_ID: 'calls-1',
  VIN_SECRET: 'secret-1',
  LEADS_KEY: 'key-l',
  CALLS_KEY: 'key-c',
};

/** Two OAuth clients with an API key each, a vendor media type per resource, and a failure that counts as success. */
const profile = `
vars:
  dealer: 12
  results: { Call connected: SPOKE, Missed: NO_ANSWER, Voicemail: LEFT_MESSAGE }
  directions: { Inbound: INBOUND, Outbound: OUTBOUND }
auth: &client
  type: oauth
  grant: client_credentials
  tokenUrl: BASE/connect/token
  clientId: "{{ secrets.LEADS_ID }}"
  clientSecret: "{{ secrets.VIN_SECRET }}"
  clientAuth: body
  scope: PublicAPI
credentials:
  calls: { <<: *client, clientId: "{{ secrets.CALLS_ID }}" }
requestDefaults: { baseUrl: BASE, defaultHeaders: { api_key: "{{ secrets.LEADS_KEY }}" } }
operations:
  findContact:
    requests:
      - &search
        url: /gateway/v1/contact?phone={{ phoneNumber | significant }}
        query: { dealerId: "{{ vars.dealer }}", pageSize: 100 }
        responseMapping:
          listPath: body
          item:
            idPath: ContactId
            namePath: "join(' ', [ContactInformation.FirstName, ContactInformation.LastName][?@]) || ContactInformation.CompanyName"
            phonePath: "(ContactInformation.Phones[?PhoneType=='Cell'] | [0].Number) || ContactInformation.Phones[0].Number"
      - { <<: *search, url: "/gateway/v1/contact?phone={{ phoneNumber | e164 }}" }
      - { <<: *search, url: "/gateway/v1/contact?phone={{ phoneNumber | mask: '+1###-###-####' }}" }
      - { <<: *search, url: "/gateway/v1/contact?phone={{ phoneNumber | e164 | digits }}" }
  createCallLog:
    method: POST
    url: /calldetails
    auth: calls
    headers:
      api_key: "{{ secrets.CALLS_KEY }}"
      Accept: application/vnd.coxauto.v1+json
      Content-Type: application/vnd.coxauto.v1+json
    body:
      accountId: "{{ vars.dealer | string }}"
      callDirection: "{{ vars.directions[callLog.direction] }}"
      callResult: "{{ vars.results[callLog.result] }}"
      callEndUTC: "{{ startTime | plus_seconds: callLog.duration | iso }}"
      vinProperties: { dealerId: "{{ vars.dealer }}", contactId: "{{ contactInfo.id | number }}" }
    success: status == \`201\` || (status == \`500\` && headers.location)
    responseMapping: { idPath: { path: headers.location, regex: "/calldetails/id/(\\\\d+)" } }
`;

async function vin(replies: Replies = {}) {
  return connect(
    profile,
    {
      'POST /connect/token': ({ body }) => ({
        body: { access_token: `token-of-${new URLSearchParams(body).get('client_id')}`, expires_in: 3600 },
      }),
      'GET /gateway/v1/contact': ({ target }) => ({
        body: target.includes('phone=%2B14155550123')
          ? []
          : [
              {
                ContactId: 8,
                ContactInformation: {
                  FirstName: 'Ada',
                  LastName: '',
                  Phones: [
                    { PhoneType: 'Home', Number: '1' },
                    { PhoneType: 'Cell', Number: '4155550123' },
                  ],
                },
              },
            ],
      }),
      'POST /calldetails': { status: 201, headers: { Location: 'https://calls.local/calldetails/id/55' } },
      ...replies,
    },
    { env },
  );
}

it('obtains a token for each of its two clients, with id and secret in the form', async () => {
  const { received } = await vin();
  expect(received.map(({ body }) => body).sort()).toEqual(
    ['calls-1', 'leads-1'].map(
      (id) => `scope=PublicAPI&grant_type=client_credentials&client_id=${id}&client_secret=secret-1`,
    ),
  );
  expect(received.every(({ headers }) => headers.authorization === undefined)).toBe(true);
});

it('asks in four forms of the number and reports each person once', async () => {
  const { crm, sent } = await vin();
  const { contacts } = valueIn(await crm.findContact(asked));
  expect(contacts).toMatchObject([{ id: 8, name: 'Ada', phone: '4155550123' }]);
  expect(
    sent('GET /gateway/v1/contact')
      .map((request) => queryOf(request).split('&')[0])
      .sort(),
  ).toEqual(['phone=%2B1415-555-0123', 'phone=%2B14155550123', 'phone=14155550123', 'phone=4155550123']);
});

it('signs each request with the client that it names, and overrides the headers of all', async () => {
  const { crm, sent } = await vin();
  await crm.findContact(asked);
  await crm.createCallLog(callTo(8));
  expect(sent('GET /gateway/v1/contact')[0]?.headers).toMatchObject({
    authorization: 'Bearer token-of-leads-1',
    api_key: 'key-l',
    accept: 'application/json, text/plain, */*',
  });
  expect(sent('POST /calldetails')[0]?.headers).toMatchObject({
    authorization: 'Bearer token-of-calls-1',
    api_key: 'key-c',
    accept: 'application/vnd.coxauto.v1+json',
    'content-type': 'application/vnd.coxauto.v1+json',
  });
});

it('translates direction and result by a map of the profile', async () => {
  const { crm, sent } = await vin();
  await crm.createCallLog(callTo('8', { direction: 'Inbound' }));
  expect(jsonOf(sent('POST /calldetails')[0])).toEqual({
    accountId: '12',
    callDirection: 'INBOUND',
    callResult: 'SPOKE',
    callEndUTC: '2026-03-17T23:00:35Z',
    vinProperties: { dealerId: 12, contactId: 8 },
  });
});

it('takes a 500 with a Location for the record that is there already', async () => {
  const { crm } = await vin({
    'POST /calldetails': {
      status: 500,
      headers: { Location: 'https://calls.local/calldetails/id/55' },
      body: { message: 'AlreadyLoggedException' },
    },
  });
  expect(valueIn(await crm.createCallLog(callTo(8)))).toMatchObject({
    id: '55',
    idFrom: 'header',
    name: null,
  });
});

it('takes a 500 without one for trouble, not for an answer', async () => {
  const { crm } = await vin({ 'POST /calldetails': { status: 500, body: { message: 'boom' } } });
  expect(await crm.createCallLog(callTo(8))).toMatchObject({
    kind: 'trouble',
    status: 500,
    message: 'HTTP 500 boom',
  });
});
