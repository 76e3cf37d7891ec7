/** Reports to test with. Every requirement of the checklist is met unless a test says otherwise. */

import type { Exchange } from '../../src/http/types.ts';
import type { CheckResult, ItemId, Level, Report, Verdict } from '../../src/report/types.ts';
import { SCHEMA_VERSION } from '../../src/report/types.ts';
import { summarise } from '../../src/verdict/judge.ts';
import { earnedShare, weightOf } from '../../src/verdict/score.ts';

type Row = [id: string, level: Level, met: string];

const checklist: Record<ItemId, Row[]> = {
  oauth: [
    ['oauth.authorize', 'must', "the login page answers App Connect's request"],
    ['oauth.state', 'must', 'returns state unchanged'],
    ['oauth.code-exchange', 'must', 'exchanges the code with HTTP Basic, without PKCE'],
    ['oauth.token-response', 'must', 'Bearer, 43 characters, expires in 3600 s'],
    ['oauth.bearer', 'must', 'accepts Authorization: Bearer'],
    ['oauth.refresh', 'must', 'a new token for 3600 s; the refresh token is rotated'],
    ['oauth.bad-client-refused', 'must', '401 invalid_client, 400 invalid_grant'],
    ['oauth.code-single-use', 'should', 'refuses the code the second time'],
    ['oauth.redirect-uri-checked', 'should', 'refuses an unregistered redirect URI'],
    ['oauth.pkce', 'should', 'supports S256 and refuses a wrong verifier'],
    ['oauth.metadata', 'info', 'RFC 8414 metadata that agrees with the profile'],
    ['auth.accepted', 'must', 'accepts the credential'],
    ['auth.missing-refused', 'must', '401 without a credential'],
    ['auth.refusal-shape', 'should', 'refuses with 401'],
    ['auth.tls', 'must', 'every endpoint is served over TLS 1.3'],
  ],
  logout: [
    ['logout.endpoint', 'must', 'revocation answers 200'],
    ['logout.access-dead', 'must', 'the access token is dead after 0.1 s'],
    ['logout.refresh-dead', 'must', 'the refresh token is dead'],
    ['logout.repeatable', 'should', 'a second revocation answers 200'],
    ['logout.only-this-one', 'should', 'the other session lives on'],
  ],
  activity: [
    ['activity.create', 'must', 'creates a call record and returns its id'],
    ['activity.read', 'must', 'returns subject and body as written'],
    ['activity.linked', 'must', "the contact's id stands in the record"],
    ['activity.separate', 'must', 'two calls, two ids, both kept'],
    ['activity.update', 'must', 'the new body is readable under the same id'],
    ['activity.update-keeps', 'must', 'keeps all 14 other fields'],
    ['activity.enrich', 'must', 'nothing lost, each label once'],
    ['activity.message', 'must', 'records an SMS and returns its id'],
    ['activity.message-update', 'must', 'the second message is in the same record'],
    ['activity.direction', 'should', 'inbound, outbound and missed'],
    ['activity.time', 'should', 'the same instant and length'],
    ['activity.unicode', 'should', 'kept as written'],
    ['activity.markup', 'should', 'kept as written'],
    ['activity.long', 'should', 'keeps 20,000 characters'],
    ['activity.unknown-id', 'should', '404'],
    ['activity.lag', 'info', 'readable after 12 ms'],
  ],
  'phone-lookup': [
    ['lookup.e164', 'must', 'found 5 of 5, median 84 ms'],
    ['lookup.any-format', 'should', 'finds 8 of 8 stored formats by E.164'],
    ['lookup.recoverable', 'info', 'no further format needed'],
    ['lookup.class', 'info', 'normalising'],
    ['lookup.plus', 'must', '%2B is a plus; a raw + is a space'],
    ['lookup.none', 'must', 'an empty list for a number that nobody has'],
    ['lookup.not-everybody', 'must', 'returns nobody else in 5 probes'],
    ['lookup.fields', 'must', 'id and name'],
    ['lookup.fields-extra', 'should', 'created date, type and phone'],
    ['lookup.shared', 'should', 'both contacts that share a number'],
    ['lookup.other-field', 'should', 'found by the mobile number too'],
    ['lookup.countries', 'should', 'GB, DE, FR, AU and SE'],
    ['lookup.settle', 'should', 'found after 0.4 s'],
    ['lookup.speed', 'info', 'median 84 ms, slowest 131 ms'],
  ],
  'contact-create': [
    ['contact.create', 'must', 'creates a contact and returns its id'],
    ['contact.found', 'must', 'found by its number'],
    ['contact.name-kept', 'should', 'four names kept as written'],
    ['contact.bad-phone', 'should', '422 that names the field phone'],
    ['contact.phone-kept', 'info', 'stored as E.164'],
    ['contact.duplicate', 'info', 'a second record'],
    ['contact.type', 'info', 'Contact, Lead'],
  ],
  'current-user': [
    ['user.name', 'must', 'Dana Reyes'],
    ['user.id', 'must', 'the same id twice'],
    ['user.validates', 'must', '401 for a wrong credential'],
    ['user.get-body', 'should', 'tolerates the empty JSON body'],
    ['user.timezone', 'info', 'America/Los_Angeles'],
  ],
  beyond: [
    ['beyond.name-search', 'info', 'finds a contact by name'],
    ['beyond.user-list', 'info', '3 users in the answer, all with an e-mail address'],
  ],
};

