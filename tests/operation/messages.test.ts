import { describe, expect, it } from 'vitest';
import { TemplateError } from '../../src/profile/template.ts';
import { asked, callTo, connect, type Replies } from './connector.ts';

const head = `
auth: { type: none }
requestDefaults: { baseUrl: BASE }
operations:`;
const connected = (operations: string, replies: Replies = {}) => connect(`${head}\n${operations}`, replies);

/** What a promise was rejected with, which must be a template's failure. */
async function failure(promise: Promise<unknown>): Promise<TemplateError> {
  const error = await promise.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof TemplateError)) throw new Error(`no template failed: ${error}`);
  return error;
}

describe('a template that fails while the run is under way', () => {
  it.each([
    [
      'a filter that is given nonsense',
      'body: { a: [{ due: "{{ contactInfo.name | date }}" }] }',
      'operations.createCallLog.body.a[0].due (line 8): {{ contactInfo.name | date }}: “Ada Test” is no time for the filter `date`; expected ISO 8601 such as 2026-11-24T10:20:30Z, or milliseconds since 1970',
    ],
    [
      'an entry that a map does not have',
      'query: { dir: "{{ vars.map[callLog.direction] }}" }',
      /^operations\.createCallLog\.query\.dir \(line 8\): .*: `vars\.map` has no `Outbound`; expected `Inbound`$/,
    ],
    [
      'a list in the middle of a path',
      'headers: { X-To: "a {{ vars.list }}" }',
      /^operations\.createCallLog\.headers\.X-To \(line 8\): /,
    ],
    [
      'its own condition',
      'when: "{{ contactInfo.id | number }}"',
      /^operations\.createCallLog\.when \(line 8\): .*“abc” is no number/,
    ],
  ])('names the operation, the key and the line: %s', async (_, part, message) => {
    const { crm, received } = await connect(
      `
vars: { map: { Inbound: I }, list: [1] }
auth: { type: none }
requestDefaults: { baseUrl: BASE }
operations: { createCallLog: { method: POST, url: /calls, ${part} } }
`,
      {},
    );
    expect((await failure(crm.createCallLog(callTo('abc')))).message).toMatch(message);
    expect(received).toEqual([]);
  });

  it('names the step that it stands in', async () => {
    const { crm } = await connected(
      '  createCallLog:\n    steps:\n      - { method: POST, url: /a, captures: { id: body.id } }\n      - { method: PUT, url: "/a/{{ captures.id | number }}" }',
      { 'POST /a': { body: { id: 'not-1' } } },
    );
    const { message, details } = await failure(crm.createCallLog(callTo(1)));
    expect(message).toBe(
      'operations.createCallLog.steps[1].url (line 11): {{ captures.id | number }}: “not-1” is no number',
    );
    expect(details).toMatchObject({ path: ['operations', 'createCallLog', 'steps', 1, 'url'] });
  });

  it('names the request of a search that it stands in', async () => {
    const list = 'responseMapping: { listPath: body, item: { idPath: id } }';
    const { crm } = await connected(
      `  findContact: { requests: [{ url: /a, ${list} }, { url: /b, query: { n: "{{ phoneNumber | number }}" }, ${list} }] }`,
      { 'GET /a': { body: [] } },
    );
    const { message } = await failure(crm.findContact({ text: 'x', e164: 'x' }));
    expect(message).toMatch(
      /^operations\.findContact\.requests\[1\]\.query\.n \(line 8\): .*“x” is no number$/,
    );
  });

  it('refuses a header with a line break, of whatever the CRM answered', async () => {
    const { crm, received } = await connected(
      '  createCallLog:\n    steps:\n      - { url: /a, captures: { etag: body.etag } }\n      - { method: PUT, url: /a, headers: { If-Match: "{{ captures.etag }}" } }',
      { 'GET /a': { body: { etag: 'x\r\nX-Evil: 1' } } },
    );
    const { message } = await failure(crm.createCallLog(callTo(1)));
    expect(message).toBe(
      'operations.createCallLog.steps[1].headers.If-Match (line 11): the header If-Match would contain a line break; add `| strip_newlines`, or keep it in one line',
    );
    expect(received).toHaveLength(1);
  });

  it('names the step of a login', async () => {
    const error = await failure(
      connect(
        `
auth:
  type: login
  steps:
    - { url: /login, captures: { at: body.at } }
    - { url: "/session/{{ captures.at | epoch }}", captures: { id: body.id } }
  headers: { X: "{{ auth.id }}" }
requestDefaults: { baseUrl: BASE }
operations: { getUserInfo: { url: /me } }
`,
        { 'GET /login': { body: { at: 'soon' } } },
      ),
    );
    expect(error.message).toMatch(/^auth\.steps\[1\]\.url \(line 9\): .*“soon” is no time/);
  });
});

