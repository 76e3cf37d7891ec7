import { afterEach, describe, expect, it } from 'vitest';
import { oauthClient } from '../../src/auth/oauth/client.ts';
import { refresh } from '../../src/auth/oauth/grants.ts';
import type { AuthConfig } from '../../src/profile/types.ts';
import { suitecrm } from './cases/suitecrm.ts';
import { type ReplayedCrm, replayedCrm } from './replayed-crm.ts';

const { setting } = suitecrm;
const open: ReplayedCrm[] = [];
afterEach(async () => {
  for (const replayed of open.splice(0)) await replayed.close();
});

async function signedIn(...[changed, change]: [Partial<typeof setting>, Parameters<typeof replayedCrm>[1]?]) {
  const replayed = await replayedCrm({ ...setting, ...changed }, change);
  open.push(replayed);
  return replayed;
}

/** The profile's OAuth client, as it is sent to the token endpoint. */
function clientOf({ profile }: ReplayedCrm) {
  const { auth } = profile;
  if (auth.type !== 'oauth') throw new Error('the profile of SuiteCRM uses OAuth');
  return oauthClient(profile, auth);
}

describe('the token endpoint of SuiteCRM, as it was recorded', () => {
  it('gives an access token for the password, with a lifetime and a refresh token', async () => {
    const { signedIn: result } = await signedIn({});
    expect(result.session?.tokens).toMatchObject({
      accessToken: '<second-access-token>',
      refreshToken: '<second-refresh-token>',
      expiresIn: 3600,
    });
    expect(result.session?.obtained).toBe(true);
  });

  it('answers a wrong password with a 500: trouble, and nothing that repeats the password', async () => {
    const {
      signedIn: result,
      context,
      server,
    } = await signedIn({ signIn: ['token-wrong-password'] }, { env: { SUITECRM_PASSWORD: 'wrong-pass' } });
    expect(server.replayed().differences).toEqual([]);
    expect(result.session).toBeNull();
    expect(result.failure?.kind).toBe('trouble');
    expect(JSON.stringify(context.transport.exchanges)).not.toContain('wrong-pass');
  });

  it('refuses a wrong client secret with a 401', async () => {
    const { signedIn: result, server } = await signedIn(
      { signIn: ['token-wrong-secret'] },
      { env: { SUITECRM_CLIENT_SECRET: 'nope' } },
    );
    expect(server.replayed().differences).toEqual([]);
    expect(result.failure).toMatchObject({
      kind: 'refused',
      reason: expect.stringContaining('invalid_client'),
    });
  });

  it('gives new tokens for the refresh token', async () => {
    const replayed = await signedIn({});
    const { answer, differences } = await replayed.replay(['token-refresh'], () =>
      refresh(replayed.context.transport, clientOf(replayed), '<refresh-token>'),
    );
    expect(differences).toEqual([]);
    expect(answer).toMatchObject({ tokens: { accessToken: '<refreshed-access-token>', expiresIn: 3600 } });
  });

  it('refuses the refresh token after the logout', async () => {
    const replayed = await signedIn({});
    const { answer, differences } = await replayed.replay(['refresh-after-logout'], () =>
      refresh(replayed.context.transport, clientOf(replayed), '<refreshed-refresh-token>'),
    );
    expect(differences).toEqual([]);
    expect(answer).toMatchObject({ status: 400, error: 'invalid_request', tokens: null });
  });

  it('refuses a token that nobody has', async () => {
    const auth = (config: AuthConfig): AuthConfig =>
      config.type === 'oauth' ? { ...config, accessToken: 'nope' } : config;
    const replayed = await signedIn({ signIn: [] }, { auth: (profile) => auth(profile.auth) });
    const { answer, differences } = await replayed.replay(['me-bad-token'], (crm) => crm.getUserInfo());
    expect(differences).toEqual([]);
    expect(answer).toMatchObject({ kind: 'refused', status: 401 });
  });
});
