import type { RefereeCase } from '../types.ts';

/** Headers, and the many ways to sign. */
export const credentialCases: readonly RefereeCase[] = [
  {
    name: 'API key by default: Basic with an empty password',
    operation: 'findContact',
    auth: { type: 'apiKey' },
    config: { url: '/c' },
  },
  { name: 'no type is an API key', operation: 'findContact', auth: {}, config: { url: '/c' } },
  {
    name: 'a header name of its own carries the whole prepared value',
    operation: 'findContact',
    auth: { type: 'apiKey', headerName: 'X-Auth' },
    config: { url: '/c' },
  },
  {
    name: 'a credentialTemplate is Base64 by default and has no scheme of its own',
    operation: 'findContact',
    auth: { type: 'apiKey', credentialTemplate: '{{apiKey}}:é' },
    config: { url: '/c' },
  },
  {
    name: 'encode none without a scheme',
    operation: 'findContact',
    auth: { type: 'apiKey', credentialTemplate: '{{apiKey}}', encode: 'none', headerName: 'api_key' },
    config: { url: '/c' },
  },
  {
    name: 'encode none with a scheme',
    operation: 'findContact',
    auth: { type: 'apiKey', credentialTemplate: 'token={{apiKey}}', encode: 'none', scheme: 'Token' },
    config: { url: '/c' },
  },
  {
    name: 'an unknown encoding is Base64',
    operation: 'findContact',
    auth: { type: 'apiKey', credentialTemplate: '{{apiKey}}', encode: 'hex', scheme: 'Basic' },
    config: { url: '/c' },
  },
  {
    name: 'encode none of a missing value: no header',
    operation: 'findContact',
    auth: { type: 'apiKey', credentialTemplate: '{{missing}}', encode: 'none' },
    config: { url: '/c' },
  },
  {
    name: 'encode none of a missing value under a scheme',
    operation: 'findContact',
    auth: { type: 'apiKey', credentialTemplate: '{{missing}}', encode: 'none', scheme: 'Key' },
    config: { url: '/c' },
  },
  {
    name: 'Base64 of a missing value: nothing is sent',
    operation: 'findContact',
    auth: { type: 'apiKey', credentialTemplate: '{{missing}}' },
    config: { url: '/c' },
    refused: true,
  },
  {
    name: "the connector's secret",
    operation: 'findContact',
    secretKey: 's3cret',
    auth: { type: 'apiKey', credentialTemplate: '{{apiKey}}:{{secretKey}}', scheme: 'Basic' },
    config: { url: '/c', headers: { 'x-secret': '{{secretKey}}' } },
  },
  {
    name: 'no secret',
    operation: 'findContact',
    config: { url: '/c', headers: { 'x-secret': '{{secretKey}}', 'x-inside': 's={{secretKey}}' } },
  },
  {
    name: 'OAuth: Bearer, whatever the scheme says',
    operation: 'findContact',
    auth: { type: 'oauth', scheme: 'Zoho-oauthtoken' },
    config: { url: '/c' },
  },
  {
    name: 'OAuth with a credentialTemplate: the scheme counts',
    operation: 'findContact',
    auth: {
      type: 'oauth',
      scheme: 'Zoho-oauthtoken',
      credentialTemplate: '{{user.accessToken}}',
      encode: 'none',
    },
    config: { url: '/c' },
  },
  {
    name: 'auth of one operation',
    operation: 'findContact',
    auth: { type: 'apiKey', credentialTemplate: '{{apiKey}}' },
    config: {
      url: '/c',
      auth: { headerName: 'X-Other', credentialTemplate: 'id {{user.id}}', encode: 'none', scheme: 'S' },
    },
  },
  {
    name: 'auth of one operation that is only a word',
    operation: 'findContact',
    auth: { type: 'apiKey', headerName: 'X-Main' },
    config: { url: '/c', auth: 'none' },
  },
  {
    name: 'an authorization header of the operation in another spelling wins',
    operation: 'findContact',
    config: { url: '/c', headers: { authorization: 'mine {{apiKey}}' } },
  },
  {
    name: 'an Authorization header of the operation in the same spelling loses',
    operation: 'findContact',
    config: { url: '/c', headers: { Authorization: 'mine' } },
  },
  {
    name: 'default headers, replaced in the same and in another spelling',
    operation: 'findContact',
    defaultHeaders: { 'X-A': 'default', 'x-b': 'default', Accept: 'application/xml', Authorization: 'd' },
    config: { url: '/c', headers: { 'x-a': 'own', 'x-b': 'own {{apiKey}}', authorization: 'own' } },
  },
  {
    name: 'a default header keeps its place in the order',
    operation: 'findContact',
    defaultHeaders: { 'X-A': 'first', 'x-a': 'second' },
    config: { url: '/c', headers: { 'X-A': 'third' } },
  },
  {
    name: 'headers that are null, false, numbers, lists and missing',
    operation: 'findContact',
    config: {
      url: '/c',
      headers: {
        'X-Null': null,
        'X-No': false,
        'X-Yes': true,
        'X-N': 3,
        'X-L': ['a', 'b'],
        'X-Missing': '{{missing}}',
        'X-Empty': '',
        'X-R': { a: 1 },
      },
    },
  },
  {
    name: 'Accept and Content-Type taken away',
    operation: 'findContact',
    config: { url: '/c', headers: { Accept: null, 'Content-Type': null } },
  },
  {
    name: 'Accept and Content-Type that are missing values',
    operation: 'findContact',
    config: { method: 'POST', url: '/c', headers: { accept: '{{missing}}', 'content-type': '{{missing}}' } },
  },
  {
    name: 'line breaks and letters beyond Latin-1 do not reach a header',
    operation: 'createCallLog',
    given: { note: 'a\r\nX-Evil: 1\t é Ł 😀 ' },
    config: { url: '/c', headers: { 'X-Note': ' {{note}} ' } },
  },
  {
    name: 'a User-Agent of its own',
    operation: 'findContact',
    defaultHeaders: { 'user-agent': 'CRM {{user.id}}' },
    config: { url: '/c', headers: { 'Accept-Encoding': 'identity' } },
  },
  {
    name: 'a method in lower case',
    operation: 'createContact',
    config: { method: 'patch', url: '/c', body: { a: 1 } },
  },
];