describe('a mapping that finds nothing', () => {
  const reasonOf = (outcome: { kind: string; reason?: string }) => {
    expect(outcome.kind).toBe('unreadable');
    return outcome.reason;
  };
  const search = (mapping: string) => `  findContact: { url: /people, responseMapping: ${mapping} }`;

  it('names the list of a search, and what comes nearest', async () => {
    const { crm } = await connected(search('{ listPath: body.data.contact, item: { idPath: id } }'), {
      'GET /people': { body: { data: { contacts: [{ id: 1 }], total: 1 } } },
    });
    expect(reasonOf(await crm.findContact(asked))).toBe(
      'operations.findContact.responseMapping.listPath: `body.data.contact` finds no list in the answer; nearest in the answer: body.data.contacts',
    );
  });

  it('takes a success without a body for nobody', async () => {
    const { crm } = await connected(search('{ listPath: body.data.contact, item: { idPath: id } }'), {
      'GET /people': { status: 202, body: '', headers: { 'content-type': 'text/html' } },
    });
    expect(await crm.findContact(asked)).toMatchObject({ kind: 'ok' });
  });

  it('reads records without an id: what that means is for a requirement to say', async () => {
    const { crm } = await connected(search('{ listPath: body, item: { idPath: contactId } }'), {
      'GET /people': { body: [{ contact_id: 1 }] },
    });
    expect(await crm.findContact(asked)).toMatchObject({ kind: 'ok', value: { contacts: [{ id: null }] } });
  });

  it('reads records without an id as they are', async () => {
    const { crm } = await connected(search('{ listPath: body, item: { idPath: id } }'), {
      'GET /people': { body: [{ id: null }, { id: 2 }] },
    });
    expect(await crm.findContact(asked)).toMatchObject({
      kind: 'ok',
      value: { contacts: [{ id: null }, { id: 2 }] },
    });
  });

  it('names the capture of a step whose value belongs into the path of the next, and sends nothing there', async () => {
    const { crm, received } = await connected(
      `  deleteCallLog:
    steps:
      - { url: "/links?call={{ thirdPartyLogId }}", captures: { link: "body.items[0].linkId" } }
      - { method: DELETE, url: "/links/{{ captures.link }}" }`,
      { 'GET /links': { body: { items: [{ LinkId: 4 }] } } },
    );
    expect(reasonOf(await crm.remove('deleteCallLog', 9, null))).toBe(
      'operations.deleteCallLog.steps[0].captures.link: `body.items[0].linkId` finds no value in the answer; nearest in the answer: body.items[0].LinkId',
    );
    expect(received.map(({ method }) => method)).toEqual(['GET']);
  });

  it('sends what has another value in place of the one that was not found', async () => {
    const { crm, received } = await connected(
      `  deleteCallLog:
    steps:
      - { url: /links, captures: { link: body.link } }
      - { method: DELETE, url: "/links/{{ captures.link | default: thirdPartyLogId }}" }`,
      { 'GET /links': { body: {} }, 'DELETE /links/9': { status: 204 } },
    );
    expect((await crm.remove('deleteCallLog', 9, null)).kind).toBe('ok');
    expect(received[1]?.target).toBe('/links/9');
  });

  it('names the capture of a login, and shows none of its values', async () => {
    const { signedIn } = await connect(
      `
auth:
  type: login
  steps: [{ method: POST, url: /login, captures: { session: body.sessionId } }]
  headers: { X-Session: "{{ auth.session }}" }
requestDefaults: { baseUrl: BASE }
operations: { getUserInfo: { url: /me } }
`,
      { 'POST /login': { body: { data: { session_id: 'very-secret-1' } } } },
    );
    expect(signedIn.failure).toEqual({
      requirement: 'auth.accepted',
      kind: 'refused',
      reason:
        'auth.steps[0].captures.session: `body.sessionId` finds no value in the answer; nearest in the answer: body.data.session_id',
    });
  });
});

