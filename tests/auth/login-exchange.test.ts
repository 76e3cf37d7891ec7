import type { ServerResponse } from 'node:http';
import { expect, it } from 'vitest';
import { authorize } from '../../src/auth/oauth/authorize.ts';
import { exchangeInAnyWay } from '../../src/auth/oauth/login-exchange.ts';
import type { Received } from '../http/server.ts';
import { startAuthorizationServer } from './authorization-server.ts';

type Refuse = (request: Received, response: ServerResponse) => boolean;

/** What comes of a code for which a person has logged in, and how often it was sent. */
async function exchange(refuse: Refuse) {
  const { transport, client, received } = await startAuthorizationServer(
    (step, request, response) => step === '/token' && refuse(request, response),
  );
  const outcome = await authorize(transport, client);
  if (outcome.kind !== 'code') throw new Error('no code');
  const exchanged = await exchangeInAnyWay(transport, client, outcome.code, null);
  const asked = received.filter(({ target }) => target.startsWith('/token')).length;
  return { exchanged, asked };
}

const answer = (response: ServerResponse, status: number, body: object) => {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  return true;
};
const toBasic =
  (status: number, body: object): Refuse =>
  ({ headers }, response) =>
    headers.authorization !== undefined && answer(response, status, body);

it.each<[string, Refuse]>([
  ['401 invalid_client', toBasic(401, { error: 'invalid_client' })],
  ["HubSpot's 400 BAD_CLIENT_ID", toBasic(400, { status: 'BAD_CLIENT_ID', message: 'unknown client id' })],
  ['400 invalid_request', toBasic(400, { error: 'invalid_request' })],
  ['a 500', toBasic(500, {})],
])('%s to HTTP Basic is no last word: the client goes into the body', async (_, refuse) => {
  const { exchanged, asked } = await exchange(refuse);
  expect(exchanged).toMatchObject({ kind: 'tokens', clientAuth: 'body' });
  expect(asked).toBe(2);
});

it.each<[string, Refuse, object, number]>([
  [
    'invalid_grant, which speaks of the code',
    (_, response) => answer(response, 400, { error: 'invalid_grant' }),
    { kind: 'refused', wrongClient: false, otherWays: false },
    1,
  ],
  [
    'every way refused: the first is told',
    ({ headers }, response) =>
      answer(response, headers.authorization ? 401 : 400, {
        error: headers.authorization ? 'invalid_client' : 'invalid_request',
      }),
    { kind: 'refused', wrongClient: true, answer: { status: 401 }, otherWays: true },
    3,
  ],
  [
    'a server that fails in every way',
    (_, response) => answer(response, 502, {}),
    { kind: 'trouble', message: 'HTTP 502', otherWays: true },
    3,
  ],
])('ends with %s', async (_, refuse, expected, times) => {
  const { exchanged, asked } = await exchange(refuse);
  expect(exchanged).toMatchObject(expected);
  expect(asked).toBe(times);
});
