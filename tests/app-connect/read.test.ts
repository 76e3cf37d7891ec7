import { describe, expect, test } from 'vitest';
import { readProxyAnswer } from '../../src/app-connect/read.ts';
import type { Json } from '../../src/profile/types.ts';

function read(
  operation: string,
  responseMapping: Json | undefined,
  body: unknown,
  login?: Record<string, unknown>,
) {
  const config = {
    operations: { [operation]: { url: '/', ...(responseMapping !== undefined && { responseMapping }) } },
  };
  return readProxyAnswer(config, operation, body, login);
}

describe('a list', () => {
  test('is the body itself by default, with default paths and App Connect’s defaults for what is missing', () => {
    expect(read('findContact', {}, [{ id: 7, name: 'Ana', phone: '1' }, null])).toEqual({
      list: [
        {
          id: 7,
          name: 'Ana',
          phone: '1',
          type: 'Contact',
          ...blank,
          raw: { id: 7, name: 'Ana', phone: '1' },
        },
        { id: null, name: '', phone: null, type: 'Contact', ...blank, raw: null },
      ],
    });
  });

  test('is found through odd and numeric segments', () => {
    const mapping = { listPath: 'body.o:res.0.items', item: { idPath: '$id', phonePath: 'phones.1' } };
    const { list } = read('findContactWithName', mapping, {
      'o:res': [{ items: [{ $id: 'a', phones: ['x', 'y'] }] }],
    });
    expect(list).toMatchObject([{ id: 'a', phone: 'y' }]);
  });

  test('that is not there is empty, and something else in its place is none', () => {
    expect(read('findContact', { listPath: 'body.data' }, {})).toEqual({ list: [] });
    expect(read('findContact', { listPath: 'body.data' }, { data: { id: 1 } })).toEqual({ list: null });
  });

  test('of users needs a list path', () => {
    expect(read('getUserList', { listPath: 'body' }, [{ id: 1, email: 'a@crm.example' }]).list).toMatchObject(
      [{ id: 1, name: null, email: 'a@crm.example' }],
    );
    expect(read('getUserList', {}, [{ id: 1 }])).toEqual({ list: [] });
  });
});

describe('an id', () => {
  test('of a call log is body.id by default, as text', () => {
    expect(read('createCallLog', {}, { id: 5 })).toEqual({ id: '5' });
    expect(read('createMessageLog', undefined, { id: 'm' })).toEqual({ id: 'm' });
  });

  test('of a call log is not read without any mapping', () => {
    expect(read('createCallLog', undefined, { id: 5 })).toEqual({ id: null });
  });

  test('of a created contact has no default', () => {
    expect(read('createContact', { namePath: 'body.name' }, { id: 5, name: 'Ana' }).id).toBeNull();
    expect(read('createContact', { idPath: 'body.id' }, { id: 5, name: 'Ana' })).toEqual({
      id: 5,
      name: 'Ana',
      type: 'Contact',
    });
  });
});

test('a call log reads body.note as note and as the whole text, where no path says otherwise', () => {
  const body = { subject: 'S', note: 'N', text: 'T' };
  expect(read('getCallLog', undefined, body)).toEqual({ subject: 'S', note: 'N', fullBody: 'N' });
  expect(read('getCallLog', { notePath: 'body.gone', fullBodyPath: 'body.text' }, body)).toEqual({
    subject: 'S',
    note: null,
    fullBody: 'T',
  });
});

test('the current user is named by the id when there is no name path, and may come out of the login form', () => {
  expect(read('getUserInfo', { idPath: 'body.id' }, { id: 3, name: 'unread' })).toMatchObject({
    id: 3,
    name: 3,
  });
  const mapping = { idPath: 'additionalInfo.login', platformAdditionalInfoPaths: { region: 'body.region' } };
  expect(read('getUserInfo', mapping, { region: 'eu' }, { additionalInfo: { login: 'ana' } })).toMatchObject({
    id: 'ana',
    platformAdditionalInfo: { region: 'eu' },
  });
});

test('an answer that App Connect does not read has no values', () => {
  expect(read('updateCallLog', { idPath: 'body.id' }, { id: 1 })).toEqual({});
});

const blank = {
  title: '',
  company: '',
  createdDate: null,
  mostRecentActivityDate: null,
  additionalInfo: null,
};
