import { describe, expect, test } from 'vitest';
import { catalogue } from '../../src/checks/index.ts';
import { checkSandbox } from '../harness.ts';

/** A verdict by facts that a report may have, with what either side is told to do. */
function judged(id: string, facts: object) {
  const check = catalogue.find((one) => one.id === id);
  if (!check) throw new Error(`there is no ${id}`);
  const judgement = check.judge(facts);
  return { ...judgement, why: check.why, ...check.remedy, ...judgement.remedy };
}

describe.concurrent('what is advised fits what was found:', () => {
  test('PKCE that is demanded is not answered by credentials in another place', async ({ expect }) => {
    const { checks } = await checkSandbox(['pkce-demanded'], { only: ['oauth.code-exchange'] });
    const check = checks.get('oauth.code-exchange');
    expect(check?.summary).toContain('neither in proxy mode nor with code');
    expect(check?.remedy).toEqual({
      vendor: 'Make PKCE optional for confidential clients.',
      integrator: 'None: App Connect sends no code_verifier, and no connector can add one.',
    });
    expect(check?.why).not.toContain('proxy mode');
  });

  test('strangers for an unknown number are no status that means nobody', async ({ expect }) => {
    const { checks } = await checkSandbox(['search-everybody-for-unknown'], { only: ['lookup.none'] });
    const check = checks.get('lookup.none');
    expect(check?.remedy.integrator).toMatch(/compare the numbers .* drop the rest/);
    expect(check?.why).toContain('a stranger');
  });

  test.for([
    ['search-last-seven-digits', /^Compare whole numbers/],
    ['search-digits-substring', /^Compare whole numbers/],
    ['search-everybody-for-extension', /^Answer an extension with an empty list\.$/],
    ['search-ignores-parameter', /^Answer a number that nobody has.*\. Compare whole numbers/],
  ] as const)(
    '%s: who is found by a part of a number is not everybody',
    async ([fault, vendor], { expect }) => {
      const { checks } = await checkSandbox([fault], { only: ['lookup.not-everybody'] });
      expect(checks.get('lookup.not-everybody')?.remedy.vendor).toMatch(vendor);
    },
  );

  test.for(['update-ignored', 'update-makes-a-copy'])(
    '%s: no update is there to be kept as written',
    async (fault, { expect }) => {
      const { checks } = await checkSandbox([fault], { only: ['activity.enrich'] });
      expect(checks.get('activity.enrich')?.remedy).toEqual({
        vendor: expect.stringMatching(/^Store each update under the id/),
        integrator: expect.stringMatching(/^Mend activity\.update first/),
      });
    },
  );

  test('a text that comes back in capitals was stored, if not as written', async ({ expect }) => {
    const { checks } = await checkSandbox(['text-in-capitals'], { only: ['activity.enrich'] });
    expect(checks.get('activity.enrich')?.remedy.vendor).toMatch(/^Keep the text as it was written/);
  });

  test.for([
    ['missed-call-refused', /^Take a call of 0 seconds/, /leave out the end or the length of a missed call/],
    ['missed-call-looks-answered', /^Keep the result of a call/, /^Map App Connect's results/],
    ['call-direction-lost', /^Keep the direction and the result/, /^Map App Connect's Inbound and Outbound/],
  ] as const)(
    '%s: what is wrong with missed calls is no matter of the direction',
    async ([fault, vendor, integrator], { expect }) => {
      const { checks } = await checkSandbox([fault], { only: ['activity.direction'] });
      expect(checks.get('activity.direction')?.remedy).toEqual({
        vendor: expect.stringMatching(vendor),
        integrator: expect.stringMatching(integrator),
      });
    },
  );

  test.for([
    ['call-times-empty', /^Keep the times of a call/],
    ['call-offset-ignored', /^Read the offset of a time/],
  ] as const)('%s: a time that was not kept has no offset', async ([fault, vendor], { expect }) => {
    const { checks } = await checkSandbox([fault], { only: ['activity.time'] });
    expect(checks.get('activity.time')?.remedy.vendor).toMatch(vendor);
  });

  test('a credential that the CRM has just issued is not mistyped', async ({ expect }) => {
    const { checks } = await checkSandbox(['bearer-refused'], { only: ['auth.accepted', 'oauth.bearer'] });
    expect(checks.get('auth.accepted')).toMatchObject({
      verdict: 'fail',
      remedy: {
        vendor: expect.stringMatching(/^Accept the access token that your token endpoint .* Bearer/),
        integrator: expect.stringMatching(/^Look for the scheme/),
      },
    });
  });

  test('a credential that was handed in may well be mistyped', async ({ expect }) => {
    const { checks } = await checkSandbox(['bearer-refused'], {
      file: 'profiles/reference-api-key.yaml',
      only: ['auth.accepted'],
    });
    expect(checks.get('auth.accepted')?.remedy.integrator).toMatch(/^Check the credential/);
  });

  test('a record that is answered with 404 has no field to be mapped', async ({ expect }) => {
    const { checks } = await checkSandbox(['call-read-404'], { only: ['activity.read'] });
    expect(checks.get('activity.read')?.remedy.integrator).toMatch(/^Look for the address .*getCallLog/);
  });
});

const ok = { kind: 'ok', status: 200, message: '', unmasked: false, exchange: 1 };
const refused = { ...ok, kind: 'refused', status: 400, message: 'no' };
const created = { answer: { ...ok, status: 201 }, id: null, idFrom: null, gap: null };
const token = {
  kind: 'answered',
  status: 200,
  contentType: 'application/json',
  response: { accessTokenLength: 40, refreshTokenLength: 40, expiresIn: 3600 },
  error: null,
  message: '',
  gaveToken: true,
  hasRefreshToken: true,
  expiresIn: 3600,
  deviations: [],
  strict: null,
  clockSkew: null,
};
const noToken = { ...token, status: 400, error: 'invalid_grant', message: 'invalid_grant', gaveToken: false };
const refreshed = {
  basic: token,
  otherWay: null,
  other: null,
  rotated: false,
  renewed: ok,
  again: token,
  lifetimeAtLogin: 3600,
};
const read = { answer: ok, subjectFound: true, bodyFound: true, recased: [], gaps: [] };
const long = {
  create: ok,
  read: ok,
  written: 20_000,
  kept: null,
  endFound: false,
  differences: [],
  limit: null,
};

/** A requirement, facts, and what its integrator or vendor must, or must not, be told. */
const cases: [
  what: string,
  id: string,
  facts: object,
  side: 'vendor' | 'integrator',
  words: RegExp,
  not?: RegExp,
][] = [
  ['no id at all', 'activity.create', created, 'integrator', /look the record up/, /header/],
  ['an id in a header', 'activity.create', { ...created, id: '1', idFrom: 'header' }, 'integrator', /header/],
  [
    'a call that is refused',
    'activity.create',
    { ...created, answer: refused },
    'integrator',
    /refusal names/,
    /header/,
  ],
  ['no id of a contact', 'contact.create', created, 'integrator', /by its number/, /header/],
  [
    'a contact that is refused',
    'contact.create',
    { ...created, answer: refused },
    'integrator',
    /refusal names/,
    /header|look/,
  ],
  [
    'a message that cannot be read',
    'activity.message',
    { ...created, reading: refused, textFound: null },
    'integrator',
    /getMessageLog/,
  ],
  [
    'a message without its text',
    'activity.message',
    { ...created, id: '1', idFrom: 'body', reading: ok, textFound: false },
    'vendor',
    /^Keep the text/,
  ],
  [
    'a second message that replaces the first',
    'activity.message-update',
    { update: ok, reading: ok, firstFound: false, secondFound: true },
    'integrator',
    /write both texts/,
  ],
  [
    'a second message that is refused',
    'activity.message-update',
    { update: refused, reading: null, firstFound: false, secondFound: false },
    'integrator',
    /record of its own/,
    /both texts/,
  ],
  [
    'a subject that does not come back',
    'activity.read',
    { ...read, subjectFound: false },
    'integrator',
    /Map subjectPath/,
    /fullBodyPath/,
  ],
  ['other capitals', 'activity.read', { ...read, recased: ['body'] }, 'vendor', /capitals/],
  [
    'an update that is refused',
    'activity.update',
    { update: refused, reading: ok, readable: true, textFound: false },
    'vendor',
    /^Let a record be changed/,
  ],
  [
    'a step that is refused',
    'activity.enrich',
    {
      stopped: { step: 'the AI note', answer: refused },
      lost: [],
      repeated: [],
      unfound: [],
      trimmed: false,
    },
    'integrator',
    /activity\.update/,
    /log format/,
  ],
  [
    'a long text that is refused',
    'activity.long',
    { ...long, create: refused, read: null },
    'vendor',
    /^Take a text of 20,000/,
    /or refuse/,
  ],
  [
    'a refusal with another status',
    'activity.unknown-id',
    { asked: '9', answer: refused, shown: null },
    'integrator',
    /refusal for a record that is gone/,
    /success/,
  ],
  [
    'a user for nobody',
    'auth.missing-refused',
    { ...ok, operation: 'getUserInfo' },
    'integrator',
    /^None/,
    /error/,
  ],
  [
    'an id that is cut at a hyphen',
    'user.id',
    { answer: ok, again: ok, ids: ['a-b', 'a-b'], gap: null, usesUserId: true },
    'integrator',
    /templates/,
  ],
  [
    'an id that changes',
    'user.id',
    { answer: ok, again: ok, ids: ['1', '2'], gap: null, usesUserId: false },
    'integrator',
    /never changes/,
    /hyphen/,
  ],
  [
    'only credentials in the body',
    'oauth.code-exchange',
    {
      tried: [
        { clientAuth: 'basic', pkce: false, answer: { ...noToken, status: 401 } },
        { clientAuth: 'body', pkce: false, answer: token },
      ],
    },
    'integrator',
    /in the body or the query/,
  ],
  [
    'no way at all',
    'oauth.code-exchange',
    { tried: [{ clientAuth: 'basic', pkce: false, answer: noToken }] },
    'integrator',
    /redirect URI/,
    /connector with code/,
  ],
  [
    'a refusal in a shape of its own',
    'oauth.bad-client-refused',
    { wrongClient: { ...noToken, status: 404 }, noCode: null, unknownCode: noToken, publicClient: false },
    'integrator',
    /^None is needed/,
  ],
  [
    'a secret that is not looked at',
    'oauth.bad-client-refused',
    { wrongClient: token, noCode: null, unknownCode: noToken, publicClient: false },
    'integrator',
    /Do not go into production/,
  ],
  [
    'a token that is too long',
    'oauth.token-response',
    { ...token, response: { ...token.response, accessTokenLength: 3000 }, read: [] },
    'integrator',
    /^None/,
    /expiry/,
  ],
  [
    'no expires_in',
    'oauth.token-response',
    { ...token, response: { ...token.response, expiresIn: null }, read: [] },
    'integrator',
    /set the expiry/,
  ],
  [
    'a further field that is needed',
    'oauth.token-response',
    { ...token, read: ['api_domain'] },
    'vendor',
    /access token alone/,
  ],
  ['no refresh token', 'oauth.refresh', { ...refreshed, basic: null }, 'vendor', /^Issue a refresh token/],
  [
    'a refresh that is refused',
    'oauth.refresh',
    { ...refreshed, basic: noToken },
    'integrator',
    /log in again/,
    /own way/,
  ],
  [
    'tokens of a minute',
    'oauth.refresh',
    { ...refreshed, basic: { ...token, expiresIn: 60 } },
    'vendor',
    /live longer/,
  ],
  [
    'a new token that does not work',
    'oauth.refresh',
    { ...refreshed, renewed: refused },
    'vendor',
    /new access token work/,
  ],
  [
    'a contact that only a raw plus finds',
    'contact.found',
    {
      phoneNumber: '+1',
      found: true,
      foundBy: 'raw +',
      afterSeconds: 0,
      waitedSeconds: 0,
      asked: 1,
      others: 0,
      last: ok,
    },
    'vendor',
    /decoded plus/,
  ],
  [
    'a search that is refused',
    'lookup.e164',
    {
      phoneNumber: '+1',
      found: false,
      foundBy: null,
      afterSeconds: null,
      waitedSeconds: 1,
      asked: 2,
      others: 0,
      last: refused,
    },
    'integrator',
    /refusal says/,
    /form that the CRM keeps/,
  ],
  [
    'a second number that is refused',
    'lookup.other-field',
    { created: refused, bySecond: 'not-asked', byFirst: 'not-asked' },
    'vendor',
    /two phone numbers/,
  ],
  [
    'a date in a form of its own',
    'lookup.fields-extra',
    { found: { createdDate: 'unreadable', type: 'there', phone: 'there' }, createdDate: '1/2/26' },
    'vendor',
    /ISO 8601/,
    /these fields/,
  ],
];

describe('what is advised fits what was found, by facts:', () => {
  test.each(cases)('%s', (_what, id, facts, side, words, not) => {
    const { verdict, [side]: advice } = judged(id, facts);
    expect(['fail', 'warn']).toContain(verdict);
    expect(advice).toMatch(words);
    if (not) expect(advice).not.toMatch(not);
  });

  test('where the profile looks at the wrong field, the vendor has nothing to change', () => {
    const facts = { update: ok, reading: ok, readable: true, textFound: false, elsewhere: true };
    expect(judged('activity.update', facts).vendor).toBe('');
  });

  test('where no format finds the rest, nobody is told to search in more of them', () => {
    const e164 = '+14155550123';
    const matrix = {
      stored: [
        { format: 'e164', region: 'US', e164, text: e164, kept: null },
        { format: 'dashed', region: 'US', e164, text: '415-555-0123', kept: null },
      ],
      queried: [{ format: 'e164', label: 'E.164' }],
      cells: [['hit'], ['miss']],
      notStored: [],
      waitedSeconds: 1,
    };
    const { summary, integrator } = judged('lookup.any-format', {
      matrix,
      share: 0,
      extraFormats: [],
      unreachable: ['415-555-0123'],
    });
    expect(summary).toContain('no choice of formats finds the rest');
    expect(integrator).not.toMatch(/several formats/);
  });
});
