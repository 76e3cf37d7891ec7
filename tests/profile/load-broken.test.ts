import { describe, expect, it } from 'vitest';
import { ProfileError, parseProfile } from '../../src/profile/load.ts';
import type { ProfileProblem } from '../../src/profile/types.ts';

const secret = 'very-secret-value';

async function problemsOf(
  text: string,
  vars: Record<string, string> = {},
): Promise<readonly ProfileProblem[]> {
  try {
    await parseProfile(text, 'acme.yaml', { env: { KEY: secret, EMPTY: '' }, vars });
  } catch (error) {
    if (error instanceof ProfileError) return error.problems;
    throw error;
  }
  throw new Error('the profile was accepted');
}

/** A good profile in seven lines; `operations` starts in line 8, its entries in line 9. */
const profile = (operations: string, extra = '') => `crmReady: 1
meta:
  name: acme
secrets: [KEY]
auth: { type: bearer, token: "{{ secrets.KEY }}" }
requestDefaults: { baseUrl: https://api.acme.example }
${extra}
operations:
${operations}`;
const me = '  getUserInfo: { url: /me }';

interface Case {
  name: string;
  text: string;
  vars?: Record<string, string>;
  line: number;
  column: number;
  message: string;
  expected?: string;
  hint?: string;
}

const cases: Case[] = [
  {
    name: 'an unknown key at the top',
    text: profile(me, 'setle: 5'),
    line: 7,
    column: 1,
    message: 'unknown key `setle` at the top',
    expected: '`settle`',
    hint: 'did you mean `settle`?',
  },
  {
    name: 'an unknown operation',
    text: profile('  findContcat: { url: / }'),
    line: 9,
    column: 3,
    message: 'unknown key `findContcat` in `operations`',
    expected: '`findContact`',
    hint: 'did you mean `findContact`?',
  },
  {
    name: 'an unknown key of a mapping',
    text: profile('  getUserInfo: { url: /me, responseMapping: { nmaePath: body.name } }'),
    line: 9,
    column: 47,
    message: 'unknown key `nmaePath` in `operations.getUserInfo.responseMapping`',
    expected: '`namePath`',
    hint: 'did you mean `namePath`?',
  },
  {
    name: 'a required key that is misspelt',
    text: profile(me).replace('baseUrl', 'baseURI'),
    line: 6,
    column: 20,
    message: 'unknown key `baseURI` in `requestDefaults`',
    expected: '`baseUrl`',
    hint: 'did you mean `baseUrl`?',
  },
  {
    name: 'a required key that is missing',
    text: profile(me).replace('  name: acme', '  displayName: Acme'),
    line: 2,
    column: 1,
    message: '`meta` has no `name`',
    expected: 'Short name',
    hint: 'add `name`',
  },
  {
    name: 'a credential without what its type needs',
    text: profile(me).replace('type: bearer', 'type: basic').replace('token:', 'username:'),
    line: 5,
    column: 1,
    message: '`auth` has no `password`',
    expected: 'The password',
  },
  {
    name: 'a type of credential that there is not',
    text: profile(me).replace('type: bearer', 'type: baerer'),
    line: 5,
    column: 15,
    message: '`auth.type` is the text "baerer"',
    expected: '`login`',
    hint: 'did you mean `bearer`?',
  },
  {
    name: 'a text where a number belongs',
    text: profile(me, 'settle: soon'),
    line: 7,
    column: 9,
    message: '`settle` is the text "soon"',
    expected: 'a number',
  },
  {
    name: 'a phone number without quotes',
    text: profile(me, 'fixtures: { contacts: [{ id: 1, phoneNumber: +14155550100 }] }'),
    line: 7,
    column: 46,
    message: '`fixtures.contacts[0].phoneNumber` is the number 14155550100',
    expected: 'a text',
    hint: 'put it in quotes',
  },
  {
    name: 'a template without quotes',
    text: profile('  getUserInfo: { url: /me, headers: { X-Key: {{ secrets.KEY }} } }'),
    line: 9,
    column: 47,
    message: 'a key is itself a map or a list',
    expected: 'keys that are plain words',
    hint: 'needs quotes',
  },
  {
    name: 'a number out of its range',
    text: profile(me, 'limits: { concurrency: 0 }'),
    line: 7,
    column: 24,
    message: '`limits.concurrency` is the number 0',
    expected: 'Must be >= 1',
  },
  {
    name: 'a search without a mapping',
    text: profile('  findContact: { url: /contacts }'),
    line: 9,
    column: 3,
    message: '`operations.findContact` has no `responseMapping`',
    expected: 'Where the list of contacts stands',
  },
  {
    name: 'several requests of an operation that is no search',
    text: profile('  createContact:\n    requests: [{ url: /a }]'),
    line: 10,
    column: 5,
    message: '`requests` is only for findContact and findContactWithName',
    hint: 'several requests in order are `steps`',
  },
  {
    name: 'a request beside its steps',
    text: profile('  createContact:\n    url: /a\n    steps: [{ url: /a }]'),
    line: 10,
    column: 5,
    message: 'unknown key `url` in `operations.createContact`',
    hint: 'with `steps`, `url` belongs into each of them',
  },
  {
    name: 'an undefined variable in a quoted text',
    text: profile('  getCallLog: { url: "/calls/{{ thirdPartyLogID }}" }'),
    line: 9,
    column: 33,
    message: 'undefined variable `thirdPartyLogID` in getCallLog',
    expected: '`thirdPartyLogId`',
    hint: 'did you mean `thirdPartyLogId`?',
  },
  {
    name: 'an undefined variable in a literal block',
    text: profile('  createCallLog:\n    url: /calls\n    body: |\n      <a>\n      <b>{{ subjekt }}</b>'),
    line: 13,
    column: 13,
    message: 'undefined variable `subjekt` in createCallLog',
    hint: 'did you mean `subject`?',
  },
  {
    name: 'a variable that only another operation has',
    text: profile('  createContact: { method: POST, url: /c, body: { text: "{{ composedLogDetails }}" } }'),
    line: 9,
    column: 61,
    message: 'undefined variable `composedLogDetails` in createContact',
    hint: 'it is known in createCallLog, updateCallLog',
  },
  {
    name: "App Connect's variable for the key",
    text: profile('  getUserInfo: { url: /me, headers: { K: "{{ apiKey }}" } }'),
    line: 9,
    column: 46,
    message: 'undefined variable `apiKey` in getUserInfo',
    hint: '{{ secrets.NAME }}',
  },
  {
    name: 'a secret that is used but not listed',
    text: profile('  getUserInfo: { url: "/me?k={{ secrets.KEI }}&l={{ secrets.KEI }}" }'),
    line: 9,
    column: 33,
    message: '`secrets.KEI` is used, but KEI is not listed in `secrets`',
    expected: '`secrets.KEY`',
    hint: 'did you mean `KEY`?',
  },
  {
    name: 'all secrets at once',
    text: profile('  getUserInfo: { method: POST, url: /, body: "{{ secrets | json }}" }'),
    line: 9,
    column: 50,
    message: 'a template reads all `secrets` at once',
  },
  {
    name: 'a capture that is read before it is made',
    text: profile(
      '  createCallLog:\n    steps:\n      - { url: "/{{ captures.id }}" }\n      - { url: /b, captures: { id: body.id } }',
    ),
    line: 11,
    column: 21,
    message: 'no earlier step captures `id`',
    hint: 'it is captured by this step or a later one',
  },
  {
    name: 'a base URL that needs the session',
    text: profile(me).replace('https://api.acme.example', '"{{ auth.url }}"'),
    line: 6,
    column: 33,
    message: 'undefined variable `auth.url`',
    hint: '{{ auth.name | raw }}/path',
  },
  {
    name: 'an environment variable that is not set',
    text: profile(me).replace('[KEY]', '[KEY, MISSING]'),
    line: 4,
    column: 16,
    message: 'the environment variable MISSING is not set',
    expected: 'a value for each secret',
    hint: 'export MISSING=…',
  },
  {
    name: 'an environment variable that is empty',
    text: profile(me).replace('[KEY]', '[KEY, EMPTY]'),
    line: 4,
    column: 16,
    message: 'the environment variable EMPTY is empty',
    hint: 'add -e <file>',
  },
  {
    name: 'a template that is not closed',
    text: profile('  getUserInfo: { url: "/me/{{ runId" }'),
    line: 9,
    column: 28,
    message: 'not a valid template: `{{` is never closed',
    expected: '{{ variable | filter }}',
  },
  {
    name: 'a filter that there is not',
    text: profile(
      '  findContact:\n    url: /c/{{ phoneNumber | digit }}\n    responseMapping: { listPath: body, item: {} }',
    ),
    line: 10,
    column: 30,
    message: 'not a valid template: there is no filter `digit`',
    hint: 'did you mean `digits`?',
  },
  {
    name: 'a JMESPath that is none',
    text: profile('  getUserInfo: { url: /me, responseMapping: { idPath: "body.items[" } }'),
    line: 9,
    column: 55,
    message: 'not a valid JMESPath',
    expected: 'body.items[0].id',
  },
  {
    name: 'a regular expression that is none',
    text: profile(
      '  createContact: { url: /c, responseMapping: { idPath: { path: headers.location, regex: "([0-9]+" } } }',
    ),
    line: 9,
    column: 89,
    message: 'not a valid regular expression',
    expected: 'first group',
  },
  {
    name: 'a key that stands twice',
    text: profile(`${me}\n${me}`),
    line: 10,
    column: 3,
    message: 'the key `getUserInfo` stands twice',
    hint: 'it stands first in line 9',
  },
  {
    name: 'a host that is not named',
    text: profile('  getUserInfo: { url: /me, host: flies }', 'hosts: { files: https://files.acme.example }'),
    line: 9,
    column: 34,
    message: 'there is no host `flies`',
    expected: '`files`',
    hint: 'did you mean `files`?',
  },
  {
    name: 'a credential that is not named',
    text: profile('  getUserInfo: { url: /me, auth: session }'),
    line: 9,
    column: 34,
    message: 'there is no credential `session`',
    expected: '`none`',
    hint: 'add `session` to `credentials`',
  },
  {
    name: 'the OAuth client where there is none',
    text: profile('  unAuthorize: { url: /revoke, auth: client }'),
    line: 9,
    column: 38,
    message: '`auth: client` needs an OAuth client',
  },
  {
    name: 'a key that replaces another, which a login does here',
    text: profile(
      '  getUserInfo: { url: /me, responseMapping: { idPath: body.id, overridingApiKeyPath: body.key } }',
    ),
    line: 9,
    column: 64,
    message: '`overridingApiKeyPath` takes effect in a bare proxyConfig only',
    hint: 'a step of the login',
  },
  {
    name: 'a login that signs nothing',
    text: profile(me).replace(
      /auth: .*/,
      'auth: { type: login, steps: [{ url: /login, captures: { sid: body.sid } }] }',
    ),
    line: 5,
    column: 1,
    message: 'the login does not say how its session signs requests',
    hint: '{{ auth.sid }}',
  },
  {
    name: 'an override of a variable that is not declared',
    text: profile(me, 'vars: { tenant: acme }'),
    vars: { tennant: 'x' },
    line: 7,
    column: 1,
    message: '--var tennant names a variable that the profile does not declare',
    expected: '`tenant`',
    hint: 'did you mean `tenant`?',
  },
  {
    name: 'a variable without a value',
    text: profile(me, 'vars: { tenant: }'),
    line: 7,
    column: 9,
    message: '`vars.tenant` has no value',
    hint: '--var tenant=…',
  },
  {
    name: 'a base URL without a scheme',
    text: profile(me).replace('https://api', 'api'),
    line: 6,
    column: 29,
    message: '`requestDefaults.baseUrl` does not start with https:// or http://',
    expected: 'https://api.example.com/v1',
    hint: 'write https://api.acme.example',
  },
  {
    name: 'a base URL with a password in it',
    text: profile(me).replace('https://api', 'https://me:pw@api'),
    line: 6,
    column: 29,
    message: '`requestDefaults.baseUrl` has a user name or a password in it',
    hint: 'credentials belong into `auth`',
  },
  {
    name: 'a version of the language that is not known',
    text: 'crmReady: 2\nmetta: {}\n',
    line: 1,
    column: 11,
    message: 'the profile is written for `crmReady: 2`',
    expected: 'this crm-ready understands 1',
    hint: 'update crm-ready',
  },
  {
    name: 'a misspelt version key',
    text: '# mine\ncrmready: 1\noperations: {}\n',
    line: 2,
    column: 1,
    message: 'unknown key `crmready` at the top',
    hint: 'did you mean `crmReady`?',
  },
  {
    name: 'something else altogether',
    text: 'version: 3\nservices: {}\n',
    line: 1,
    column: 1,
    message: 'this is no profile',
  },
  {
    name: 'an empty file',
    text: '',
    line: 1,
    column: 1,
    message: 'the file is empty',
    hint: 'docs/profile.md',
  },
  { name: 'a file of comments', text: '# nothing\n\n', line: 1, column: 1, message: 'the file is empty' },
  {
    name: 'a list',
    text: '\n- crmReady: 1\n',
    line: 2,
    column: 1,
    message: 'the document is a list, not a profile',
  },
  { name: 'a single value', text: 'hello\n', line: 1, column: 1, message: 'the document is a single value' },
  {
    name: 'several documents',
    text: `${profile(me)}\n---\ncrmReady: 1\n`,
    line: 10,
    column: 1,
    message: 'the file holds several documents',
    expected: 'one document',
  },
  {
    name: 'a file that is not YAML',
    text: 'crmReady: 1\nmeta: { name: acme\nauth:\n  type: none\n',
    line: 3,
    column: 1,
    message: 'not valid YAML',
  },
  {
    name: 'tabs',
    text: 'crmReady: 1\nmeta:\n\tname: acme\n',
    line: 3,
    column: 1,
    message: 'not valid YAML',
    hint: 'indent with spaces',
  },
  {
    name: 'an unknown tag',
    text: profile(me).replace('acme\n', '!env NAME\n'),
    line: 3,
    column: 9,
    message: 'unknown tag !env',
  },
  {
    name: 'an alias without an anchor',
    text: profile(me).replace('acme\n', '*name\n'),
    line: 3,
    column: 9,
    message: 'the alias *name has no anchor before it',
  },
  {
    name: 'a UTF-16 file',
    text: 'c\0r\0m\0',
    line: 1,
    column: 2,
    message: 'the file is not a text in UTF-8',
    hint: 'save it as UTF-8',
  },
];

