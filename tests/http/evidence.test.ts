import { describe, expect, it } from 'vitest';
import { get, once, post, read, rejection, serve, transportWith } from './server.ts';

describe('an exchange', () => {
  it('tells what was sent and what came back', async () => {
    const { url } = await serve((_request, response) =>
      response.writeHead(201, { 'x-id': '7' }).end('{"id":7}'),
    );
    const transport = transportWith();
    const answer = await transport.send(post(`${url}/contacts`, '{"a":1}', { accept: 'text/plain' }), {
      intent: 'createContact',
      repeat: 'once',
    });
    expect(answer).toMatchObject({ status: 201, exchange: 1, url: `${url}/contacts` });
    expect(transport.exchanges).toEqual([
      {
        id: 1,
        check: null,
        intent: 'createContact',
        startedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
        request: {
          method: 'POST',
          url: `${url}/contacts`,
          headers: {
            accept: 'text/plain',
            'user-agent': 'crm-ready/test',
            'accept-encoding': 'gzip, deflate, br',
          },
          body: '{"a":1}',
        },
        response: { status: 201, headers: expect.objectContaining({ 'x-id': '7' }), body: '{"id":7}' },
        timing: {
          dnsMs: null,
          connectMs: expect.any(Number),
          firstByteMs: expect.any(Number),
          totalMs: expect.any(Number),
        },
        attempt: 1,
        chain: 1,
      },
    ]);
  });

  it('measures the name server where a name is looked up', async () => {
    const { port } = await serve((_request, response) => response.end());
    const transport = transportWith();
    await transport.send(get(`http://localhost:${port}/`), read);
    const timing = transport.exchanges[0]?.timing;
    expect(timing?.dnsMs).toEqual(expect.any(Number));
    expect(timing?.connectMs).toBeGreaterThanOrEqual(timing?.dnsMs ?? Number.NaN);
  });

  it('is kept for a request that failed', async () => {
    const { url } = await serve((_request, response) => response.destroy());
    const transport = transportWith();
    const trouble = await rejection(transport.send(get(url), once));
    expect(trouble).toMatchObject({ name: 'HttpTrouble', code: 'connection-lost', exchange: 1 });
    expect(transport.exchanges).toMatchObject([{ id: 1, error: { code: 'connection-lost' } }]);
    expect(transport.exchanges[0]?.response).toBeUndefined();
  });

  it('stands in the order of sending, not of answering', async () => {
    const { url } = await serve(({ target }, response) => {
      setTimeout(() => response.end(target), target === '/slow' ? 80 : 0);
    });
    const transport = transportWith();
    await Promise.all(['/slow', '/fast'].map((target) => transport.send(get(url + target), read)));
    expect(transport.exchanges.map(({ id, response }) => [id, response?.body])).toEqual([
      [1, '/slow'],
      [2, '/fast'],
    ]);
  });

  it('keeps 64 KiB of a longer body and says how long it was', async () => {
    const { url } = await serve((_request, response) => response.end('x'.repeat(100_000)));
    const transport = transportWith();
    expect((await transport.send(get(url), read)).text).toHaveLength(100_000);
    expect(transport.exchanges[0]?.response?.body).toHaveLength(65_536);
    expect(transport.exchanges[0]?.response?.cutFrom).toBe(100_000);
  });

  it.each([65_530, 1024 * 1024 - 10])('never keeps half of a secret (cut at %i)', async (before) => {
    const secret = 'h4lf-of-th1s-sh0uld-n0t-sh0w';
    const { url } = await serve((_request, response) =>
      response.end(`${'x'.repeat(before)}${secret}${'y'.repeat(100_000)}`),
    );
    const transport = transportWith();
    transport.redaction.add(secret);
    await transport.send(get(url), read);
    expect(transport.exchanges[0]?.response?.body).not.toContain('h4lf');
  });

  it('shows of the body what `withhold` leaves of it, and the answer shows all', async () => {
    const { url } = await serve((_request, response) => response.end('{"people":["Jane Sample"],"total":1}'));
    const transport = transportWith();
    const answer = await transport.send(get(url), { ...read, withhold: () => ({ total: 1 }) });
    expect(answer.json).toEqual({ people: ['Jane Sample'], total: 1 });
    expect(transport.exchanges[0]?.response?.body).toBe('{"total":1}');
  });

  it('keeps the bytes of a body of which nothing is withheld', async () => {
    const { url } = await serve((_request, response) => response.end('{ "total" : 1 }'));
    const transport = transportWith();
    await transport.send(get(url), { ...read, withhold: (body) => body });
    expect(transport.exchanges[0]?.response?.body).toBe('{ "total" : 1 }');
  });
});

it('no secret is in the evidence, wherever the server repeats it', async () => {
  const secret = 'c4n4ry+/=&"s3cr3t';
  const session = 'n3w-s3ss10n-v4lue';
  const { url } = await serve((request, response) => {
    response.writeHead(500, { 'x-echo': encodeURIComponent(secret), 'set-cookie': `sid=${session}` });
    response.end(
      `${JSON.stringify({ ...request, session })} ${encodeURIComponent(request.target)} ${btoa(secret)} ${session}`,
    );
  });
  const transport = transportWith();
  transport.redaction.add(secret);
  await transport.send(
    post(`${url}/a?key=${encodeURIComponent(secret)}`, new URLSearchParams({ field: secret }).toString(), {
      authorization: `Basic ${btoa(`user:${secret}`)}`,
      'x-vendor': 'key-that-is-only-named',
    }),
    { ...once, credentialHeaders: ['x-vendor'], secretsIn: () => [session] },
  );
  const evidence = JSON.stringify(transport.exchanges);
  for (const form of [
    secret,
    encodeURIComponent(secret),
    'c4n4ry',
    btoa(secret),
    btoa(`user:${secret}`).slice(0, 20),
    session,
  ]) {
    expect(evidence).not.toContain(form);
  }
  // The server's echo of a header whose value nobody added by value is not known; the request's own is.
  expect(JSON.stringify(transport.exchanges[0]?.request)).not.toContain('key-that-is-only-named');
});

it('a message of trouble in the evidence is redacted', async () => {
  const transport = transportWith();
  transport.redaction.add('127.0.0.1');
  await rejection(transport.send(get('http://127.0.0.1:1/'), once));
  expect(transport.exchanges[0]?.error?.message).toContain('‹redacted›');
});
