import * as oauth from 'openid-client';
import { expect, it } from 'vitest';
import { createFetch } from '../../src/http/fetch.ts';
import { get, rejection, serve, transportWith } from './server.ts';

const defaults = { intent: 'token request', repeat: 'once' } as const;

it.each([
  ['a string', 'a=b+c', undefined],
  ['URLSearchParams', new URLSearchParams({ a: 'b c' }), 'application/x-www-form-urlencoded;charset=UTF-8'],
  ['bytes', new TextEncoder().encode('a=b+c'), undefined],
])('it sends %s', async (_name, body, contentType) => {
  const { url, received } = await serve((_request, response) => response.end());
  await createFetch(transportWith(), defaults)(`${url}/token?x=+`, {
    method: 'POST',
    headers: new Headers({ 'X-A': 'b' }),
    body,
  });
  expect(received[0]).toMatchObject({
    method: 'POST',
    target: '/token?x=+',
    body: 'a=b+c',
    headers: { 'x-a': 'b' },
  });
  expect(received[0]?.headers['content-type']).toBe(contentType);
});

it('it returns a real Response', async () => {
  const { url } = await serve((_request, response) => {
    response
      .writeHead(
        201,
        [
          ['Content-Type', 'application/json'],
          ['Set-Cookie', 'a=1'],
          ['Set-Cookie', 'b=2'],
        ].flat(),
      )
      .end('{"a":"ü"}');
  });
  const response = await createFetch(transportWith(), defaults)(url);
  expect(response).toBeInstanceOf(Response);
  expect(response.status).toBe(201);
  expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
  expect(await response.clone().text()).toBe('{"a":"ü"}');
  expect(await response.json()).toEqual({ a: 'ü' });
});

it.each([204, 304])('it returns a %i without a body', async (status) => {
  const { url } = await serve((_request, response) => response.writeHead(status).end());
  expect(await createFetch(transportWith(), defaults)(url)).toMatchObject({ status, body: null });
});

it('it never follows a redirect', async () => {
  const { url, received } = await serve((_request, response) =>
    response.writeHead(302, { location: '/else' }).end(),
  );
  expect((await createFetch(transportWith(), defaults)(url, { redirect: 'manual' })).status).toBe(302);
  expect(received).toHaveLength(1);
});

it('it rejects with the trouble', async () => {
  const { url } = await serve((_request, response) => response.destroy());
  expect(await rejection(createFetch(transportWith(), defaults)(url))).toMatchObject({
    name: 'HttpTrouble',
    code: 'connection-lost',
  });
});

it('it carries a grant of openid-client, whose tokens are secrets from then on', async () => {
  const { url, received } = await serve((_request, response) => {
    const token = { access_token: 'opaque-access-value', token_type: 'Bearer', expires_in: 60 };
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(token));
  });
  const transport = transportWith();
  const config = new oauth.Configuration(
    { issuer: url, token_endpoint: `${url}/token` },
    'me',
    undefined,
    oauth.ClientSecretBasic('my-client-secret'),
  );
  oauth.allowInsecureRequests(config);
  config[oauth.customFetch] = createFetch(transport, {
    ...defaults,
    secretsIn: ({ text }) => [JSON.parse(text).access_token],
  });
  const tokens = await oauth.clientCredentialsGrant(config);
  expect(tokens.access_token).toBe('opaque-access-value');
  expect(received[0]?.headers.authorization).toMatch(/^Basic /);
  await transport.send(get(`${url}/opaque-access-value`), { intent: 'next', repeat: 'read' });
  expect(JSON.stringify(transport.exchanges)).not.toContain('opaque-access-value');
});
