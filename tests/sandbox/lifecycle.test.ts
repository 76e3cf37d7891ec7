import { describe, expect, it } from 'vitest';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { TestClient, withCrm } from './client.ts';

describe('starting and ending the reference CRM', () => {
  it('gives each CRM a port, secrets and records of its own', async () => {
    await withCrm({}, (one) =>
      withCrm({}, async (two) => {
        expect(one.sandbox.port).not.toBe(two.sandbox.port);
        expect(one.sandbox.url).toBe(`http://127.0.0.1:${one.sandbox.port}`);
        expect(one.sandbox.credentials.clientId).toBe('crm-ready-demo');
        expect(one.sandbox.credentials.clientSecret).toMatch(/^[A-Za-z0-9]{20,}$/);
        expect(one.sandbox.credentials.clientSecret).not.toBe(two.sandbox.credentials.clientSecret);
        expect(one.sandbox.credentials.apiKey).not.toBe(two.sandbox.credentials.apiKey);
        expect((await two.me(`Bearer ${(await one.tokens()).access_token}`)).status).toBe(401);
        await one.contact();
        expect(await two.namesFound('+14155550123')).toEqual([]);
      }),
    );
  });

  it('listens on the port that was asked for, and says so when it is taken', async () => {
    await withCrm({}, async ({ sandbox: { port } }) => {
      await expect(startSandbox({ port })).rejects.toThrow(`Port ${port} of 127.0.0.1 is taken`);
    });
  });

  it('remembers every request, without its query', async () => {
    await withCrm({}, async (crm) => {
      const before = Date.now();
      await crm.search('+14155550123');
      const [request] = crm.sandbox.requests;
      expect(request).toEqual({ method: 'GET', path: '/api/contacts', at: expect.any(Number) });
      expect(request?.at).toBeGreaterThanOrEqual(before);
    });
  });

  it('shows its live records as a copy', async () => {
    await withCrm({}, async (crm) => {
      const { contacts } = crm.sandbox.state();
      contacts.length = 0;
      await crm.call();
      await crm.createMessage();
      const state = crm.sandbox.state();
      expect(state.contacts.length).toBeGreaterThan(2);
      expect([state.activities.length, state.messages.length]).toEqual([1, 1]);
    });
  });

  it('waits latencyMs before each answer', async () => {
    await withCrm({ latencyMs: 400 }, async (crm) => {
      const start = performance.now();
      await crm.me();
      expect(performance.now() - start).toBeGreaterThanOrEqual(395);
      const sideBySide = performance.now();
      await Promise.all([crm.me(), crm.me(), crm.me()]);
      expect(performance.now() - sideBySide).toBeLessThan(1200);
    });
  });

  it('ends at once, with idle connections and with requests under way', async () => {
    const crm = new TestClient(await startSandbox({ latencyMs: 60_000 }));
    const pending = crm.me().catch((error: Error) => error);
    while (crm.sandbox.requests.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    const start = performance.now();
    await crm.sandbox.close();
    expect(performance.now() - start).toBeLessThan(10_000);
    expect(await pending).toBeInstanceOf(Error);
    await expect(crm.me()).rejects.toThrow();
    await crm.sandbox.close();
  });
});
