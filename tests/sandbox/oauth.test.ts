import { CookieJar } from 'tough-cookie';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { appConnectRedirectUri, pkce, TestClient } from './client.ts';

describe('the reference CRM as an authorization server', () => {
  let crm: TestClient;
  beforeAll(async () => {
    crm = new TestClient(await startSandbox());
  });
  afterAll(() => crm.sandbox.close());

  it('signs its user in by redirects and returns code and state to App Connect', async () => {
    const { back } = await crm.authorize();
    expect(`${back?.origin}${back?.pathname}`).toBe(appConnectRedirectUri);
    expect(back?.searchParams.get('state')).toBe('platform=reference');
    expect(back?.searchParams.get('code')).toMatch(/^\S{20,}$/);
  });

  it.each([
    ['no scope', {}],
    ['a scope it does not know', { scope: 'contacts.read calls.write' }],
    ['openid and offline_access', { scope: 'openid offline_access' }],
    ['parameters of other vendors', { access_type: 'offline', audience: 'crm' }],
  ])('takes an authorization request with %s', async (_, extra) => {
    const { status, body } = await crm.exchange(await crm.code(extra));
    expect({ status, refresh: typeof body.refresh_token }).toEqual({ status: 200, refresh: 'string' });
    expect((await crm.me(`Bearer ${body.access_token}`)).status).toBe(200);
  });

  it('takes prompt=login and prompt=consent', async () => {
    expect((await crm.authorize({ prompt: 'login' })).back?.searchParams.has('code')).toBe(true);
    expect((await crm.authorize({ prompt: 'consent' })).back?.searchParams.has('code')).toBe(true);
  });

  it('exchanges the code as App Connect does: HTTP Basic, no PKCE', async () => {
    const { status, body } = await crm.exchange(await crm.code());
    expect(status).toBe(200);
    expect(body).toMatchObject({ token_type: 'Bearer', expires_in: 3600 });
    expect(body.access_token.length).toBeLessThan(2000);
    expect((await crm.me(`Bearer ${body.access_token}`)).body.name).toBe('Rowan Okafor');
  });

  it('takes the secret in the body as well', async () => {
    expect((await crm.exchange(await crm.code(), { send: 'body' })).status).toBe(200);
  });

  it('supports S256 when it is asked to, and then refuses a wrong verifier', async () => {
    const { verifier, challenge } = pkce();
    expect((await crm.exchange(await crm.code(challenge), { verifier })).status).toBe(200);
    const wrong = await crm.exchange(await crm.code(challenge), { verifier: pkce().verifier });
    expect([wrong.status, wrong.body.error]).toEqual([400, 'invalid_grant']);
  });

  it('refuses a wrong secret, a wrong code and a used code', async () => {
    const wrongSecret = await crm.exchange(await crm.code(), { secret: 'wrong' });
    expect([wrongSecret.status, wrongSecret.body.error]).toEqual([401, 'invalid_client']);
    const wrongCode = await crm.exchange('wrong');
    expect([wrongCode.status, wrongCode.body.error]).toEqual([400, 'invalid_grant']);
    const code = await crm.code();
    await crm.exchange(code);
    expect((await crm.exchange(code)).body.error).toBe('invalid_grant');
  });

  it('refuses a redirect URI that is not registered, without going there', async () => {
    const { status, back } = await crm.authorize({ redirect_uri: 'https://elsewhere.example/callback' });
    expect({ status, back }).toEqual({ status: 400, back: null });
  });

  it('takes a loopback redirect URI with any port', async () => {
    const redirect_uri = 'http://127.0.0.1:50123/callback';
    const { back } = await crm.authorize({ redirect_uri });
    expect(back?.port).toBe('50123');
    const { status } = await crm.oauth('/token', {
      grant_type: 'authorization_code',
      code: back?.searchParams.get('code') ?? '',
      redirect_uri,
    });
    expect(status).toBe(200);
  });

  it('does not sign in a browser that sends no cookie back', async () => {
    const { status, body } = await crm.fetch('/oauth/interaction/unknown');
    expect([status, body]).toEqual([400, expect.stringContaining('cookie')]);
  });

  it('rotates the refresh token', async () => {
    const first = await crm.tokens();
    const { status, body } = await crm.refresh(first.refresh_token);
    expect({ status, expires_in: body.expires_in }).toEqual({ status: 200, expires_in: 3600 });
    expect(body.refresh_token).not.toBe(first.refresh_token);
    expect((await crm.me(`Bearer ${body.access_token}`)).status).toBe(200);
  });

  it.each(['access_token', 'refresh_token'] as const)(
    'kills both tokens when the %s is revoked',
    async (which) => {
      const tokens = await crm.tokens();
      expect((await crm.revoke(tokens[which])).status).toBe(200);
      expect((await crm.me(`Bearer ${tokens.access_token}`)).status).toBe(401);
      expect((await crm.refresh(tokens.refresh_token)).body.error).toBe('invalid_grant');
      expect((await crm.revoke(tokens[which])).status).toBe(200);
    },
  );

  it('leaves another session of the same user alive, of the same browser too', async () => {
    const jar = new CookieJar();
    const [one, two] = [await crm.tokens(jar), await crm.tokens(jar)];
    await crm.revoke(one.refresh_token);
    expect((await crm.me(`Bearer ${one.access_token}`)).status).toBe(401);
    expect((await crm.me(`Bearer ${two.access_token}`)).status).toBe(200);
  });

  it('publishes metadata, by OpenID and by RFC 8414', async () => {
    const { body } = await crm.fetch('/oauth/.well-known/openid-configuration');
    expect(body).toMatchObject({
      issuer: `${crm.sandbox.url}/oauth`,
      authorization_endpoint: `${crm.sandbox.url}/oauth/auth`,
      token_endpoint: `${crm.sandbox.url}/oauth/token`,
      revocation_endpoint: `${crm.sandbox.url}/oauth/token/revocation`,
    });
    expect((await crm.fetch('/.well-known/oauth-authorization-server/oauth')).body).toEqual(body);
  });

  it('refuses an access token that it never issued', async () => {
    const { status, headers } = await crm.me('Bearer never-issued');
    expect(status).toBe(401);
    expect(headers.get('www-authenticate')).toContain('invalid_token');
  });
});
