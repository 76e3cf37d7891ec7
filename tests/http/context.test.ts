import { expect, it } from 'vitest';
import { currentContext, join, type RequestContext, runInContext } from '../../src/http/context.ts';
import { get, once, read, rejection, serve, transportWith } from './server.ts';

const contextOf = (check: string | null): RequestContext => ({ check, chain: 0, exchanges: new Set() });

it('an exchange names the requirement that asked', async () => {
  const { url } = await serve((_request, response) => response.end());
  const transport = transportWith();
  const context = contextOf('user.id');
  await runInContext(context, () => transport.send(get(url), read));
  await transport.send(get(url), read);
  expect(transport.exchanges.map(({ check }) => check)).toEqual(['user.id', null]);
  expect([...context.exchanges]).toEqual([1]);
});

it('requests one after the other make a chain; side by side they do not', async () => {
  const { url } = await serve((_request, response) => response.end());
  const transport = transportWith({ concurrency: 1 });
  const context = contextOf('a');
  await runInContext(context, async () => {
    await transport.send(get(url), read);
    await Promise.all([1, 2, 3].map(() => transport.send(get(url), read)));
    await transport.send(get(url), read);
  });
  expect(transport.exchanges.map(({ chain }) => chain)).toEqual([1, 2, 2, 2, 3]);
  expect(context.chain).toBe(3);
});

it('a request that failed is a link of the chain', async () => {
  const { url } = await serve((_request, response) => response.destroy());
  const transport = transportWith();
  const context = contextOf('a');
  await runInContext(context, async () => {
    await rejection(transport.send(get(url), once));
    await rejection(transport.send(get(url), once));
  });
  expect(context).toMatchObject({ chain: 2, exchanges: new Set([1, 2]) });
});

it('who waited for another context goes on from its chain, with its evidence', async () => {
  const { url } = await serve((_request, response) => response.end());
  const transport = transportWith();
  const specimen = contextOf(null);
  const check = contextOf('b');
  await runInContext(check, async () => {
    await transport.send(get(url), read);
    await runInContext(specimen, async () => {
      for (let n = 0; n < 3; n++) await transport.send(get(url), read);
    });
    expect(check.chain).toBe(1);
    join(specimen);
    await transport.send(get(url), read);
  });
  expect(transport.exchanges.at(-1)).toMatchObject({ check: 'b', chain: 4 });
  expect([...check.exchanges]).toEqual([1, 2, 3, 4, 5]);
  expect([...specimen.exchanges]).toEqual([2, 3, 4]);
});

it('without a context there is nothing to join', () => {
  expect(currentContext()).toBeUndefined();
  expect(() => join(contextOf('a'))).not.toThrow();
});
