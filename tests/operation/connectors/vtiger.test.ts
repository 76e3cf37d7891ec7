import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { asked, connect, queryOf, type Replies, valueIn } from '../connector.ts';

const env = { VT_USER: 'ada', VT_KEY: 'access-key-1' };

/** A challenge, its answer by MD5, and JSON inside of forms. */
const profile = `
auth:
  type: login
  steps:
    - url: /webservice.php
      query: { operation: getchallenge, username: "{{ secrets.VT_USER }}" }
      success: body.success
      captures: { challenge: body.result.token }
    - method: POST
      url: /webservice.php
      bodyType: form
      body:
        operation: login
        username: "{{ secrets.VT_USER }}"
        accessKey: "{{ captures.challenge | append: secrets.VT_KEY | md5 }}"
      success: body.success
      captures: { session: body.result.sessionName, userId: body.result.userId }
  discovers: [userId]
  query: { sessionName: "{{ auth.session }}" }
requestDefaults: { baseUrl: BASE }
operations:
  findContact:
    url: /webservice.php
    query:
      operation: query
      query: "SELECT id, lastname FROM Contacts WHERE phone = '{{ phoneNumber | sql }}';"
    success: body.success
    responseMapping: { listPath: body.result, item: { idPath: id, namePath: lastname } }
  createContact:
    method: POST
    url: /webservice.php
    bodyType: form
    body:
      operation: create
      elementType: Contacts
      element: { lastname: "{{ newContactName }}", phone: "{{ phoneNumber }}", assigned_user_id: "{{ auth.userId }}" }
    success: body.success
    responseMapping: { idPath: body.result.id }
`;

async function vtiger(replies: Replies = {}) {
  return connect(
    profile,
    {
      'GET /webservice.php': ({ target }) => ({
        body: target.includes('getchallenge')
          ? { success: true, result: { token: 'challenge-1' } }
          : { success: true, result: [{ id: '12x4', lastname: 'Test' }] },
      }),
      'POST /webservice.php': ({ body }) => ({
        body: body.includes('operation=login')
          ? { success: true, result: { sessionName: 'session-1', userId: '19x1' } }
          : { success: true, result: { id: '12x5' } },
      }),
      ...replies,
    },
    { env },
  );
}

it('answers the challenge in a form', async () => {
  const { received } = await vtiger();
  expect(queryOf(received[0])).toBe('operation=getchallenge&username=ada');
  const proof = createHash('md5').update('challenge-1access-key-1').digest('hex');
  expect(received[1]).toMatchObject({
    body: `operation=login&username=ada&accessKey=${proof}`,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  });
});

it('signs by a query parameter, beside those of the request', async () => {
  const { crm, received } = await vtiger();
  expect(valueIn(await crm.findContact(asked)).contacts).toMatchObject([{ id: '12x4' }]);
  const parameters = new URLSearchParams(queryOf(received[2]));
  expect(Object.fromEntries(parameters)).toEqual({
    operation: 'query',
    query: "SELECT id, lastname FROM Contacts WHERE phone = '+14155550123';",
    sessionName: 'session-1',
  });
});

it('puts a record as JSON into a form field', async () => {
  const { crm, received } = await vtiger();
  expect(valueIn(await crm.createContact({ name: 'Ada & Test', phoneNumber: '+14155550123' })).id).toBe(
    '12x5',
  );
  const form = new URLSearchParams(received[2]?.body);
  expect(JSON.parse(form.get('element') ?? '')).toEqual({
    lastname: 'Ada & Test',
    phone: '+14155550123',
    assigned_user_id: '19x1',
  });
});

it('takes 200 with `success: false` for a refusal, and says what the CRM said', async () => {
  const { crm } = await vtiger();
  const { crm: refused } = await vtiger({
    'GET /webservice.php': ({ target }) =>
      target.includes('getchallenge')
        ? { body: { success: true, result: { token: 'challenge-1' } } }
        : {
            body: {
              success: false,
              error: { code: 'INVALID_SESSIONID', message: 'Session Identifier provided is Invalid' },
            },
          },
  });
  expect((await crm.findContact(asked)).kind).toBe('ok');
  expect(await refused.findContact(asked)).toMatchObject({
    kind: 'refused',
    status: 200,
    message: 'Session Identifier provided is Invalid',
    answer: { unmasked: true },
  });
});
