import { expect, it } from 'vitest';
import { holds } from '../../src/operation/predicate.ts';
import { asked, connect, type Reply } from './connector.ts';

it.each([
  [null, false],
  [false, false],
  ['', false],
  ['false', false],
  ['0', false],
  [0, false],
  [[], false],
  [{}, true],
  ['no', true],
  [1, true],
  [[null], true],
])('%j holds: %s', (value, expected) => {
  expect(holds(value)).toBe(expected);
});

async function asks(predicate: string, reply: Reply) {
  const { crm } = await connect(
    `
auth: { type: none }
requestDefaults: { baseUrl: BASE }
operations:
  findContact: { url: /people, ${predicate}, responseMapping: { listPath: "body.people || \`[]\`", item: { idPath: id } } }
`,
    { 'GET /people': reply },
  );
  return crm.findContact(asked);
}

it.each([
  [
    'a predicate of the body that does not hold',
    'success: "!(body.errors)"',
    { body: { errors: [1] } },
    'refused',
  ],
  ['a predicate that cannot be worked out', 'success: length(body.ok)', { body: { ok: 1 } }, 'refused'],
  ['401 without a body, which has no errors either', 'success: "!(body.errors)"', { status: 401 }, 'refused'],
  ['500 without a body', 'success: "!(body.errors)"', { status: 500 }, 'trouble'],
  ['a 404 that the predicate names', 'success: status < `500`', { status: 404, body: { people: [] } }, 'ok'],
  [
    'a status in the body, which is not the status',
    "success: body.status == '0'",
    { status: 500, body: { status: '0' } },
    'trouble',
  ],
  [
    'nobody, by the text of a 404',
    "empty: body.code == 'NONE'",
    { status: 404, body: { code: 'NONE' } },
    'ok',
  ],
  ['nobody, by what a 401 does not have', 'empty: "!(body.people)"', { status: 401, body: {} }, 'refused'],
  ['nobody, by a status of 500', 'empty: status == `500`', { status: 500, body: {} }, 'ok'],
])('takes %s for %s', async (_, predicate, reply, kind) => {
  expect((await asks(predicate, reply)).kind).toBe(kind);
});
