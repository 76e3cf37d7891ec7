import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { TransportOptions } from '../../src/http/types.ts';
import { get, noWait, once, post, read, rejection, serve, transportWith } from './server.ts';

const silent = () => serve(() => {});

describe('a time-out', () => {
  it('ends a request without an answer', async () => {
    const { url } = await silent();
    const transport = transportWith({ timeoutMs: 60 });
    expect(await rejection(transport.send(get(url), read))).toMatchObject({ code: 'timeout', exchange: 1 });
    expect(transport.exchanges[0]?.timing).toMatchObject({ firstByteMs: null });
    expect(transport.exchanges[0]?.timing.totalMs).toBeLessThan(4000);
  });

  it('covers the whole body', async () => {
    const { url } = await serve((_request, response) => void response.writeHead(200).write('begun'));
    const transport = transportWith({ timeoutMs: 1500 });
    expect(await rejection(transport.send(get(url), read))).toMatchObject({ code: 'timeout' });
    expect(transport.exchanges[0]?.timing.firstByteMs).toEqual(expect.any(Number));
  });

  it('does not count the wait for a turn', async () => {
    const { url } = await serve((_request, response) => void setTimeout(() => response.end(), 250));
    const transport = transportWith({ timeoutMs: 900, concurrency: 1 });
    const sent = [1, 2, 3, 4].map(() => transport.send(get(url), read));
    await expect(Promise.all(sent)).resolves.toHaveLength(4);
  });
});

describe('an answer that is too large', () => {
  it('is not read to its end', async () => {
    const { url } = await serve((_request, response) => response.end('x'.repeat(5000)));
    const transport = transportWith({ maxBytes: 4096 });
    expect(await rejection(transport.send(get(url), read))).toMatchObject({ code: 'too-large', exchange: 1 });
  });

  it('is noticed when it was small on the wire', async () => {
    const { url } = await serve((_request, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('x'.repeat(100_000)));
    });
    expect(await rejection(transportWith({ maxBytes: 4096 }).send(get(url), read))).toMatchObject({
      code: 'too-large',
    });
  });
});

describe('concurrency', () => {
  it('is never above the limit', async () => {
    let now = 0;
    let most = 0;
    const { url } = await serve((_request, response) => {
      most = Math.max(most, ++now);
      setTimeout(() => {
        now--;
        response.end();
      }, 15);
    });
    const transport = transportWith({ concurrency: 2 });
    await Promise.all(Array.from({ length: 8 }, () => transport.send(get(url), read)));
    expect(most).toBe(2);
  });

  it('lets what changes something go before what only looks', async () => {
    const { url, received } = await serve((_request, response) => void setTimeout(() => response.end(), 15));
    const transport = transportWith({ concurrency: 1 });
    const sent = [
      get(`${url}/1`),
      get(`${url}/2`),
      post(`${url}/3`, ''),
      get(`${url}/4`),
      post(`${url}/5`, ''),
    ];
    await Promise.all(sent.map((request) => transport.send(request, once)));
    expect(received.map(({ target }) => target)).toEqual(['/1', '/3', '/5', '/2', '/4']);
  });

  it('gets its place back from a request that failed', async () => {
    const { url } = await serve(
      ({ target }, response) => void (target === '/ok' ? response.end() : response.destroy()),
    );
    const transport = transportWith({ concurrency: 1 });
    await rejection(transport.send(get(`${url}/broken`), once));
    await expect(transport.send(get(`${url}/ok`), once)).resolves.toMatchObject({ status: 200 });
  });
});

describe('requests per second', () => {
  it.each([
    [4, 10, [0, 0, 0, 0, 1000, 1000, 1000, 1000, 2000, 2000]],
    [0.5, 3, [0, 2000, 4000]],
  ])('%d: further requests wait', async (requestsPerSecond, count, expected) => {
    const { url } = await serve((_request, response) => response.end());
    const { wait, waits } = noWait();
    const transport = transportWith({ requestsPerSecond, concurrency: count }, wait);
    await Promise.all(Array.from({ length: count }, () => transport.send(get(url), read)));
    const waited = waits.map((ms) => Math.round(ms / 100) * 100);
    expect(waited).toEqual(expected.filter((ms) => ms > 0));
  });
});

it('clean-up does not wait for places of requests that were never sent', async () => {
  const { url } = await serve((_request, response) => response.end());
  const waits: number[] = [];
  const transport = transportWith({ requestsPerSecond: 1, concurrency: 10 }, (ms, signal) => {
    waits.push(ms);
    // The clock stands still: whoever waits does so until the run is cancelled.
    return new Promise((resolve, reject) => {
      if (waits.length > 5) resolve();
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    });
  });
  const sent = Array.from({ length: 6 }, () => transport.send(get(url), once).catch(() => null));
  while (waits.length < 5) await new Promise((resolve) => setTimeout(resolve, 5));
  transport.cancel('cancelled');
  await Promise.all(sent);
  await transport.cleanUp(5, () => transport.send(get(url), once));
  expect(waits.slice(5).every((ms) => ms <= 1000)).toBe(true);
});

