import { afterEach, describe, expect, it, vi } from 'vitest';
import { importOidcProvider } from '../../src/sandbox/quiet-import.ts';
import { withCrm } from './client.ts';

describe('the terminal of the person who starts the reference CRM', () => {
  afterEach(() => vi.restoreAllMocks());

  it('hears nothing of the runtime, but every other warning', async () => {
    const warn = vi.spyOn(console, 'warn').mockReturnValue();
    const loading = importOidcProvider();
    console.warn('something else');
    await loading;
    expect(warn.mock.calls).toEqual([['something else']]);
    expect(console.warn).toBe(warn);
  });

  it('stays empty while a user signs in, refreshes and logs out', async () => {
    const spies = (['log', 'info', 'warn', 'error'] as const).map((method) =>
      vi.spyOn(console, method).mockReturnValue(),
    );
    await withCrm({}, async (crm) => {
      const { refresh_token } = await crm.tokens();
      const refreshed = await crm.refresh(refresh_token);
      expect((await crm.revoke(refreshed.body.refresh_token)).status).toBe(200);
      await crm.authorize({ redirect_uri: 'https://elsewhere.example/' });
    });
    expect(spies.flatMap(({ mock }) => mock.calls)).toEqual([]);
  });
});