const head = 'crmReady: 1\nmeta: { name: acme }\n';
const sideBySide: [name: string, text: string, odd: number, beside: number, columns: string][] = [
  [
    'a key one space too far to the right',
    'auth:\n  type: bearer\n   token: x\n',
    5,
    4,
    'column 3, line 5 in column 4',
  ],
  [
    'the same behind a value in quotes',
    'auth:\n  type: "bearer"\n   token: x\n',
    5,
    4,
    'column 3, line 5 in column 4',
  ],
  [
    'the same behind a comment',
    'auth:\n  type: bearer\n\n  # key\n   token: x\n',
    7,
    4,
    'column 3, line 7 in column 4',
  ],
  [
    'the same behind a value of two lines',
    'auth:\n  type: bearer\n   or so\n   token: x\n',
    6,
    4,
    'column 3, line 6 in column 4',
  ],
  ['the same with CRLF', 'auth:\r\n  type: bearer\r\n   token: x\r\n', 5, 4, 'column 3, line 5 in column 4'],
  ['a key at the top with a space before it', ' secrets: [KEY]\n', 3, 2, 'column 1, line 3 in column 2'],
  [
    'a key one space too far to the left',
    'auth:\n  type: bearer\n token: x\n',
    5,
    4,
    'column 3, line 5 in column 2',
  ],
  [
    'the same, and what it belongs beside has keys of its own',
    'auth:\n    a:\n      b: 1\n   c: 2\n',
    6,
    4,
    'column 5, line 6 in column 4',
  ],
  ['an item of a list', 'secrets:\n  - A\n - B\n', 5, 4, 'column 3, line 5 in column 2'],
  [
    'a key in an item, too far to the left',
    'steps:\n  - url: /x\n   method: GET\n',
    5,
    4,
    'behind its `-` in column 5, line 5 in column 4',
  ],
  [
    'a key in an item, too far to the right',
    'steps:\n  - url: /x\n     method: GET\n',
    5,
    4,
    'behind its `-` in column 5, line 5 in column 6',
  ],
];

