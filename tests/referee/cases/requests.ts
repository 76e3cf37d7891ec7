import type { RefereeCase } from '../types.ts';

/** URLs, queries and templates. */
export const requestCases: readonly RefereeCase[] = [
  {
    name: 'a GET without a body of its own carries {} as JSON',
    operation: 'findContact',
    config: { url: '/contacts' },
  },
  {
    name: 'a plus sign is encoded in the query and stays raw in the URL',
    operation: 'findContact',
    config: {
      url: '/contacts/{{phoneNumber}}?q={{phoneNumber}}',
      query: { phone: '{{phoneNumber}}', p: 'a+b c' },
    },
  },
  {
    name: 'every form of the parsed number',
    operation: 'findContact',
    config: {
      url: 'search',
      query: {
        e164: '{{parsedPhoneNumber.number.e164}}',
        national: '{{ parsedPhoneNumber.number.national }}',
        international: '{{parsedPhoneNumber.number.international}}',
        significant: '*{{parsedPhoneNumber.number.significant}}*',
        uri: '{{parsedPhoneNumber.number.rfc3966}}',
        country: '{{parsedPhoneNumber.countryCode}}',
        formats: '{{overridingFormat}}',
        extension: '{{isExtension}}',
      },
    },
  },
  {
    name: 'missing values: dropped when alone, empty inside a longer text',
    operation: 'createCallLog',
    config: {
      method: 'POST',
      url: '/logs/{{nothing.here}}/x',
      query: { alone: '{{nothing}}', inside: '[{{nothing}}]', deep: '{{contactInfo.address.city}}' },
      body: {
        alone: '{{nothing}}',
        inside: 'a{{nothing}}b',
        list: ['{{nothing}}', 1],
        nested: { gone: '{{contactInfo.zip}}' },
      },
    },
  },
  {
    name: 'lone templates keep number, boolean, null, list and record',
    operation: 'createCallLog',
    given: {
      additionalSubmission: {
        n: 7,
        zero: 0,
        yes: true,
        no: false,
        none: null,
        list: [1, 'b', null],
        record: { a: { b: 2 } },
      },
    },
    config: {
      method: 'post',
      url: '/logs',
      body: {
        n: '{{additionalSubmission.n}}',
        zero: '{{additionalSubmission.zero}}',
        yes: '{{additionalSubmission.yes}}',
        no: '{{ additionalSubmission.no }}',
        none: '{{additionalSubmission.none}}',
        list: '{{additionalSubmission.list}}',
        record: '{{additionalSubmission.record}}',
        inText:
          '{{additionalSubmission.zero}}/{{additionalSubmission.no}}/{{additionalSubmission.none}}/{{additionalSubmission.list}}/{{additionalSubmission.record}}',
        literal: [null, true, 3.5, { '{{note}}': 'keys are no templates' }],
      },
    },
  },
  {
    name: 'query values: null, booleans, numbers, lists, records, lists of records',
    operation: 'createContact',
    given: {
      additionalSubmission: {
        tags: ['a b', 'c+d', null, 3],
        rows: [{ id: 1 }, 'x', ['y', null]],
        deep: { a: { 'b c': [1, 2] } },
      },
    },
    config: {
      method: 'GET',
      url: '/q?given=1',
      query: {
        none: null,
        yes: true,
        no: false,
        zero: 0,
        empty: '',
        tags: '{{additionalSubmission.tags}}',
        'marked[]': '{{additionalSubmission.tags}}',
        rows: '{{additionalSubmission.rows}}',
        'rows2[]': '{{additionalSubmission.rows}}',
        deep: '{{additionalSubmission.deep}}',
        'json{}': '{{additionalSubmission.deep}}',
        ' spaced ': 'trimmed',
        nothing: [],
        hollow: {},
      },
    },
  },
  {
    name: 'unicode, quotes and reserved characters in the query',
    operation: 'findContactWithName',
    given: { name: 'Zoë Łuk 😀 שלום' },
    config: {
      url: '/find',
      query: {
        name: '{{name}}',
        odd: `:$,[]@!'()*~;/?&=#%+ "<>\\|^\``,
        'kéy [x]': 'v',
        filter: "name eq '{{name}}'",
      },
    },
  },
  {
    name: 'unicode, spaces, quotes, dots and a fragment in the URL',
    operation: 'findContactWithName',
    given: { name: "Zoë O'Hara <x> {y}" },
    config: { url: '/a b/../find/{{name}}//end;v=1?n={{name}}&m=a%20b|c#part', query: { q: 1 } },
  },
  {
    name: 'a URL that ends in a bare question mark',
    operation: 'findContactWithName',
    config: { url: '/find?', query: { q: '{{name}}' } },
  },
  {
    name: 'an absolute URL of another host ignores the base URL',
    operation: 'getCallLog',
    baseUrl: () => 'https://unused.example/api/',
    config: { url: 'http://{{user.hostname}}/logs/{{thirdPartyLogId}}' },
  },
  {
    name: 'slashes between base URL and path: only one of each is taken away',
    operation: 'getCallLog',
    baseUrl: (server) => `${server}/api//`,
    config: { url: '//logs/{{thirdPartyLogId}}' },
  },
  {
    name: 'no URL: the base itself',
    operation: 'getCallLog',
    baseUrl: (server) => `${server}/rpc`,
    config: {},
  },
  {
    name: 'the base URL is no template',
    operation: 'getCallLog',
    baseUrl: (server) => `${server}/{{user.hostname}}`,
    config: { url: 'x' },
  },
  {
    name: 'no base URL, relative path: nothing is sent',
    operation: 'getCallLog',
    baseUrl: () => '',
    config: { url: '/logs' },
    refused: true,
  },
  {
    name: 'a URL that is a number: nothing is sent',
    operation: 'createCallLog',
    config: { url: '{{callLog.duration}}' },
    refused: true,
  },
  {
    name: 'user and password in the URL become HTTP Basic',
    operation: 'getCallLog',
    baseUrl: (server) => server.replace('//', '//me%40crm:p%3Aw@'),
    config: { url: '/logs' },
  },
  {
    name: 'string indexing cuts a time; numeric segments index lists',
    operation: 'createMessageLog',
    config: {
      method: 'POST',
      url: '/m',
      body: {
        day: '{{creationTime.0}}{{creationTime.1}}{{creationTime.2}}{{creationTime.3}}',
        first: '{{creationTime.0}}',
        beyond: '{{creationTime.99}}',
        length: '{{creationTime.length}}',
        to: '{{message.to.0.phoneNumber}}',
        none: '{{message.to.1.phoneNumber}}',
      },
    },
  },
  {
    name: 'odd path segments are plain keys',
    operation: 'createContact',
    given: {
      additionalSubmission: { 'first-name': 'A', $id: 'i', 'o:err': 'e', 'a b': 's', '': 'blank', ünï: 'u' },
    },
    config: {
      method: 'POST',
      url: '/c',
      body: {
        a: '{{additionalSubmission.first-name}}',
        b: '{{additionalSubmission.$id}}',
        c: '{{additionalSubmission.o:err}}',
        d: '{{additionalSubmission.a b}}',
        e: '{{additionalSubmission.}}',
        f: '{{additionalSubmission.ünï}}',
        g: '{{ additionalSubmission . first-name }}',
      },
    },
  },
  {
    name: 'braces that are no templates',
    operation: 'createContact',
    config: {
      method: 'POST',
      url: '/c',
      body: {
        a: '{{}}',
        b: '{ {note} }',
        c: '{{{newContactName}}}',
        d: '{{newContactName',
        e: 'x{{ }}y',
        f: '{{ }}',
        g: '{{newContactName}}\n',
      },
    },
  },
  {
    name: 'a query that is one record',
    operation: 'createContact',
    given: { additionalSubmission: { a: 1, b: ['x'] } },
    config: { url: '/c', query: '{{additionalSubmission}}' },
  },
  {
    name: 'a query that is a text: nothing is sent',
    operation: 'createContact',
    config: { url: '/c', query: 'a=1' },
    refused: true,
  },
  {
    name: 'a query that is a list',
    operation: 'createContact',
    config: { url: '/c', query: ['a', '{{missing}}', ['b', 'c'], { d: 1 }] },
  },
];