describe('an answer that is no yes', () => {
  it.each([
    [401, '', { kind: 'refused', status: 401, message: '' }],
    [
      403,
      { errors: [{ field: 'phone', message: 'is too short' }] },
      { kind: 'refused', message: 'phone: is too short' },
    ],
    [403, { message: 'slow down' }, { kind: 'trouble', status: 403 }, { 'retry-after': '0' }],
    [429, { message: 'slow down' }, { kind: 'trouble', status: 429 }, { 'retry-after': '0' }],
    [503, '<html><body>Down</body></html>', { kind: 'trouble', status: 503 }, { 'retry-after': '0' }],
    [302, '', { kind: 'refused', status: 302 }],
  ])('%s %j', async (status, body, expected, headers: Record<string, string> = {}) => {
    const { crm } = await connected('  createContact: { method: POST, url: /people }', {
      'POST /people': { status, body, headers },
    });
    expect(await crm.createContact({ name: 'Ada', phoneNumber: '+14155550123' })).toMatchObject(expected);
  });

  const creating = async (body: unknown) => {
    const { crm } = await connected('  createContact: { method: POST, url: /people }', {
      'POST /people': { status: 400, body },
    });
    const outcome = await crm.createContact({ name: 'Ada', phoneNumber: '+14155550123' });
    return outcome.kind === 'refused' ? outcome.message : outcome.kind;
  };

  it.each([
    [
      { description: 'Validation failed', errors: [{ field: 'last_name', message: 'It should be present' }] },
      'Validation failed: last_name: It should be present',
    ],
    [{ message: 'Invalid data.', errors: { phone: ['is too short'] } }, 'Invalid data: phone: is too short'],
    [{ errors: { phone: 'is too short' } }, 'phone: is too short'],
    [
      { error: 'RecordInvalid', details: { phone: [{ description: 'Phone: is invalid' }] } },
      'RecordInvalid: Phone: is invalid',
    ],
    [{ message: 'Missing', fields: ['LastName'] }, 'Missing: LastName'],
    [{ error: { message: 'Bad', details: [{ field: 'owner', reason: 'unknown' }] } }, 'Bad: owner: unknown'],
    // Said once is enough; an id of the request is no field.
    [{ message: 'last_name is missing', errors: ['last_name is missing'] }, 'last_name is missing'],
    [{ message: 'Bad', errors: [], details: { requestId: 'r-17' } }, 'Bad'],
  ])('names the field that is wrong: %j', async (body, message) => {
    expect(await creating(body)).toBe(message);
  });

  it('names nobody whose record stands among the details, and no secret', async () => {
    const stranger = { id: 5, name: 'Jane Stranger', description: 'Jane Stranger of Acme' };
    expect(await creating({ message: 'Duplicate', details: [stranger] })).not.toMatch(/Jane|Acme/);
    expect(await creating({ message: 'Bad', errors: { password: ['hunter2'] } })).not.toContain('hunter2');
  });

  it('gives the reason of a header where the body has none', async () => {
    const { crm } = await connected('  createContact: { method: POST, url: /people }', {
      'POST /people': { status: 400, headers: { 'X-Status-Reason': 'phone is not E.164' } },
    });
    const outcome = await crm.createContact({ name: 'Ada', phoneNumber: '1' });
    expect(outcome).toMatchObject({ kind: 'refused', message: 'phone is not E.164' });
  });
});