it('the text of a block that is not indented deeper than its key is told so', async () => {
  const text = `${profile('  getUserInfo:')}\n    url: /me\n    method: POST\n    body: |\n   <id>1</id>\n    auth: none\n`;
  const lines = text.split('\n');
  const odd = lines.indexOf('   <id>1</id>') + 1;
  await expect(parseProfile(text, 'acme.yaml', { env: {} })).rejects.toMatchObject({
    problems: [
      {
        line: odd,
        message: `not valid YAML: line ${odd} is not indented deeper than line ${odd - 1}, whose text it is`,
        hint: `indent line ${odd} deeper than line ${odd - 1}, with spaces`,
      },
    ],
  });
});

describe('a line that is indented differently from the one that it belongs beside is named, with that one:', () => {
  it.each(sideBySide)('%s', async (_name, text, odd, beside, columns) => {
    const [problem, ...more] = await problemsOf(head + text);
    expect(more).toEqual([]);
    expect(problem).toMatchObject({
      line: odd,
      message: `not valid YAML: line ${odd} is indented differently from line ${beside}`,
      expected: expect.stringContaining(columns),
      hint: 'indent both lines alike, with spaces',
    });
  });

  it('a first line with a space before it', async () => {
    const [problem] = await problemsOf(` ${head}`);
    expect(problem).toMatchObject({ line: 2, message: expect.stringContaining('differently from line 1') });
  });

  it.each([
    ['a value with a colon', 'auth:\n  type: bearer: x\n', 'in quotes'],
    ['the same before a line that is indented more', 'auth:\n  type: a: b\n    token: x\n', 'in quotes'],
    ['a key beside the items of a list', 'secrets:\n  - A\n  b: 1\n', 'begin each item of a list with `- `'],
  ])('(%s is no matter of indentation)', async (_name, text, hint) => {
    const [problem] = await problemsOf(head + text);
    expect(problem?.message).not.toContain('differently');
    expect(problem?.hint).toContain(hint);
  });
});