describe('the request budget', () => {
  const spent = async (options: Partial<TransportOptions>) => {
    const { url, received } = await serve((_request, response) => response.writeHead(503).end());
    const transport = transportWith(options, noWait().wait);
    return { url, received, transport };
  };

  it('ends the run of requests before one is sent', async () => {
    const { url, received, transport } = await spent({ maxRequests: 2 });
    for (let n = 0; n < 2; n++) await transport.send(get(url), once);
    expect(await rejection(transport.send(get(url), once))).toMatchObject({
      code: 'request-budget',
      exchange: null,
    });
    expect(received).toHaveLength(2);
    expect(transport.exchanges).toHaveLength(2);
  });

  it('counts repeats, and then takes the last answer', async () => {
    const { url, received, transport } = await spent({ maxRequests: 2 });
    await expect(transport.send(get(url), read)).resolves.toMatchObject({ status: 503 });
    expect(received).toHaveLength(2);
  });

  it('does not hold back clean-up', async () => {
    const { url, received, transport } = await spent({ maxRequests: 1 });
    await transport.send(get(url), once);
    await transport.cleanUp(5, () => transport.send({ method: 'DELETE', url, headers: {} }, once));
    expect(received).toHaveLength(2);
    expect(await rejection(transport.send(get(url), once))).toMatchObject({ code: 'request-budget' });
  });
});

describe('cancelling', () => {
  it.each(['cancelled', 'deadline'] as const)(
    'ends what is under way and what waits (%s)',
    async (reason) => {
      const { url, received } = await silent();
      const transport = transportWith({ concurrency: 1 });
      const sent = [1, 2].map(() => rejection(transport.send(get(url), read)));
      while (received.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
      transport.cancel(reason);
      expect(await Promise.all(sent)).toMatchObject([
        { code: reason, exchange: 1 },
        { code: reason, exchange: null },
      ]);
      expect(transport.exchanges).toMatchObject([{ error: { code: reason } }]);
      expect(await rejection(transport.send(get(url), read))).toMatchObject({ code: reason, exchange: null });
    },
  );

  it('lets a request that changes something have its answer, where it was sent', async () => {
    const { url, received } = await serve(
      (_request, response) => void setTimeout(() => response.end('{"id":17}'), 200),
    );
    const transport = transportWith({ concurrency: 1 });
    const [sent, waiting] = [1, 2].map(() => transport.send(post(url, 'x'), once));
    while (received.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    transport.cancel('cancelled');
    await expect(waiting).rejects.toMatchObject({ code: 'cancelled', exchange: null });
    await expect(sent).resolves.toMatchObject({ status: 200, json: { id: 17 } });
    expect(received).toHaveLength(1);
  });

  it('does not let it outlive the run', async () => {
    const { url, received } = await silent();
    const transport = transportWith({ timeoutMs: 60_000 });
    const sent = rejection(transport.send(post(url, 'x'), once));
    while (received.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    transport.cancel('cancelled');
    await transport.close();
    expect(await sent).toMatchObject({ code: 'cancelled' });
  });

  it('ends a wait between two attempts', async () => {
    const { url } = await serve((_request, response) =>
      response.writeHead(429, { 'retry-after': '30' }).end(),
    );
    const transport = transportWith();
    const sent = rejection(transport.send(post(url, ''), once));
    while (transport.exchanges.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    transport.cancel('cancelled');
    expect(await sent).toMatchObject({ code: 'cancelled' });
  });

  it('does not reach clean-up, which may take as long as it is given', async () => {
    const { url } = await serve(({ target }, response) => void (target === '/quick' && response.end()));
    const transport = transportWith();
    await transport.cleanUp(0.1, async () => {
      transport.cancel('cancelled');
      await expect(transport.send(get(`${url}/quick`), once)).resolves.toMatchObject({ status: 200 });
      expect(await rejection(transport.send(get(`${url}/slow`), once))).toMatchObject({
        code: 'deadline',
        exchange: 2,
      });
      expect(await rejection(transport.send(get(`${url}/quick`), once))).toMatchObject({
        code: 'deadline',
        exchange: null,
      });
    });
    expect(await rejection(transport.send(get(`${url}/quick`), once))).toMatchObject({ code: 'cancelled' });
  });

  it('does not let an earlier request slip through the door that opened for clean-up', async () => {
    const { url, received } = await serve((_request, response) =>
      response.writeHead(429, { 'retry-after': '0' }).end(),
    );
    const transport = transportWith({}, async (_ms, signal) => {
      transport.cancel('cancelled');
      await transport.cleanUp(5, async () => signal.throwIfAborted());
    });
    expect(await rejection(transport.send(post(url, ''), once))).toMatchObject({ code: 'cancelled' });
    expect(received).toHaveLength(1);
  });

  it('by closing ends everything', async () => {
    const { url, received } = await silent();
    const transport = transportWith();
    const sent = rejection(transport.send(get(url), read));
    while (received.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    await transport.close();
    expect(await sent).toMatchObject({ code: 'cancelled' });
  });
});
