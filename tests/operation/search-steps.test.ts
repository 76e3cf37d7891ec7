import { describe, expect, it } from 'vitest';
import { hostsOf } from '../../src/profile/hosts.ts';
import { ProfileError, parseProfile } from '../../src/profile/load.ts';
import { asked, connect, jsonOf, type Replies, valueIn } from './connector.ts';

const env = { MONDAY_TOKEN: 'token-1' };

/** GraphQL: the column is looked up by its title before anybody is looked for in it. */
const profile = `
vars: { board: 77 }
auth: { type: apiKey, scheme: "", encode: none, credentialTemplate: "{{ secrets.MONDAY_TOKEN }}" }
requestDefaults: { baseUrl: BASE }
operations:
  findContact:
    steps:
      - method: POST
        url: /columns
        body: { query: "query { boards(ids: {{ vars.board }}) { columns { id title } } }" }
        success: "!(body.errors)"
        captures: { column: "body.data.boards[0].columns[?title=='Phone'].id | [0]" }
    requests:
      - method: POST
        url: /items
        type: item
        body: { variables: { board: "{{ vars.board }}", column: "{{ captures.column }}", values: ["{{ phoneNumber }}"] } }
        success: "!(body.errors)"
        responseMapping: { listPath: body.data.items, item: { idPath: id, namePath: name } }
      - url: /archive/{{ captures.column }}
        responseMapping: { listPath: body, item: { idPath: id } }
`;

const columns = {
  body: {
    data: {
      boards: [
        {
          columns: [
            { id: 'text1', title: 'Note' },
            { id: 'phone7', title: 'Phone' },
          ],
        },
      ],
    },
  },
};

async function monday(replies: Replies = {}, text = profile) {
  return connect(
    text,
    {
      'POST /columns': columns,
      'POST /items': { body: { data: { items: [{ id: '1', name: 'Ada Test' }] } } },
      'GET /archive/phone7': { body: [{ id: '2' }] },
      ...replies,
    },
    { env },
  );
}

describe('a search with steps before it', () => {
  it('sends them first, and reads their captures in every request', async () => {
    const { crm, received } = await monday();
    const { contacts, statuses } = valueIn(await crm.findContact(asked));
    expect(contacts.map(({ id, type }) => [id, type])).toEqual([
      ['1', 'item'],
      ['2', null],
    ]);
    expect(statuses).toEqual([200, 200]);
    expect(received[0]).toMatchObject({ target: '/columns', headers: { authorization: 'token-1' } });
    expect(
      received
        .slice(1)
        .map(({ target }) => target)
        .sort(),
    ).toEqual(['/archive/phone7', '/items']);
    expect(jsonOf(received.find(({ target }) => target === '/items'))).toEqual({
      variables: { board: 77, column: 'phone7', values: ['+14155550123'] },
    });
  });

  it('may have them before a single request, with captures of body and header', async () => {
    const { crm, received } = await connect(
      `
auth: { type: none }
requestDefaults: { baseUrl: BASE }
operations:
  findContact:
    steps: [{ url: /token, captures: { token: body.token, page: { path: 'headers."x-page"', regex: "\\\\d+" } } }]
    url: /people
    query: { token: "{{ captures.token }}", page: "{{ captures.page }}", phone: "{{ phoneNumber }}" }
    responseMapping: { listPath: body.people, item: { idPath: id } }
`,
      {
        'GET /token': { headers: { 'X-Page': 'p-12' }, body: { token: 't/1' } },
        'GET /people': { body: { people: [{ id: 5 }] } },
      },
    );
    expect(valueIn(await crm.findContact(asked)).contacts).toMatchObject([{ id: 5 }]);
    expect(received[1]?.target).toBe('/people?token=t%2F1&page=12&phone=%2B14155550123');
  });

  it('is refused when a step is refused, and asks for nobody', async () => {
    const { crm, received } = await monday({
      'POST /columns': { body: { errors: [{ message: 'Not Authenticated' }] } },
    });
    expect(await crm.findContact(asked)).toMatchObject({
      kind: 'refused',
      status: 200,
      message: 'Not Authenticated',
      answer: { unmasked: true },
    });
    expect(received).toHaveLength(1);
  });

  it('is in trouble when a step is in trouble', async () => {
    const { crm, received } = await monday({ 'POST /columns': { status: 500 } });
    expect(await crm.findContact(asked)).toMatchObject({ kind: 'trouble', status: 500 });
    expect(received).toHaveLength(1);
  });

  it('does not search without what a step was to find, and says where it looked', async () => {
    const { crm, received } = await monday({
      'POST /columns': { body: { data: { boards: [{ columns: [{ id: 'text1', title: 'Note' }] }] } } },
    });
    const outcome = await crm.findContact(asked);
    expect(outcome).toMatchObject({ kind: 'unreadable' });
    expect(outcome.kind === 'unreadable' && outcome.reason).toBe(
      "operations.findContact.steps[0].captures.column: `body.data.boards[0].columns[?title=='Phone'].id | [0]` finds no value in the answer; nearest in the answer: body.data.boards[0].columns[0].id",
    );
    expect(received).toHaveLength(1);
  });

  it('keeps people that the steps come across out of the evidence', async () => {
    const { crm, transport } = await monday({
      'POST /columns': {
        body: {
          ...columns.body,
          people: [{ id: 90, name: 'Somebody Else', phone: '+14155550199', created: '2026-01-01' }],
        },
      },
    });
    await crm.findContact(asked);
    expect(JSON.stringify(transport.exchanges)).not.toContain('Somebody Else');
  });

  it('lets a request of the search be left out, and searches with the rest', async () => {
    const { crm, received } = await connect(
      `
auth: { type: none }
requestDefaults: { baseUrl: BASE }
operations:
  findContact:
    requests:
      - { url: /people, when: "{{ isExtension == 'false' }}", responseMapping: &list { listPath: body, item: { idPath: id } } }
      - { url: /extensions, when: "{{ isExtension == 'true' }}", responseMapping: *list }
`,
      { 'GET /people': { body: [{ id: 1 }] }, 'GET /extensions': { body: [{ id: 2 }] } },
    );
    expect(valueIn(await crm.findContact(asked)).contacts).toMatchObject([{ id: 1 }]);
    const extension = await crm.findContact({ text: '101', e164: '101', isExtension: true });
    expect(valueIn(extension).contacts).toMatchObject([{ id: 2 }]);
    expect(received.map(({ target }) => target)).toEqual(['/people', '/extensions']);
  });

  it('says so when its conditions leave every request out', async () => {
    const { crm } = await connect(
      `
auth: { type: none }
requestDefaults: { baseUrl: BASE }
operations:
  findContact: { url: /people, when: "{{ isExtension == 'true' }}", responseMapping: { listPath: body, item: { idPath: id } } }
`,
      {},
    );
    expect(await crm.findContact(asked)).toMatchObject({ kind: 'not-described', operation: 'findContact' });
  });
});

