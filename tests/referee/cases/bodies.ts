import type { RefereeCase } from '../types.ts';

/** Bodies, and the content type that decides how they are written. */
export const bodyCases: readonly RefereeCase[] = [
  {
    name: 'a string body that is no JSON goes as it is, as a form by default',
    operation: 'createContact',
    config: { method: 'POST', url: '/c', body: 'name={{newContactName}}&phone={{phoneNumber}}' },
  },
  {
    name: 'a string body with an XML content type',
    operation: 'createContact',
    config: {
      method: 'PUT',
      url: '/c',
      headers: { 'content-type': 'text/xml' },
      body: '<c><name>{{newContactName}}</name></c>',
    },
  },
  {
    name: 'a string body under a JSON content type: JSON stays, other text is quoted',
    operation: 'createContact',
    config: {
      method: 'POST',
      url: '/c',
      headers: { 'Content-Type': 'application/json; charset=utf-8' },
      body: '  {"name": "{{newContactName}}"} ',
    },
  },
  {
    name: 'a string body under a JSON content type that is no JSON',
    operation: 'createContact',
    config: {
      method: 'POST',
      url: '/c',
      headers: { 'Content-Type': 'application/json' },
      body: 'hello {{newContactName}}',
    },
  },
  { name: 'a string body in a GET', operation: 'createContact', config: { url: '/c', body: 'plain' } },
  {
    name: 'a record under a form content type',
    operation: 'createContact',
    given: { additionalSubmission: { tags: ['x y', null, 'é+'], at: { city: 'Aix' }, none: null } },
    config: {
      method: 'POST',
      url: '/c',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
      body: {
        name: '{{newContactName}}',
        phone: '{{phoneNumber}}',
        tags: '{{additionalSubmission.tags}}',
        at: '{{additionalSubmission.at}}',
        none: '{{additionalSubmission.none}}',
        missing: '{{missing}}',
        odd: "~*-._!'()&",
      },
    },
  },
  {
    name: 'a record under a multipart content type',
    operation: 'createContact',
    config: {
      method: 'POST',
      url: '/c',
      headers: { 'Content-Type': 'multipart/form-data' },
      body: { name: '{{newContactName}}', 'od"d': 'é\r\nx', n: 3, list: [1, 2] },
    },
  },
  {
    name: 'an empty record under a multipart content type',
    operation: 'createContact',
    config: {
      method: 'POST',
      url: '/c',
      headers: { 'Content-Type': 'multipart/form-data' },
      body: { none: '{{missing}}' },
    },
  },
  {
    name: 'a body that is a list',
    operation: 'createContact',
    config: { method: 'PATCH', url: '/c', body: [{ op: 'add', value: '{{phoneNumber}}' }, '{{missing}}'] },
  },
  {
    name: 'a body that is one missing value',
    operation: 'createContact',
    config: { method: 'POST', url: '/c', body: '{{missing}}' },
  },
  {
    name: 'a body that is one null under a JSON content type',
    operation: 'createContact',
    given: { newContactType: null },
    config: {
      method: 'POST',
      url: '/c',
      headers: { 'content-type': 'application/json' },
      body: '{{newContactType}}',
    },
  },
  {
    name: 'a body that is one number: nothing is sent',
    operation: 'createCallLog',
    config: { method: 'POST', url: '/c', body: '{{callLog.duration}}' },
    refused: true,
  },
  {
    name: 'a body that is null or empty counts as none',
    operation: 'createContact',
    config: { method: 'DELETE', url: '/c', body: '', query: null },
  },
];
