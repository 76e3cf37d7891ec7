import { existsSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { describe, expect, it, vi } from 'vitest';
import { authorize } from '../../src/auth/oauth/authorize.ts';
import type { OAuthClient } from '../../src/auth/oauth/client.ts';
import { obtainGrant, silentAuthorizer } from '../../src/auth/oauth/grants.ts';
import type { LoginPage } from '../../src/profile/types.ts';
import { serve, transportWith } from '../http/server.ts';
import { traces } from '../secrets/trace.ts';
import { startAuthorizationServer } from './authorization-server.ts';
import { oidcClient, oidcRedirectUri, startOidcServer } from './oidc-server.ts';

// What oidc-provider says of its own pages and defaults.
vi.spyOn(console, 'warn').mockImplementation(() => {});
vi.spyOn(console, 'info').mockImplementation(() => {});

const chromium = '/usr/bin/chromium';
const password = 'correct-horse-7-battery';

const signIn: LoginPage = { fill: { login: 'dana', password }, submit: 'Sign-in', optional: false };
const consent: LoginPage = { fill: {}, submit: 'Continue', optional: true };

async function clientOf(url: string, pages: LoginPage[], more: Partial<OAuthClient['login']> = {}) {
  const { client } = await startAuthorizationServer();
  return {
    ...client,
    authUrl: `${url}/auth`,
    tokenUrl: `${url}/token`,
    clientId: oidcClient.id,
    clientSecret: oidcClient.secret,
    redirectUri: oidcRedirectUri,
    scope: 'openid',
    login: { pages, scripts: false, browser: null, hosts: [new URL(url).host], ...more },
  } satisfies OAuthClient;
}

describe("oidc-provider's own pages", () => {
  it('are filled in, and the code is good for a token', async () => {
    const client = await clientOf(await startOidcServer(), [signIn, consent]);
    const transport = transportWith();
    const grant = await obtainGrant(transport, client, silentAuthorizer(transport, client), {
      clientAuth: 'basic',
      pkce: false,
    });
    expect(grant.authorization).toMatchObject({ kind: 'code', state: 'platform=acme' });
    expect(grant.token).toMatchObject({ kind: 'answered', tokens: { refreshToken: expect.any(String) } });
    // The redirect URI's own page is never asked for.
    expect(transport.exchanges.filter(({ request }) => request.url.startsWith(oidcRedirectUri))).toEqual([]);
    expect(traces(JSON.stringify(transport.exchanges), [password])).toEqual([]);
  });

  it('that are not described to the end say which page came instead', async () => {
    const client = await clientOf(await startOidcServer(), [signIn]);
    expect(await authorize(transportWith(), client)).toMatchObject({
      kind: 'page',
      problem: expect.stringMatching(
        /^after the last of the 1 login pages of the profile came another page instead of the redirect: there is form 1 \(fields none; buttons "Continue"\)/,
      ),
    });
  });

  it.each([
    [
      { ...signIn, fill: { user: 'dana', password } },
      'login page 1 of the profile: no form with a field "user": there is form 1 (fields login, password; buttons "Sign-in")',
    ],
    [{ ...signIn, submit: 'Log in' }, 'no form with a button "Log in"'],
    [{ ...signIn, form: 'login' }, 'no form "login" on the page'],
  ])('do not fit %j: says what there is', async (page, problem) => {
    const client = await clientOf(await startOidcServer(), [page, consent]);
    const outcome = await authorize(transportWith(), client);
    expect(outcome).toMatchObject({ kind: 'page', problem: expect.stringContaining(problem) });
    expect(traces(JSON.stringify(outcome), [password])).toEqual([]);
  });

  it.skipIf(!existsSync(chromium))('are filled in by a real browser, by the same steps', async () => {
    const url = await startOidcServer();
    const client = await clientOf(url, [signIn, consent], { scripts: true, browser: chromium });
    expect(await authorize(transportWith(), client)).toMatchObject({ kind: 'code', state: 'platform=acme' });
  });
});

/** A login page that is made by a script: without one there is no form. */
const scripted = `<!doctype html><div id=app></div><script>
  document.getElementById('app').innerHTML = '<input name="who"><input name="word" type="password"><button type="button" id="go">Log in</button>';
  document.getElementById('go').onclick = async () => {
    const who = document.querySelector('[name=who]').value, word = document.querySelector('[name=word]').value;
    const answer = await fetch('/session', { method: 'POST', body: JSON.stringify({ who, word }) });
    location.href = (await answer.json()).next;
  };
</script>`;

async function scriptedServer(redirectUri: string) {
  return serve(({ target, body }, response) => {
    if (target.startsWith('/auth')) return page(response, scripted);
    if (target === '/session') {
      const right = (JSON.parse(body) as { word: string }).word === password;
      response.writeHead(200, { 'content-type': 'application/json' });
      return response.end(JSON.stringify({ next: right ? '/done' : '/auth?again' }));
    }
    if (target === '/done')
      return response.writeHead(302, { location: `${redirectUri}?code=Code-42&state=platform%3Dacme` }).end();
    return response.writeHead(404).end();
  });
}

describe('pages that need scripts', () => {
  const pages: LoginPage[] = [{ fill: { who: 'dana', word: password }, submit: 'Log in', optional: false }];

  it('say so, where they are filled in without a browser', async () => {
    const { url } = await scriptedServer(oidcRedirectUri);
    expect(await authorize(transportWith(), await clientOf(url, pages))).toMatchObject({
      kind: 'page',
      problem: expect.stringContaining('it has no forms'),
    });
    const scripts = await clientOf(url, pages, { scripts: true });
    expect(await authorize(transportWith(), scripts)).toMatchObject({
      kind: 'page',
      problem: 'the login pages need scripts, and no browser was found to fill them in: see --browser',
    });
  });

  it.skipIf(!existsSync(chromium))(
    'are filled in by a real browser, which never asks for the redirect URI, though somebody listens there',
    async () => {
      const listener = await serve((_request, response) => page(response, 'the page of the redirect URI'));
      const redirectUri = `${listener.url}/callback`;
      const { url, received } = await scriptedServer(redirectUri);
      const client = await clientOf(url, pages, { scripts: true, browser: chromium });
      expect(await authorize(transportWith(), { ...client, redirectUri })).toMatchObject({
        kind: 'code',
        code: 'Code-42',
        state: 'platform=acme',
      });
      expect(received.filter(({ target }) => target === '/session')).toHaveLength(1);
      expect(listener.received).toEqual([]);
    },
  );

  it.skipIf(!existsSync(chromium))('are not filled in on a host that the profile does not name', async () => {
    const { url, received } = await scriptedServer(oidcRedirectUri);
    const login = { scripts: true, browser: chromium, hosts: ['crm.example.com'] };
    expect(await authorize(transportWith(), await clientOf(url, pages, login))).toMatchObject({
      kind: 'page',
      problem: expect.stringContaining('a host that the profile does not name'),
    });
    expect(received.some(({ body }) => body.includes(password))).toBe(false);
  });
});

describe('a form', () => {
  it('keeps hidden fields, defaults and what is chosen; leaves out what is disabled or not ticked', async () => {
    const html = `<form method=post action="/go?x=1">
      <input type=hidden name=csrf value="Csrf-0123456789">
      <input name=user value=old><input name=off disabled value=1>
      <fieldset disabled><input name=shut value=1></fieldset>
      <input type=checkbox name=stay checked><input type=checkbox name=news value=yes>
      <input type=radio name=role value=a checked><input type=radio name=role value=b>
      <select name=tenant><option value=1>One</option><option value=2 selected>Two</option></select>
      <textarea name=note>as it is</textarea>
      <button name=act value=deny>No</button><button name=act value=allow>Yes, go on</button>
    </form><input form=other name=stray value=1>`;
    const page = { fill: { user: 'dana & co', role: 'b', tenant: 'One' }, optional: false };
    const request = await sent(html, [{ ...page, submit: 'yes, go on' }]);
    expect(request.target).toBe('/go?x=1');
    expect(request.headers['content-type']).toBe('application/x-www-form-urlencoded');
    expect([...new URLSearchParams(request.body)]).toEqual([
      ['csrf', 'Csrf-0123456789'],
      ['user', 'dana & co'],
      ['stay', 'on'],
      ['role', 'b'],
      ['tenant', '1'],
      ['note', 'as it is'],
      ['act', 'allow'],
    ]);
  });

  it('of method GET goes into the query', async () => {
    const request = await sent('<form action="go?old=1"><input name=q></form>', [
      { fill: { q: 'a b' }, optional: false },
    ]);
    expect(request).toMatchObject({ method: 'GET', target: '/go?q=a+b', body: '' });
  });

  it('is chosen by its name, by its fields, or by the address that its button names', async () => {
    const html = `<form name=search action=/search><input name=q></form>
      <form name=login method=post action=/wrong><input name=user><button formaction=/right>Go</button></form>`;
    expect((await sent(html, [{ fill: { user: 'x' }, optional: false }])).target).toBe('/right');
    expect((await sent(html, [{ form: 'search', fill: {}, optional: false }])).target).toBe('/search?q=');
  });

  it.each([
    [
      '<form method=post><button name=act value=no>No</button><button name=act value=yes>Yes</button></form>',
      { fill: {}, submit: 'act', optional: false },
      'several buttons are named "act": give the value or the text of one: "No", "Yes"',
    ],
    [
      '<form method=post><select name=tenant><option>One</option></select></form>',
      { fill: { tenant: 'Two' }, optional: false },
      'the list "tenant" has no such entry: it has "One"',
    ],
  ])('that leaves a doubt is not sent: %s', async (html, step, problem) => {
    const { url, received } = await serve((_request, response) => page(response, html));
    const outcome = await authorize(transportWith(), await clientOf(url, [step]));
    expect(outcome).toMatchObject({ kind: 'page', problem: expect.stringContaining(problem) });
    expect(received).toHaveLength(1);
  });

  it('with a password is not sent to a host that the profile does not name', async () => {
    const elsewhere = await serve((_request, response) => page(response, 'thank you'));
    const html = `<form method=post action="${elsewhere.url}/steal"><input name=word type=password></form>`;
    const { url, port } = await serve((_request, response) => page(response, html));
    const transport = transportWith({ allowedHosts: [`127.0.0.1:${port}`] });
    const client = await clientOf(url, [{ fill: { word: password }, optional: false }]);
    expect(await authorize(transport, client)).toMatchObject({
      kind: 'trouble',
      code: 'host-not-named',
      message: expect.stringContaining(new URL(elsewhere.url).host),
    });
    expect(elsewhere.received).toEqual([]);
  });
});

/** The request that a page with this form leads to. */
async function sent(html: string, pages: LoginPage[]) {
  const { url, received } = await serve(({ target }, response) =>
    target.startsWith('/auth') ? page(response, html) : response.writeHead(204).end(),
  );
  await authorize(transportWith(), await clientOf(url, pages));
  const [, request] = received;
  if (!request) throw new Error('no form was sent');
  return request;
}

function page(response: ServerResponse, html: string): void {
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(html);
}
