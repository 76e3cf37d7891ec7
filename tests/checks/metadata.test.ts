import { describe, expect, it } from 'vitest';
import type { OAuthClient } from '../../src/auth/oauth/client.ts';
import metadata from '../../src/checks/oauth/metadata.ts';
import { findMetadata } from '../../src/checks/oauth/well-known.ts';
import { serve, transportWith } from '../http/server.ts';

/** Serves documents by path, and says where they were looked for. */
async function lookedUp(
  documents: Record<string, (base: string) => unknown>,
  {
    token = '/tenant/oauth2/token',
    authorize = '/tenant/oauth2/authorize',
    issuer = null as string | null,
  } = {},
) {
  let base = '';
  const { url, received } = await serve(({ target }, response) => {
    const document = documents[target]?.(base);
    response.writeHead(document === undefined ? 404 : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(document ?? {}));
  });
  base = url;
  const client = { tokenUrl: `${url}${token}`, authUrl: `${url}${authorize}` } as OAuthClient;
  const found = await findMetadata(transportWith(), client, issuer === null ? null : `${url}${issuer}`);
  return {
    found: found.map(({ form, url: where }) => [form, where.replace(url, '')]),
    asked: received.map(({ target }) => target),
  };
}

const document = (base: string) => ({ issuer: base, token_endpoint: `${base}/t` });

describe('metadata of an authorization server is looked for', () => {
  it('with the well-known part before the path of the issuer (RFC 8414) and behind it (OpenID)', async () => {
    const { found } = await lookedUp({
      '/.well-known/oauth-authorization-server/tenant': document,
      '/tenant/.well-known/openid-configuration': document,
    });
    expect(found).toEqual([
      ['RFC 8414', '/.well-known/oauth-authorization-server/tenant'],
      ['OpenID', '/tenant/.well-known/openid-configuration'],
    ]);
  });

  it('first under the issuer that the authorization response names, its last slash left out', async () => {
    const { asked, found } = await lookedUp(
      { '/idp/.well-known/openid-configuration': document },
      { issuer: '/idp/' },
    );
    expect(found).toEqual([['OpenID', '/idp/.well-known/openid-configuration']]);
    expect(asked.toSorted()).toEqual([
      '/.well-known/oauth-authorization-server/idp',
      '/idp/.well-known/openid-configuration',
    ]);
  });

  it('in the folders of both endpoints and at their host, and not for ever', async () => {
    const { asked, found } = await lookedUp({}, { token: '/a/b/c/d/token', authorize: '/e/authorize' });
    expect(found).toEqual([]);
    expect(asked).toContain('/a/b/c/d/.well-known/openid-configuration');
    expect(asked).toContain('/e/.well-known/openid-configuration');
    expect(asked).toContain('/.well-known/openid-configuration');
    expect(asked.length).toBeLessThanOrEqual(10);
  });

  it('and a page that is no metadata is none', async () => {
    const { found } = await lookedUp({ '/.well-known/openid-configuration': () => ({ hello: 'world' }) });
    expect(found).toEqual([]);
  });
});

describe('the judgement', () => {
  const published = [{ form: 'OpenID' as const, url: 'https://a.example/x', issuer: 'https://a.example' }];

  it('passes what agrees, names what does not, and leaves out what is not published', () => {
    expect(metadata.judge({ published, disagreements: [], hints: [] })).toMatchObject({ verdict: 'pass' });
    expect(metadata.judge({ published, disagreements: ['OpenID: x'], hints: [] })).toMatchObject({
      verdict: 'warn',
      observed: 'OpenID: x',
    });
    expect(metadata.judge({ published: [], disagreements: [], hints: [] })).toMatchObject({
      verdict: 'not-applicable',
    });
  });
});