const alternative: Row = ['auth.alternative', 'must', 'an API key that App Connect can carry in proxy mode'];

/** What a test may say of one requirement; the rest is as if it were met. */
export type Said = Partial<CheckResult> & { share?: number };

export function check(id: string, said: Said = {}): CheckResult {
  const [item, row] = locate(id);
  const [, level, met] = row;
  const { share, ...given } = said;
  const verdict: Verdict = given.verdict ?? 'pass';
  return {
    id,
    item,
    level,
    weight: weightOf(id, level),
    title: `The title of ${id}`,
    why: `App Connect needs ${id} for what it does.`,
    remedy: { vendor: `change ${id} in the CRM`, integrator: `work around ${id} in a connector` },
    links: [],
    summary: met,
    expected: null,
    observed: null,
    facts: null,
    blockedBy: null,
    earned: earnedShare(level, share === undefined ? { verdict } : { verdict, share }),
    adapterCode: false,
    cautions: [],
    exchanges: [],
    ...given,
    verdict,
  };
}

function locate(id: string): [ItemId, Row] {
  if (id === alternative[0]) return ['oauth', alternative];
  for (const [item, rows] of Object.entries(checklist) as [ItemId, Row[]][]) {
    const row = rows.find(([other]) => other === id);
    if (row !== undefined) return [item, row];
  }
  throw new Error(`The checklist has no ${id}`);
}

export const allIds: readonly string[] = Object.values(checklist).flatMap((rows) => rows.map(([id]) => id));

/** All requirements with an OAuth credential, but for what is said. */
export function checks(said: Record<string, Said> = {}): CheckResult[] {
  for (const id of Object.keys(said)) locate(id);
  return allIds.map((id) => check(id, said[id]));
}

/** All requirements with an API key: one row in the place of the `oauth.*` rows. */
export function checksWithApiKey(said: Record<string, Said> = {}): CheckResult[] {
  const ids = ['auth.alternative', ...allIds.filter((id) => !id.startsWith('oauth.'))];
  return ids.map((id) =>
    check(id, { ...(id === 'auth.alternative' ? { verdict: 'warn' } : {}), ...said[id] }),
  );
}

export function report(results: CheckResult[], given: Partial<Report> = {}): Report {
  return {
    schemaVersion: SCHEMA_VERSION,
    catalogueVersion: 1,
    tool: { name: 'crm-ready', version: '0.1.0' },
    profile: {
      name: 'Acme CRM',
      hash: '9f2c4e1ab7d05c3386a1f4be20d97c5512e8f3b06d4a9c7e1f52b8d3a6c09e47',
      host: 'https://api.acme.example',
      file: 'acme.yaml',
      language: 'crm-ready',
      signIn: results.some(({ id }) => id === alternative[0]) ? 'alternative' : 'authorization code',
      path: 'profiles/acme.yaml',
      locations: {
        auth: { line: 5, column: 1 },
        operations: { line: 12, column: 1 },
        findContact: { line: 17, column: 3 },
        createCallLog: { line: 31, column: 3 },
      },
    },
    run: {
      id: 'k3f9',
      startedAt: '2026-03-04T09:15:00.000Z',
      durationMs: 14_200,
      requests: 96,
      created: 15,
      deleted: 15,
      seed: '20260304',
      region: 'US',
      user: 'Dana Reyes',
      ended: 'complete',
      readOnly: false,
      longestChain: 11,
      only: null,
      command: ['check', '--profile', 'profiles/acme.yaml'],
    },
    ...summarise(results),
    checks: results,
    exchanges: [],
    leftovers: [],
    notes: [],
    ...given,
  };
}

export const exchange: Exchange = {
  id: 14,
  check: 'oauth.code-exchange',
  intent: 'token request',
  startedAt: '2026-03-04T09:15:01.250Z',
  request: {
    method: 'POST',
    url: 'https://api.acme.example/oauth/token',
    headers: { authorization: '[redacted]' },
    body: 'grant_type=authorization_code',
  },
  response: {
    status: 400,
    headers: { 'content-type': 'application/json' },
    body: '{"error":"invalid_request"}',
    cutFrom: 70_000,
  },
  timing: { dnsMs: 1, connectMs: null, firstByteMs: 30, totalMs: 31 },
  attempt: 1,
  chain: 3,
};

export const unanswered: Exchange = {
  id: 15,
  check: null,
  intent: 'getUserInfo',
  startedAt: '2026-03-04T09:15:02.000Z',
  request: { method: 'GET', url: 'https://api.acme.example/me', headers: {} },
  error: { code: 'timeout', message: 'No answer within 30 s.' },
  timing: { dnsMs: null, connectMs: null, firstByteMs: null, totalMs: 30_000 },
  attempt: 2,
  chain: 4,
};
