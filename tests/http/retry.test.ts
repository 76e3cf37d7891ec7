import { describe, expect, it } from 'vitest';
import { retryAfterMs } from '../../src/http/retry.ts';
import { get, noWait, once, post, read, rejection, serve, transportWith } from './server.ts';

/** Answers with these statuses in turn (0: breaks the connection), then with 200. */
async function answering(statuses: number[], headers: Record<string, string> = {}) {
  const { url, received } = await serve((_request, response, count) => {
    const status = statuses[count - 1] ?? 200;
    if (status === 0) response.destroy();
    else response.writeHead(status, status === 200 ? {} : headers).end();
  });
  const { wait, waits } = noWait();
  return { url, received, waits, transport: transportWith({}, wait) };
}

describe('after a 429', () => {
  it.each([
    ['a read', read],
    ['a create', once],
  ])('%s is repeated when Retry-After has passed', async (_name, options) => {
    const { url, received, waits, transport } = await answering([429, 429], { 'retry-after': '7' });
    await expect(transport.send(post(url, 'x'), options)).resolves.toMatchObject({
      status: 200,
      exchange: 3,
    });
    expect(waits).toEqual([7000, 7000]);
    expect(received.map(({ body }) => body)).toEqual(['x', 'x', 'x']);
    expect(transport.exchanges.map(({ attempt, response }) => [attempt, response?.status])).toEqual([
      [1, 429],
      [2, 429],
      [3, 200],
    ]);
  });

  it('it is repeated with a back-off where Retry-After is missing', async () => {
    const { url, waits, transport } = await answering([429, 429]);
    await transport.send(get(url), once);
    expect(waits).toEqual([1000, 2000]);
  });

  it.each([
    ['one that is too long', [429], '61', []],
    ['several that are too long together', [429, 429], '31', [31_000]],
  ])(
    'the 429 is the answer after a wait of more than a minute: %s',
    async (_name, statuses, after, expected) => {
      const { url, waits, transport } = await answering(statuses, { 'retry-after': after });
      await expect(transport.send(get(url), read)).resolves.toMatchObject({ status: 429 });
      expect(waits).toEqual(expected);
    },
  );

  it.each([
    ['with Retry-After is a rate limit', { 'retry-after': '3' }, 200, [3000]],
    ['without is a refusal', {}, 403, []],
  ])('a 403 %s', async (_, headers, status, expected) => {
    const { url, waits, transport } = await answering([403], headers);
    await expect(transport.send(post(url, 'x'), once)).resolves.toMatchObject({ status });
    expect(waits).toEqual(expected);
  });

  it('a 403 with Retry-After is a refusal where one is looked for', async () => {
    const { url, waits, transport } = await answering([403], { 'retry-after': '60' });
    await expect(transport.send(get(url), { ...read, expectsRefusal: true })).resolves.toMatchObject({
      status: 403,
    });
    expect(waits).toEqual([]);
  });

  it('who is put off by a second again and again waits a minute in all', async () => {
    const { url, waits, transport } = await answering(Array(9).fill(429), { 'retry-after': '1' });
    await expect(transport.send(post(url, 'x'), once)).resolves.toMatchObject({ status: 200 });
    expect(waits).toEqual(Array(9).fill(1000));
  });

  it('Retry-After: 0 does not make it an endless loop', async () => {
    const { url, received, transport } = await answering(Array(20).fill(429), { 'retry-after': '0' });
    await expect(transport.send(get(url), read)).resolves.toMatchObject({ status: 429 });
    expect(received).toHaveLength(6);
  });
});

describe.each([502, 503, 504, 0])('after %i (0: a broken connection)', (status) => {
  it('a read is repeated twice', async () => {
    const { url, received, waits, transport } = await answering([status, status]);
    await expect(transport.send(get(url), read)).resolves.toMatchObject({ status: 200 });
    expect(received).toHaveLength(3);
    expect(waits).toEqual([250, 500]);
    expect(transport.exchanges.map(({ attempt, chain }) => [attempt, chain])).toEqual([
      [1, 1],
      [2, 2],
      [3, 3],
    ]);
  });

  it('a read is not repeated a third time', async () => {
    const { url, received, transport } = await answering([status, status, status]);
    const sent = transport.send(get(url), read);
    if (status === 0) expect(await rejection(sent)).toMatchObject({ code: 'connection-lost', exchange: 3 });
    else expect(await sent).toMatchObject({ status, exchange: 3 });
    expect(received).toHaveLength(3);
  });

  it('a create is never repeated', async () => {
    const { url, received, transport } = await answering([status]);
    const sent = transport.send(post(url, '{}'), once);
    if (status === 0) expect(await rejection(sent)).toMatchObject({ code: 'connection-lost' });
    else expect(await sent).toMatchObject({ status });
    expect(received).toHaveLength(1);
  });
});

it.each([400, 401, 404, 500, 501])('after %i nothing is repeated', async (status) => {
  const { url, received, transport } = await answering([status]);
  await expect(transport.send(get(url), read)).resolves.toMatchObject({ status });
  expect(received).toHaveLength(1);
});

it('a time-out is not repeated', async () => {
  const { url, received } = await serve(() => {});
  await rejection(transportWith({ timeoutMs: 50 }, noWait().wait).send(get(url), read));
  expect(received).toHaveLength(1);
});

it('others use the place of a request that waits for its repeat', async () => {
  const { url } = await serve(({ target }, response, count) => {
    response.writeHead(target === '/busy' && count === 1 ? 429 : 200, { 'retry-after': '0' }).end();
  });
  const transport = transportWith({ concurrency: 1 }, async () => {
    await transport.send(get(`${url}/other`), once);
  });
  await transport.send(get(`${url}/busy`), once);
  expect(transport.exchanges.map(({ request }) => new URL(request.url).pathname)).toEqual([
    '/busy',
    '/other',
    '/busy',
  ]);
});

it.each([
  ['5', 5000],
  ['Wed, 21 Oct 2015 07:28:10 GMT', 10_000],
  ['Wed, 21 Oct 2015 07:27:00 GMT', 0],
  ['soon', null],
  [undefined, null],
])('Retry-After %s means %s ms', (value, expected) => {
  expect(retryAfterMs(value, Date.parse('2015-10-21T07:28:00Z'))).toBe(expected);
});
