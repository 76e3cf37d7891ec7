import { createHash, randomBytes } from 'node:crypto';
import { CookieJar } from 'tough-cookie';
import type { FaultName } from '../../src/sandbox/faults.ts';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../src/sandbox/sandbox.ts';
import type { Activity, Contact, Message } from '../../src/sandbox/store.ts';

export const appConnectRedirectUri =
  'https://apps.ringcentral.com/integration/ringcentral-embeddable/latest/redirect.html';

/** All that an answer of the CRM may hold. A test reads what its answer should hold, and asserts it. */
export interface Body {
  id: string;
  name: string;
  contact: Contact;
  contacts: Contact[];
  activity: Activity;
  activities: Activity[];
  message: Message;
  users: { id: string; name: string; email: string | null }[];
  error: string;
  error_description: string;
  field: string;
  access_token: string;
  refresh_token: string;
  token_type: string;
  expires_in: number;
}

export interface Reply {
  status: number;
  headers: Headers;
  body: Body;
}

/** Runs a test against a CRM of its own and ends it afterwards. */
export async function withCrm(
  options: Omit<SandboxOptions, 'faults'> & { faults?: FaultName[] },
  test: (crm: TestClient) => Promise<void>,
): Promise<void> {
  const sandbox = await startSandbox(options);
  try {
    await test(new TestClient(sandbox));
  } finally {
    await sandbox.close();
  }
}

export interface TokenOptions {
  /** How the client authenticates. Default: HTTP Basic. */
  send?: 'basic' | 'body' | 'query';
  secret?: string;
}

/** A client of the reference CRM, over real HTTP. */
export class TestClient {
  readonly sandbox: Sandbox;

  constructor(sandbox: Sandbox) {
    this.sandbox = sandbox;
  }

  async fetch(path: string, init: RequestInit = {}): Promise<Reply> {
    const response = await fetch(`${this.sandbox.url}${path}`, { redirect: 'manual', ...init });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: parsed(text) as Body };
  }

  /** A request with the API key, or with what `authorization` says; null for no credential. */
  api(
    method: string,
    path: string,
    body?: unknown,
    authorization: string | null = `Bearer ${this.sandbox.credentials.apiKey}`,
  ): Promise<Reply> {
    return this.fetch(`/api${path}`, {
      method,
      headers: { 'content-type': 'application/json', ...(authorization !== null && { authorization }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  }

  me(authorization?: string | null): Promise<Reply> {
    return this.api('GET', '/me', undefined, authorization);
  }

  async contact(phone = '+14155550123', fields: object = {}): Promise<string> {
    const { body } = await this.api('POST', '/contacts', { name: 'Test Person', phone, ...fields });
    return body.contact.id;
  }

  search(phone: string): Promise<Reply> {
    return this.api('GET', `/contacts?phone=${encodeURIComponent(phone)}`);
  }

  async namesFound(phone: string): Promise<string[]> {
    const { body } = await this.search(phone);
    return body.contacts.map(({ name }) => name);
  }

  async createCall(fields: object = {}): Promise<Reply> {
    const contactId = 'contactId' in fields ? {} : { contactId: await this.contact() };
    return this.api('POST', '/activities', {
      ...contactId,
      subject: 'Call with Test Person',
      body: '- Note: first\n- Result: Connected\n',
      direction: 'Outbound',
      startedAt: '2026-03-01T09:30:00-05:00',
      endedAt: '2026-03-01T09:32:30-05:00',
      result: 'Connected',
      ...fields,
    });
  }

  async call(fields: object = {}): Promise<string> {
    return (await this.createCall(fields)).body.activity.id;
  }

  async readCall(id: string): Promise<Activity> {
    return (await this.api('GET', `/activities/${id}`)).body.activity;
  }

  async createMessage(): Promise<Reply> {
    return this.api('POST', '/messages', { contactId: await this.contact(), text: 'first' });
  }

  /** The redirect that ends an authorization: every hop followed, cookies kept, up to another host. */
  async authorize(
    extra: Record<string, string> = {},
    jar = new CookieJar(),
  ): Promise<{ status: number; back: URL | null }> {
    const query = new URLSearchParams({
      response_type: 'code',
      client_id: this.sandbox.credentials.clientId,
      redirect_uri: appConnectRedirectUri,
      state: 'platform=reference',
      ...extra,
    });
    let url = new URL(`${this.sandbox.url}/oauth/auth?${query}`);
    for (let hop = 0; hop < 10; hop += 1) {
      const response = await fetch(url, {
        redirect: 'manual',
        headers: { cookie: await jar.getCookieString(url.href) },
      });
      for (const cookie of response.headers.getSetCookie()) await jar.setCookie(cookie, url.href);
      const location = response.headers.get('location');
      await response.body?.cancel();
      if (location === null) return { status: response.status, back: null };
      url = new URL(location, url);
      if (url.origin !== this.sandbox.url) return { status: response.status, back: url };
    }
    throw new Error('too many redirects');
  }

  async code(extra: Record<string, string> = {}, jar?: CookieJar): Promise<string> {
    return (await this.authorize(extra, jar)).back?.searchParams.get('code') ?? '';
  }

  /** A form POST to an endpoint of the authorization server, with the client's credentials. */
  oauth(
    path: string,
    form: Record<string, string>,
    { send = 'basic', secret }: TokenOptions = {},
  ): Promise<Reply> {
    const { clientId, clientSecret } = this.sandbox.credentials;
    const credentials = { client_id: clientId, client_secret: secret ?? clientSecret };
    const basic = Buffer.from(`${credentials.client_id}:${credentials.client_secret}`).toString('base64');
    return this.fetch(`/oauth${path}${send === 'query' ? `?${new URLSearchParams(credentials)}` : ''}`, {
      method: 'POST',
      headers: send === 'basic' ? { authorization: `Basic ${basic}` } : {},
      body: new URLSearchParams({ ...form, ...(send === 'body' && credentials) }),
    });
  }

  exchange(code: string, options: TokenOptions & { verifier?: string } = {}): Promise<Reply> {
    return this.oauth(
      '/token',
      {
        grant_type: 'authorization_code',
        code,
        redirect_uri: appConnectRedirectUri,
        ...(options.verifier !== undefined && { code_verifier: options.verifier }),
      },
      options,
    );
  }

  async tokens(jar?: CookieJar): Promise<Body> {
    return (await this.exchange(await this.code({}, jar))).body;
  }

  refresh(refreshToken: string, options?: TokenOptions): Promise<Reply> {
    return this.oauth('/token', { grant_type: 'refresh_token', refresh_token: refreshToken }, options);
  }

  revoke(token: string): Promise<Reply> {
    return this.oauth('/token/revocation', { token });
  }
}

/** JSON where it is JSON; a page or an error text as it is. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** A code verifier and the query parameters of its S256 challenge (RFC 7636). */
export function pkce(): { verifier: string; challenge: Record<string, string> } {
  const verifier = randomBytes(32).toString('base64url');
  return {
    verifier,
    challenge: {
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
    },
  };
}
