import { expect, it } from 'vitest';
import { runSearch } from '../../../src/operation/search.ts';
import { asked, callTo, connect, jsonOf, type Replies, valueIn } from '../connector.ts';

const env = { NS_TOKEN: 'token-1' };

/** Three hosts from one account, searches in SQL, ids in the Location header, times in the user's own zone. */
const profile = `
vars: { account: "1234567-sb1.app.local", port: PORT }
auth: { type: bearer, token: "{{ secrets.NS_TOKEN }}" }
hosts:
  restlets: "http://127.0.0.1:{{ vars.port }}/{{ vars.account | split: '.' | first }}/restlets"
requestDefaults:
  baseUrl: "http://127.0.0.1:{{ vars.port }}/{{ vars.account | split: '.' | first }}/suitetalk"
operations:
  findContact:
    requests:
      - &query
        type: contact
        method: POST
        url: /query/v1/suiteql
        headers: { Prefer: transient }
        body:
          q: "SELECT id, firstname FROM contact WHERE REGEXP_REPLACE(phone,'[^0-9]','') LIKE '%{{ phoneNumber | significant | sql }}'"
        responseMapping: &rows
          listPath: body.items
          item:
            idPath: id
            namePath: "join(' ', [firstname, middlename, lastname][?@ != null]) || entitytitle"
            createdDatePath: datecreated
      - <<: *query
        type: customer
        body: { q: "SELECT id FROM customer WHERE phone='{{ phoneNumber | mask: '(###) ###-####' | sql }}'" }
  findContactWithName:
    method: POST
    url: /query/v1/suiteql
    headers: { Prefer: transient }
    body: { q: "SELECT id FROM contact WHERE lastname = '{{ name | sql }}'" }
    responseMapping: *rows
  createContact:
    method: POST
    url: /record/v1/contact
    body: { entityId: "{{ newContactName }}", phone: "{{ phoneNumber }}" }
    responseMapping: { idPath: { path: headers.location, regex: "/contact/(\\\\d+)$" } }
  createCallLog:
    steps:
      - url: /restlet.nl?script=customscript_timezone
        host: restlets
        captures: { zone: body.timezone }
      - url: /record/v1/contact/{{ contactInfo.id }}
        captures: { company: "body.company.id || ''" }
      - method: POST
        url: /record/v1/phonecall
        body:
          title: "{{ subject }}"
          startDate: "{{ startTime | in_zone: captures.zone | date }}"
          startTime: "{{ startTime | in_zone: captures.zone | time: 'HH:mm' }}"
          endTime: "{{ endTime | plus_seconds: 60 | in_zone: captures.zone | time: 'HH:mm' }}"
          timedEvent: true
          message: "{{ composedLogDetails }}"
          contact: { id: "{{ contactInfo.id }}" }
          company: { id: "{{ captures.company | omit_empty }}" }
          transaction: { id: "{{ additionalSubmission.transaction | default: '0' | number }}", type: null }
    responseMapping: { idPath: { path: headers.location, regex: "[^/]+$" } }
  updateCallLog:
    { method: PATCH, url: "/record/v1/phoneCall/{{ thirdPartyLogId }}", body: { message: "{{ composedLogDetails }}" } }
`;

const home = '/1234567-sb1/suitetalk';

async function netsuite(replies: Replies = {}) {
  return connect(
    profile,
    {
      [`POST ${home}/query/v1/suiteql`]: ({ body }) => ({
        body: {
          items: body.includes('FROM contact') ? [{ id: '8', firstname: 'Ada', lastname: 'Test' }] : [],
        },
      }),
      [`POST ${home}/record/v1/contact`]: {
        status: 204,
        headers: { Location: `https://1234567-sb1.suitetalk.local/record/v1/contact/345` },
      },
      'GET /1234567-sb1/restlets/restlet.nl': { body: { timezone: 'America/Los_Angeles' } },
      [`GET ${home}/record/v1/contact/8`]: { body: { id: '8' } },
      [`POST ${home}/record/v1/phonecall`]: {
        status: 204,
        headers: { Location: '/record/v1/phonecall/900' },
      },
      [`PATCH ${home}/record/v1/phoneCall/900`]: { status: 204 },
      ...replies,
    },
    { env },
  );
}

it('makes several base URLs of one variable: the first label of a host name', async () => {
  const { profile: loaded } = await netsuite();
  expect(new URL(loaded.requestDefaults.baseUrl).pathname).toBe('/1234567-sb1/suitetalk');
  expect(new URL(loaded.hosts.restlets ?? '').pathname).toBe('/1234567-sb1/restlets');
});

it('searches in SQL with a header of its own, suffix match and formatted', async () => {
  const { crm, received } = await netsuite();
  expect(valueIn(await crm.findContact(asked)).contacts).toMatchObject([
    { id: '8', type: 'contact', name: 'Ada Test' },
  ]);
  expect(received.map((request) => jsonOf(request))).toEqual([
    { q: "SELECT id, firstname FROM contact WHERE REGEXP_REPLACE(phone,'[^0-9]','') LIKE '%4155550123'" },
    { q: "SELECT id FROM customer WHERE phone='(415) 555-0123'" },
  ]);
  expect(received.every(({ headers }) => headers.prefer === 'transient')).toBe(true);
});

it("doubles the quotes of a text inside SQL's own", async () => {
  const { context, crm, received } = await netsuite();
  await runSearch(context, 'findContactWithName', crm.session, { name: "O'Neil'; --" });
  expect(jsonOf(received[0])).toEqual({ q: "SELECT id FROM contact WHERE lastname = 'O''Neil''; --'" });
});

it('reads the new id out of Location, with an empty answer', async () => {
  const { crm } = await netsuite();
  const created = await crm.createContact({ name: 'Ada Test', phoneNumber: '+14155550123' });
  expect(valueIn(created)).toMatchObject({ id: '345', idFrom: 'header', name: null });
});

it('writes date and time in the zone that an earlier step captured, and leaves out what there is none of', async () => {
  const { crm, sent } = await netsuite();
  expect(valueIn(await crm.createCallLog(callTo('8'))).id).toBe('900');
  expect(jsonOf(sent(`POST ${home}/record/v1/phonecall`)[0])).toEqual({
    title: 'Call with Ada',
    startDate: '2026-03-17',
    startTime: '15:58',
    endTime: '16:01',
    timedEvent: true,
    message: callTo(8).details,
    contact: { id: '8' },
    transaction: { id: 0, type: null },
  });
});

it('takes a 204 for an update that was done', async () => {
  const { crm } = await netsuite();
  const { call, details } = callTo(8);
  const outcome = await crm.updateCallLog(900, {
    subject: '',
    note: '',
    details,
    existing: '',
    call,
    contactId: '8',
  });
  expect(outcome).toMatchObject({ kind: 'ok', answer: { status: 204 } });
});
