import { parseProfile } from '../../../src/profile/load.ts';
import type { RunOptions } from '../../../src/run/options.ts';
import { type Checked, checkProfile } from '../../harness.ts';
import { client, type Habits, startSmallCrm } from './small-crm.ts';

export interface SmallCheck {
  habits?: Habits;
  /** YAML in place of the usual `auth`. `BASE` is the CRM's origin. */
  auth?: string;
  /** YAML of `getUserInfo`; empty: there is none. */
  userInfo?: string;
  /** YAML of `unAuthorize` in place of RFC 7009 with HTTP Basic. */
  logout?: string;
  /** Further YAML at the top level: credentials, vars. */
  more?: string;
  env?: Record<string, string>;
  only?: string[];
  options?: Partial<RunOptions>;
}

const usualAuth = `{ type: oauth, authUrl: BASE/oauth/authorize, tokenUrl: BASE/oauth/token, clientId: ${client.id}, clientSecret: "{{ secrets.SECRET }}" }`;
const usualUserInfo = '{ url: /me, responseMapping: { idPath: body.id, namePath: body.name } }';
const usualLogout =
  '{ method: POST, url: BASE/oauth/revoke, auth: client, bodyType: form, body: { token: "{{ user.accessToken }}" } }';

/** Starts a small CRM with these habits, checks its OAuth and its logout, and stops it. */
export async function checkSmallCrm({
  habits,
  auth = usualAuth,
  userInfo = usualUserInfo,
  logout = usualLogout,
  more = '',
  env = {},
  only = ['oauth', 'logout'],
  options = {},
}: SmallCheck = {}): Promise<Omit<Checked, 'left'> & { asked: string[] }> {
  const { url, asked, close } = await startSmallCrm(habits);
  const secrets = { SECRET: client.secret, ...env };
  const text = `crmReady: 1
meta: { name: small }
secrets: [${Object.keys(secrets).join(', ')}]
auth: ${auth}
requestDefaults: { baseUrl: BASE/api }
settle: 0.4
${more}
operations:
  ${userInfo === '' ? '' : `getUserInfo: ${userInfo}`}
  findContact: { url: /contacts, query: { phone: "{{ phoneNumber }}" }, responseMapping: { listPath: body.contacts, item: { idPath: id } } }
  ${logout === '' ? '' : `unAuthorize: ${logout}`}
`;
  try {
    const profile = await parseProfile(text.replaceAll('BASE', url), 'small.yaml', { env: secrets });
    const result = await checkProfile(profile, { only, ...options });
    return { ...result, asked: asked.map(({ method, path }) => `${method} ${path}`) };
  } finally {
    await close();
  }
}