describe('a profile is refused, at the place of the mistake and only there, for', () => {
  it.each(cases)('$name', async ({ text, vars, line, column, message, expected, hint }) => {
    const problems = await problemsOf(text, vars);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({
      file: 'acme.yaml',
      line,
      column,
      message: expect.stringContaining(message),
    });
    if (expected !== undefined) expect(problems[0]?.expected).toContain(expected);
    if (hint !== undefined) expect(problems[0]?.hint).toContain(hint);
    expect(JSON.stringify(problems)).not.toContain(secret);
  });
});

describe('many mistakes', () => {
  it('are told all at once, in the order of the file', async () => {
    const problems = await problemsOf(
      profile(
        '  getUserInfo: { url: "/{{ usr.id }}", hots: a }\n  getCallLog: { methd: GET, url: / }',
        'settle: soon',
      ).replace('[KEY]', '[KEY, MISSING]'),
    );
    expect(problems.map(({ line, column }) => `${line}:${column}`)).toEqual([
      '4:16',
      '7:9',
      '9:28',
      '9:40',
      '10:17',
    ]);
  });

  it('are listed in the message of the error, each with its place and the next step', async () => {
    const error = await parseProfile(profile(me, 'setle: 5'), 'acme.yaml', { env: {} }).catch(
      (thrown: unknown) => thrown,
    );
    expect(String(error)).toMatch(
      /^acme\.yaml:4:11 {2}the environment variable KEY is not set\n {4}expected {2}.*\n {4}next {6}export KEY/,
    );
    expect(String(error)).toMatch(/\nacme\.yaml:7:1 {2}unknown key `setle` at the top\n/);
  });

  it('keep their places after CRLF line ends and a byte order mark', async () => {
    const [problem] = await problemsOf(`\uFEFF${profile(me, 'setle: 5').replaceAll('\n', '\r\n')}`);
    expect(problem).toMatchObject({ line: 7, column: 1 });
  });
});

