import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { isAllowedHost } from '../../src/http/allowed-hosts.ts';
import { isLoopbackHost } from '../../src/http/loopback.ts';
import { HttpTrouble, troubleFrom } from '../../src/http/trouble.ts';
import { get, listen, once, rejection, transportWith } from './server.ts';

const withCode = (code: string, message = 'low-level text') => Object.assign(new Error(message), { code });

describe('an error of the network is translated', () => {
  it.each([
    ['ENOTFOUND', 'dns', /no host crm\.example/],
    ['EAI_AGAIN', 'dns', /HTTPS_PROXY/],
    ['ECONNREFUSED', 'connection-refused', /host and port/],
    ['ECONNRESET', 'connection-lost', /closed the connection/],
    ['UND_ERR_SOCKET', 'connection-lost', /closed the connection/],
    ['UND_ERR_CONNECT_TIMEOUT', 'timeout', /timeoutSeconds/],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'tls', /self-signed.*NODE_EXTRA_CA_CERTS/],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'tls', /NODE_EXTRA_CA_CERTS/],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'tls', /NODE_EXTRA_CA_CERTS/],
    ['CERT_HAS_EXPIRED', 'tls', /expired/],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'tls', /another name/],
    ['EPROTO', 'tls', /TLS/],
    ['HPE_INVALID_CONSTANT', 'protocol', /does not answer in HTTP/],
    ['Z_DATA_ERROR', 'protocol', /Content-Encoding/],
    ['SOMETHING_NEW', 'protocol', /low-level text \(SOMETHING_NEW\)/],
  ])('%s', (code, expected, message) => {
    const trouble = troubleFrom(withCode(code), 'crm.example');
    expect(trouble).toMatchObject({ code: expected, exchange: null });
    expect(trouble.message).toMatch(message);
    expect(trouble.message).toContain(code);
  });

  it('from the innermost cause, and from the first of several addresses', () => {
    const nested = new Error('outer', { cause: new AggregateError([withCode('ECONNREFUSED')]) });
    expect(troubleFrom(nested, 'crm.example').code).toBe('connection-refused');
  });

  it('only once', () => {
    const trouble = new HttpTrouble('deadline', 'over');
    expect(troubleFrom(trouble, 'crm.example')).toBe(trouble);
  });
});

it('a port where nobody listens is trouble', async () => {
  const trouble = await rejection(transportWith().send(get('http://127.0.0.1:1/'), once));
  expect(trouble).toMatchObject({ code: 'connection-refused', exchange: 1 });
});

it.each(['SSH-2.0-OpenSSH_9.6\r\n', '220 mail.example ESMTP\r\n'])(
  'a server that does not speak HTTP is trouble, with what to check: %j',
  async (greeting) => {
    const port = await listen(
      createServer((socket) =>
        socket
          .on('error', () => {})
          .resume()
          .end(greeting),
      ),
    );
    const trouble = await rejection(transportWith().send(get(`http://127.0.0.1:${port}/`), once));
    const message = expect.stringContaining(`127.0.0.1:${port} does not answer in HTTP: check the port`);
    expect(trouble).toMatchObject({ code: 'protocol', exchange: 1, message });
  },
);

it.each([
  ['https://crm.example.com/x', ['crm.example.com'], true],
  ['https://crm.example.com/x', ['CRM.example.com:443'], true],
  ['https://crm.example.com:8443/x', ['crm.example.com:443'], false],
  ['https://eu.example.com/', ['*.example.com'], true],
  ['https://example.com/', ['*.example.com'], false],
  ['https://evilexample.com/', ['*.example.com', 'example.com'], false],
  ['https://example.com.evil.test/', ['*.example.com', 'example.com'], false],
  ['http://[::1]:8080/', ['[::1]:8080'], true],
])('%s is among %j: %s', (url, patterns, expected) => {
  expect(isAllowedHost(new URL(url), patterns)).toBe(expected);
});

it.each([
  ['localhost', true],
  ['crm.localhost', true],
  ['127.0.0.1', true],
  ['127.8.9.1', true],
  ['[::1]', true],
  ['::1', true],
  ['localhost.example.com', false],
  ['127.0.0.1.example.com', false],
  ['10.0.0.1', false],
  ['0.0.0.0', false],
])('%s is this machine: %s', (host, expected) => {
  expect(isLoopbackHost(host)).toBe(expected);
});
