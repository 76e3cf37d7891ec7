import { expect, it } from 'vitest';
import { asked, callTo, connect, jsonOf, type Replies, valueIn } from '../connector.ts';

const env = { ODOO_KEY: 'key-1234' };

/** One URL, positional arguments, and HTTP 200 for everything: the login finds out who is asking, and nothing more. */
const profile = `
vars: { db: acme, login: ada }
auth:
  type: login
  steps:
    - method: POST
      url: /jsonrpc
      body:
        jsonrpc: "2.0"
        params: { service: common, method: authenticate, args: ["{{ vars.db }}", "{{ vars.login }}", "{{ secrets.ODOO_KEY }}", {}] }
      success: body.result
      captures: { uid: body.result }
  discovers: [uid]
requestDefaults: { baseUrl: BASE }
operations:
  getUserInfo:
    method: POST
    url: /jsonrpc
    body:
      jsonrpc: "2.0"
      params: { service: object, method: execute_kw, args: ["{{ vars.db }}", "{{ auth.uid }}", "{{ secrets.ODOO_KEY }}", res.users, read, [["{{ auth.uid }}"], [name]]] }
    success: body.result
    responseMapping: { idPath: "body.result[0].id", namePath: "body.result[0].name" }
  findContact:
    method: POST
    url: /jsonrpc
    body:
      params: { service: object, method: execute_kw, args: ["{{ vars.db }}", "{{ auth.uid }}", "{{ secrets.ODOO_KEY }}", res.partner, search_read, [[["phone", "ilike", "{{ phoneNumber | significant }}"]]]] }
    success: type(body.result) == 'array'
    responseMapping: { listPath: body.result, item: { idPath: id, namePath: name, phonePath: phone || mobile } }
  createCallLog:
    method: POST
    url: /jsonrpc
    body:
      params: { service: object, method: execute_kw, args: ["{{ vars.db }}", "{{ auth.uid }}", "{{ secrets.ODOO_KEY }}", mail.message, create, [{ body: "{{ composedLogDetails }}", res_id: "{{ contactInfo.id | number }}" }]] }
    success: body.result
    responseMapping: { idPath: body.result }
`;

interface Rpc {
  params: { method: string; args: unknown[] };
}

async function odoo(replies: Replies = {}) {
  return connect(
    profile,
    {
      'POST /jsonrpc': (request) => {
        const { method, args } = (jsonOf(request) as Rpc).params;
        const key = args[2];
        if (method === 'authenticate') return { body: { result: key === 'key-1234' ? 2 : false } };
        if (key !== 'key-1234') {
          return {
            body: { error: { code: 200, message: 'Odoo Server Error', data: { name: 'AccessDenied' } } },
          };
        }
        switch (args[3]) {
          case 'res.users':
            return { body: { result: [{ id: 2, name: 'Ada' }] } };
          case 'res.partner':
            return {
              body: { result: [{ id: 8, name: 'Ada Test', phone: false, mobile: '+1 415-555-0123' }] },
            };
          default:
            return { body: { jsonrpc: '2.0', result: 90 } };
        }
      },
      ...replies,
    },
    { env },
  );
}

it('finds out the user number first, and sends it on as a number', async () => {
  const { crm, received } = await odoo();
  expect(valueIn(await crm.getUserInfo())).toMatchObject({ id: 2, name: 'Ada' });
  expect((jsonOf(received[1]) as Rpc).params.args).toEqual([
    'acme',
    2,
    'key-1234',
    'res.users',
    'read',
    [[2], ['name']],
  ]);
});

it.each(['tampered', 'absent'] as const)('is told a 200 with an error for a %s key', async (state) => {
  const { crm, received } = await odoo();
  const outcome = await crm.through(crm.session.as(state)).getUserInfo();
  expect(outcome).toMatchObject({ kind: 'refused', status: 200, answer: { unmasked: true } });
  expect((jsonOf(received.at(-1)) as Rpc).params.args[2]).not.toBe('key-1234');
});

it('is not signed in when the login answers 200 and `false`', async () => {
  const { signedIn } = await odoo({ 'POST /jsonrpc': { body: { jsonrpc: '2.0', result: false } } });
  expect(signedIn).toMatchObject({
    session: null,
    failure: { kind: 'refused', requirement: 'auth.accepted' },
  });
});

it('takes `false` for a missing value, and a list for success', async () => {
  const { crm } = await odoo();
  expect(valueIn(await crm.findContact(asked)).contacts).toMatchObject([
    { id: 8, name: 'Ada Test', phone: '+1 415-555-0123' },
  ]);
});

it('reads a bare number as the new id', async () => {
  const { crm } = await odoo();
  expect(valueIn(await crm.createCallLog(callTo(8)))).toMatchObject({ id: 90, idFrom: 'body' });
});
