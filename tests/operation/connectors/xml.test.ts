import { XMLParser } from 'fast-xml-parser';
import { describe, expect, it } from 'vitest';
// As it is shipped, too: a compiler may change what works here.
// @ts-expect-error: built, without types
import { readBody as readBodyBuilt } from '../../../dist/operation/answer.js';
import { readBody } from '../../../src/operation/answer.ts';
import { asked, callTo, connect, type Reply, valueIn } from '../connector.ts';

const xml = (body: string, headers = { 'content-type': 'text/xml' }): Reply => ({ body, headers });

/** XML both ways, with namespaces; and a search whose answer holds none, one or many. */
const dealer = `
auth: { type: bearer, token: "{{ secrets.TOKEN }}" }
requestDefaults: { baseUrl: BASE }
operations:
  findContact:
    method: POST
    url: /bod
    bodyType: xml
    headers: { Content-Type: application/xml }
    body: |
      <?xml version="1.0"?>
      <s:Get xmlns:s="urn:star" id="{{ uuid }}" created="{{ now | iso }}"><CompleteNumber>{{ phoneNumber | significant | xml }}</CompleteNumber></s:Get>
    responseMapping:
      listPath: "[body.Show.Data.Customer][]"
      item: { idPath: '"@id"', namePath: "join(' ', [Given, Family])", phonePath: Phone }
  createContact:
    method: POST
    url: /bod
    bodyType: xml
    body: "<Process><Name>{{ newContactName | xml }}</Name><Phone>{{ phoneNumber }}</Phone></Process>"
    responseMapping: { idPath: body.Ack.AlternateDocumentIdentification.DocumentID }
`;

const customer = (id: number) =>
  `<s:Customer id="${id}"><Given>Ada</Given><Family>Test &amp; Co</Family><Phone>0123</Phone></s:Customer>`;
const shown = (...ids: number[]) =>
  xml(
    `<?xml version="1.0"?><s:Show xmlns:s="urn:star"><s:Data>${ids.map(customer).join('')}</s:Data></s:Show>`,
  );

describe('XML both ways', () => {
  it.each([
    ['none', [], []],
    ['one', [7], ['7']],
    ['many', [7, 8], ['7', '8']],
  ] as const)('reads a list of %s, without namespaces, attributes with @', async (_, ids, expected) => {
    const { crm } = await connect(dealer, { 'POST /bod': shown(...ids) }, { env: { TOKEN: 'token-1' } });
    const { contacts } = valueIn(await crm.findContact(asked));
    expect(contacts.map(({ id }) => id)).toEqual(expected);
    for (const { name, phone } of contacts) expect([name, phone]).toEqual(['Ada Test & Co', '0123']);
  });

  it('takes one element for a list of one where the path is that of the element', async () => {
    const plain = dealer.replace('"[body.Show.Data.Customer][]"', 'body.Show.Data.Customer');
    const { crm } = await connect(plain, { 'POST /bod': shown(7) }, { env: { TOKEN: 'token-1' } });
    expect(valueIn(await crm.findContact(asked)).contacts).toMatchObject([{ id: '7' }]);
  });

  it('does not take a JSON record for a list', async () => {
    const plain = dealer.replace('"[body.Show.Data.Customer][]"', 'body.Show.Data.Customer');
    const reply = { body: { Show: { Data: { Customer: { '@id': 7 } } } } };
    const { crm } = await connect(plain, { 'POST /bod': reply }, { env: { TOKEN: 'token-1' } });
    expect((await crm.findContact(asked)).kind).toBe('unreadable');
  });

  it('sends a document with an id and a time of its own in each request', async () => {
    const { crm, received } = await connect(dealer, { 'POST /bod': shown() }, { env: { TOKEN: 'token-1' } });
    await crm.findContact(asked);
    await crm.findContact(asked);
    const [one, other] = received.map(
      ({ body }) => new XMLParser({ ignoreAttributes: false }).parse(body)['s:Get'],
    );
    expect(received[0]?.headers['content-type']).toBe('application/xml');
    expect(one).toMatchObject({ CompleteNumber: 4155550123, '@_created': expect.stringMatching(/Z$/) });
    expect(one['@_id']).not.toBe(other['@_id']);
  });

  it('escapes what would end an element', async () => {
    const { crm, received } = await connect(
      dealer,
      {
        'POST /bod': xml(
          '<Ack><AlternateDocumentIdentification><DocumentID>0042</DocumentID></AlternateDocumentIdentification></Ack>',
        ),
      },
      { env: { TOKEN: 'token-1' } },
    );
    const created = await crm.createContact({ name: 'Ada <b> & "Co"', phoneNumber: '+14155550123' });
    expect(valueIn(created).id).toBe('0042');
    expect(received[0]?.body).toBe(
      '<Process><Name>Ada &lt;b&gt; &amp; &quot;Co&quot;</Name><Phone>+14155550123</Phone></Process>',
    );
    expect(received[0]?.headers['content-type']).toBe('application/xml; charset=utf-8');
  });

  it('reads what stands at the ends of a text, but not the indentation of a document', async () => {
    const one =
      '\n<Show>\n  <Data>\n    <Customer id="7">\n      <Given>\n        Ada\n      </Given>\n      <Family> Test\n</Family>\n      <Phone> </Phone>\n    </Customer>\n  </Data>\n</Show>\n';
    for (const read of [readBody, readBodyBuilt]) {
      const body = read({ json: undefined, headers: { 'content-type': 'application/xml' }, text: one });
      expect(body).toEqual({
        Show: { Data: { Customer: { '@id': '7', Given: 'Ada', Family: ' Test\n', Phone: '' } } },
      });
    }
  });

  it('reads broken XML as text, so that the message can say what was not found', async () => {
    const { crm } = await connect(dealer, { 'POST /bod': xml('<a><b>') }, { env: { TOKEN: 'token-1' } });
    expect(valueIn(await crm.findContact(asked)).contacts).toEqual([]);
  });

  it('redacts a session that an XML answer carried', async () => {
    const login = `
auth:
  type: login
  steps: [{ method: POST, url: /login, bodyType: xml, body: "<Login/>", captures: { ticket: body.Login.Result } }]
  headers: { X-Ticket: "{{ auth.ticket }}" }
requestDefaults: { baseUrl: BASE }
operations: { getUserInfo: { url: /me, responseMapping: { idPath: body.id } } }
`;
    const { crm, transport, received } = await connect(login, {
      'POST /login': xml('<Login><Result>ticket-17</Result></Login>'),
      'GET /me': { body: { id: 1 } },
    });
    await crm.getUserInfo();
    expect(received[1]?.headers['x-ticket']).toBe('ticket-17');
    expect(JSON.stringify(transport.exchanges)).not.toContain('ticket-17');
  });
});

