import { describe, expect, it } from 'vitest';
import { differences, type SentRequest } from './match.ts';
import type { RecordedRequest } from './recording.ts';

const recordedSearch: RecordedRequest = {
  method: 'GET',
  url: '/contacts?phone=%2B14155550123&select=id,name&limit=20',
  headers: { 'X-Api-Key': '<api-key>' },
};
const recordedCall: RecordedRequest = {
  method: 'POST',
  url: '/calls',
  headers: { 'Content-Type': 'application/json', Authorization: 'Bearer <access-token>' },
  body: { name: 'Call', start: '2026-11-23 10:00:00', length: 300 },
};

const search = (url: string, headers: Record<string, string> = {}): SentRequest => ({
  method: 'GET',
  url,
  headers: { 'x-api-key': '<api-key>', ...headers },
});
const call = (body: unknown, headers: Record<string, string> = {}): SentRequest => ({
  method: 'POST',
  url: '/calls',
  headers: { 'content-type': 'application/json', authorization: 'Bearer <access-token>', ...headers },
  body: JSON.stringify(body),
});

describe('a request is taken for the recorded one', () => {
  const shown = new Set(['createdAt']);
  it.each([
    ['in another order', search('/contacts?limit=20&select=id,name&phone=%2B14155550123')],
    ['in another spelling', search('/contacts?phone=%2b14155550123&select=id%2Cname&limit=20')],
    ['with a larger page', search('/contacts?phone=%2B14155550123&select=id,name&limit=100')],
    [
      'with a field more that an answer showed',
      search('/contacts?phone=%2B14155550123&select=name,createdAt,id&limit=20'),
    ],
    [
      'with the headers of every client',
      search('/contacts?phone=%2B14155550123&select=id,name&limit=20', { accept: '*/*' }),
    ],
  ])('%s', (_, sent) => {
    expect(differences(sent, recordedSearch, { shown })).toEqual([]);
  });

  it.each([
    ['with its keys in another order', call({ length: 300, start: '2026-11-23 10:00:00', name: 'Call' })],
    [
      'with another access token of the recording',
      call(recordedCall.body, { authorization: 'Bearer <refreshed-access-token>' }),
    ],
  ])('%s', (_, sent) => {
    expect(differences(sent, recordedCall)).toEqual([]);
  });

  it('with a key that another recorded request has, of the same type', () => {
    const other = { ...recordedCall, body: { note: 'text' } };
    expect(
      differences(call({ ...(recordedCall.body as object), note: 'mine' }), recordedCall, { also: [other] }),
    ).toEqual([]);
    expect(
      differences(call({ ...(recordedCall.body as object), note: 5 }), recordedCall, { also: [other] }),
    ).toEqual(['body.note: not recorded']);
  });
});

describe('a request is told apart by', () => {
  it.each([
    [
      'a raw plus',
      search('/contacts?phone=+14155550123&select=id,name&limit=20'),
      'query.phone: " 14155550123" for "+14155550123"',
    ],
    ['a missing parameter', search('/contacts?phone=%2B14155550123&limit=20'), 'query.select: missing'],
    [
      'another parameter',
      search('/contacts?phone=%2B14155550123&select=id,name&limit=20&sort=name'),
      'query.sort: not recorded',
    ],
    [
      'a field that no answer showed',
      search('/contacts?phone=%2B14155550123&select=id,name,age&limit=20'),
      'query.select: age is not recorded',
    ],
    [
      'a field too few',
      search('/contacts?phone=%2B14155550123&select=id&limit=20'),
      'query.select: lacks name',
    ],
    [
      'no page at all',
      search('/contacts?phone=%2B14155550123&select=id,name&limit=all'),
      'query.limit: "all"',
    ],
    [
      'another path',
      search('/contact?phone=%2B14155550123&select=id,name&limit=20'),
      'path: "/contact" for "/contacts"',
    ],
    ['another header', search(recordedSearch.url, { 'x-more': '1' }), 'header x-more: not recorded'],
    [
      'another credential',
      search(recordedSearch.url, { 'x-api-key': 'x' }),
      'header x-api-key: x for <api-key>',
    ],
  ])('%s', (_, sent, expected) => {
    expect(differences(sent, recordedSearch)).toEqual([expected]);
  });

  it.each([
    ['another date format', call({ name: 'Call', start: '2026-11-23T10:00:00Z', length: 300 }), 'body.start'],
    ['another type', call({ name: 'Call', start: '2026-11-23 10:00:00', length: '300' }), 'body.length'],
    [
      'another name of a field',
      call({ title: 'Call', start: '2026-11-23 10:00:00', length: 300 }),
      'body.name: missing',
    ],
    ['another kind of body', call(recordedCall.body, { 'content-type': 'text/json' }), 'header content-type'],
  ])('%s', (_, sent, expected) => {
    expect(differences(sent, recordedCall)[0]).toContain(expected);
  });
});
