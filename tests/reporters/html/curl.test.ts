import { execFile, spawnSync } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { curlLine, type Exchange, hasSecrets } from '../../../src/reporters/html/curl.ts';
import { word } from '../../../src/reporters/html/shell.ts';
import { exchange } from '../sample.ts';

const hasCurl = spawnSync('curl', ['--version']).status === 0;

/** Texts that a shell, curl or a URL would take for something else. */
const odd = [
  'it\'s $(touch /tmp/owned) `id` $HOME \\ " ! * ~ # ; && | > <',
  '@/etc/passwd',
  '-o/tmp/owned',
  'line one\nline two\r\n\ttabbed\n',
  'bidi \u202E zero width \u200B bell \u0007 emoji 👩‍💻 é',
  "quote ' with \u0001 control \\n",
  '',
];

describe('a word of a command line', () => {
  test.each(odd)('%j reaches the program unchanged', async (text) => {
    const { stdout } = await promisify(execFile)('bash', ['-c', `printf %s ${word(text)}`]);
    expect(stdout).toBe(text);
  });

  test('is plain where it can be, and hides nothing', () => {
    expect(word('acme.yaml')).toBe('acme.yaml');
    expect(word('a b')).toBe("'a b'");
    for (const text of odd) expect(word(text)).not.toMatch(/(?!\n)[\p{Cc}\p{Zl}]|(?!\u200D)\p{Cf}/u);
  });
});

describe.skipIf(!hasCurl)(`a curl line${hasCurl ? '' : ' (not run: there is no curl)'}`, () => {
  test.each(odd)('sends a body of %j as it was sent', async (body) => {
    const got = await sent({
      method: 'PATCH',
      url: '/a/../b?phone=%2B1+415&list[]={x}',
      headers: { 'content-type': 'application/json', 'x-empty': '', accept: 'application/json' },
      body,
    });
    expect(got).toMatchObject({ method: 'PATCH', url: '/a/../b?phone=%2B1+415&list[]={x}', body });
    expect(got.headers).toMatchObject({ 'content-type': 'application/json', 'x-empty': '' });
  });

  test('sends a GET with a body, and no content type that was not there', async () => {
    const got = await sent({ method: 'GET', url: '/me', headers: {}, body: '{}' });
    expect(got).toMatchObject({ method: 'GET', body: '{}' });
    expect(got.headers['content-type']).toBeUndefined();
  });

  test('sends a HEAD', async () => {
    expect(await sent({ method: 'HEAD', url: '/', headers: {} })).toMatchObject({ method: 'HEAD' });
  });

  test('works once the secret stands where ‹redacted› stands', async () => {
    const recorded = { method: 'GET', url: '/me', headers: { authorization: 'Bearer ‹redacted›' } };
    expect(hasSecrets({ ...exchange, request: recorded })).toBe(true);
    const got = await sent(recorded, (line) => line.replace('‹redacted›', 'fake-token'));
    expect(got.headers.authorization).toBe('Bearer fake-token');
  });
});

test('there is no curl line for what is no web request, nor a header that is none', () => {
  const line = (request: Exchange['request']) => curlLine({ ...exchange, request });
  expect(line({ method: 'GET', url: 'file:///etc/passwd', headers: {} })).toBeNull();
  expect(line({ method: 'GET', url: 'https://a.example', headers: { '@/etc/passwd': 'x' } })).not.toContain(
    'passwd',
  );
});

interface Got {
  method: string | undefined;
  url: string | undefined;
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

/** Runs the line in a shell, against a server that writes down what arrives. */
async function sent(request: Exchange['request'], change = (line: string) => line): Promise<Got> {
  let got: Got | undefined;
  const server = createServer(async (incoming, response) => {
    const parts: Buffer[] = [];
    for await (const part of incoming) parts.push(part);
    got = {
      method: incoming.method,
      url: incoming.url,
      headers: incoming.headers,
      body: Buffer.concat(parts).toString(),
    };
    response.end();
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}${request.url}`;
  const line = curlLine({ ...exchange, request: { ...request, url } }) ?? '';
  await promisify(execFile)('bash', ['-c', change(line)]);
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
  if (got === undefined) throw new Error(`nothing arrived from ${line}`);
  return got;
}