const written = (operation: string) => `crmReady: 1
meta: { name: test }
auth: { type: none }
requestDefaults: { baseUrl: https://api.example.com }
operations:
${operation}`;
const mapping = 'responseMapping: { listPath: body, item: { idPath: id } }';

async function problemsOf(operation: string) {
  const error = await parseProfile(written(operation), 'test.yaml', { env: {} }).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof ProfileError)) throw new Error('the profile was accepted');
  return error.problems;
}

describe('the profile of a search with steps', () => {
  it('lets credentials go to hosts that only a step names', async () => {
    const profile = await parseProfile(
      written(`  findContact: { steps: [{ url: "https://ids.example.com/token" }], url: /a, ${mapping} }`),
      'test.yaml',
      { env: {} },
    );
    expect(hostsOf(profile).map(({ host }) => host)).toEqual(['api.example.com', 'ids.example.com']);
  });

  it('is told of captures that no step makes', async () => {
    const problems = await problemsOf(
      `  findContact:\n    steps: [{ url: /a, captures: { column: body.id } }]\n    requests: [{ url: "/b/{{ captures.colum }}", ${mapping} }]`,
    );
    expect(problems).toMatchObject([
      { line: 8, message: 'no earlier step captures `colum`', hint: 'did you mean `column`?' },
    ]);
  });

  it.each([
    [
      'steps without a search after them',
      '  findContact: { steps: [{ url: /a }] }',
      '`operations.findContact` has no `requests`',
      'add `requests`',
    ],
    [
      'a request beside `requests`',
      `  findContact: { url: /a, requests: [{ url: /b, ${mapping} }] }`,
      'unknown key `url` in `operations.findContact`',
      'with `requests`, `url` belongs into each of them',
    ],
    [
      'steps inside a request',
      `  findContact: { requests: [{ url: /b, steps: [{ url: /a }], ${mapping} }] }`,
      '`steps` stands inside a request',
      '`steps` belongs beside the request, or beside `requests`',
    ],
    [
      'a credential that no step knows',
      `  findContact: { steps: [{ url: /a, auth: key }], url: /b, ${mapping} }`,
      'there is no credential `key`',
      'add `key` to `credentials`',
    ],
  ])('refuses %s', async (_, operation, message, hint) => {
    expect(await problemsOf(operation)).toMatchObject([{ message, hint }]);
  });
});