describe('a document that would exhaust the reader is refused quickly', () => {
  const bomb = [
    'a: &a [x, x, x, x, x, x, x, x, x]',
    ...'bcdefghij'
      .split('')
      .map((name, index) => `${name}: &${name} [${`*${'abcdefghij'[index]}, `.repeat(9)}]`),
  ].join('\n');
  it.each([
    ['aliases of aliases', bomb, 'aliases of the document expand to too much'],
    ['an alias inside its own anchor', 'crmReady: 1\nx-a: &a [*a, *a]\n', 'nested too deeply'],
    ['brackets without end', `a: ${'['.repeat(200_000)}`, 'nested too deeply'],
    [
      'a stair of keys',
      Array.from({ length: 900 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n'),
      'nested too deeply',
    ],
    ['a stair of lists', `a:\n  ${'- '.repeat(2_000)}x`, 'nested too deeply'],
    [
      'a moderate stair',
      Array.from({ length: 80 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n'),
      'nested too deeply',
    ],
    ['two megabytes', `a: ${'x'.repeat(2 * 1024 * 1024)}`, 'too large for a profile'],
  ])(
    '%s',
    async (_, text, message) => {
      const problems = await problemsOf(text);
      expect(problems).toHaveLength(1);
      expect(problems[0]?.message).toContain(message);
    },
    2_000,
  );
});