/** Repeated keys in the query, XML inside of a form, and HTTP 200 for every refusal. */
const field = `
auth: { type: headers, headers: { Authorization: "uencoded={{ secrets.USER_KEY }}&pencoded={{ secrets.PASS_KEY }}" } }
requestDefaults: { baseUrl: BASE, defaultHeaders: { Accept: text/json } }
operations:
  findContact:
    url: /
    query:
      zone: contacts
      where:
        - "and|archived|=|false"
        - "and|(|phone|=|{{ phoneNumber }}"
        - "or|mobile|=|{{ phoneNumber }}|)"
      page: 1
    success: status == \`200\` && body.status == '0'
    responseMapping: { listPath: body.zoneresponse.contacts, item: { idPath: userid, namePath: name } }
  createCallLog:
    method: POST
    url: /
    bodyType: form
    body:
      zone: ClientNotes
      postxml: "<clientnotes><clientnote><clientid>{{ contactInfo.id | xml }}</clientid><content>{{ composedLogDetails | cdata }}</content></clientnote></clientnotes>"
    success: body.status == '0' && !not_null(body.zoneresponse.errors, \`[]\`)
    responseMapping: { idPath: "body.zoneresponse.postresults.inserts.clientnotes[0].noteid" }
`;
const keys = { USER_KEY: 'user-key-1', PASS_KEY: 'pass-key-1' };

describe('XML inside of a form', () => {
  it('repeats a key of the query, each value percent-encoded', async () => {
    const { crm, received } = await connect(
      field,
      { 'GET /': { body: { status: '0', zoneresponse: { contacts: [{ userid: 'u=1', name: 'Ada' }] } } } },
      { env: keys },
    );
    expect(valueIn(await crm.findContact(asked)).contacts).toMatchObject([{ id: 'u=1' }]);
    expect(received[0]?.target).toBe(
      '/?zone=contacts&where=and%7Carchived%7C%3D%7Cfalse&where=and%7C(%7Cphone%7C%3D%7C%2B14155550123&where=or%7Cmobile%7C%3D%7C%2B14155550123%7C)&page=1',
    );
    expect(received[0]?.headers).toMatchObject({
      authorization: 'uencoded=user-key-1&pencoded=pass-key-1',
      accept: 'text/json',
    });
  });

  it('posts a CDATA section that its own text cannot end', async () => {
    const { crm, received } = await connect(
      field,
      {
        'POST /': {
          body: {
            status: '0',
            zoneresponse: { postresults: { inserts: { clientnotes: [{ noteid: 'n1' }] } } },
          },
        },
      },
      { env: keys },
    );
    expect(valueIn(await crm.createCallLog({ ...callTo('c<1'), details: 'a ]]> b & c' })).id).toBe('n1');
    const { postxml } = Object.fromEntries(new URLSearchParams(received[0]?.body));
    expect(new XMLParser().parse(postxml ?? '').clientnotes.clientnote).toEqual({
      clientid: 'c<1',
      content: 'a ]]> b & c',
    });
  });

  it('takes a 200 whose status is not 0 for a refusal', async () => {
    const { crm } = await connect(
      field,
      { 'GET /': { body: { status: '-99999', statusmessage: 'Login failed', message: 'Login failed' } } },
      { env: keys },
    );
    expect(await crm.findContact(asked)).toMatchObject({ kind: 'refused', message: 'Login failed' });
  });
});
