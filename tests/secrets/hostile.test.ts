import { createServer, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { ownMark } from '../cli/command.ts';
import { profileFor } from './command.ts';
import { type Front, type FrontOptions, html, json, startFront } from './front.ts';
import { type Inspected, inspect } from './inspect.ts';
import { canary } from './trace.ts';

const key = canary('key of the hostile tests');
const auth = { type: 'bearer', token: '{{ secrets.KEY }}' };

type Attack = NonNullable<FrontOptions['reply']>;

/** Ends a request outside of HTTP. */
const raw =
  (write: (socket: Socket) => void): Attack =>
  (_seen, { request }) => {
    write(request.socket);
    return 'done';
  };

const bytes = (text: string) => raw((socket) => void socket.end(text));
const deep = (open: string, close: string) => open.repeat(100_000) + close.repeat(100_000);
const answer =
  (body: string | Buffer, headers: Record<string, string | string[]> = {}, status = 200): Attack =>
  () => ({ status, headers: { 'content-type': 'application/json', ...headers }, body });

/** What a server may answer that is broken, or means no good. None of it is an answer that anything could pass on. */
const attacks: Record<string, Attack> = {
  'a body of 20 MB': answer('x'.repeat(20_000_000)),
  'a gzip bomb': answer(gzipSync(Buffer.alloc(40_000_000)), { 'content-encoding': 'gzip' }),
  'gzip in gzip in gzip': answer(gzipSync(gzipSync(gzipSync(Buffer.alloc(30_000_000)))), {
    'content-encoding': 'gzip, gzip, gzip',
  }),
  'what is no gzip': answer('not compressed', { 'content-encoding': 'gzip' }),
  'a body without an end': (_seen, { response }) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    const timer = setInterval(() => response.write('[[[['), 5);
    response.on('close', () => clearInterval(timer));
    return 'done';
  },
  'no answer at all': () => 'done',
  'half a header': bytes('HTTP/1.1 200 OK\r\nContent-Ty'),
  'half a body': bytes('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"id":'),
  'a connection reset': raw((socket) => void socket.resetAndDestroy()),
  'HTTP/0.9': bytes('<html>hello</html>'),
  'another protocol': bytes('SSH-2.0-OpenSSH_9.6\r\n'),
  'headers with control characters': bytes(
    'HTTP/1.1 200 OK\r\nX-A: a\u0000b\u001b[2J\r\nContent-Length: 2\r\n\r\n{}',
  ),
  'a header of a megabyte': bytes(
    `HTTP/1.1 200 OK\r\nX-A: ${'a'.repeat(1_000_000)}\r\nContent-Length: 2\r\n\r\n{}`,
  ),
  'a status of 999': bytes('HTTP/1.1 999 What\r\nContent-Length: 2\r\n\r\n{}'),
  '101 and nothing more': bytes(
    'HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n',
  ),
  'endless 103': raw((socket) => {
    const timer = setInterval(() => socket.write('HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n'), 5);
    socket.on('close', () => clearInterval(timer)).on('error', () => {});
  }),
  '204 with a body': bytes('HTTP/1.1 204 No Content\r\nContent-Length: 9\r\n\r\n{"id":"1"}'),
  'two lengths': bytes('HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 5\r\n\r\n{}'),
  'a redirect to itself': (seen) => ({ status: 301, headers: { location: seen.url } }),
  'a redirect to ever new places': () => ({ status: 308, headers: { location: `/api/${Math.random()}` } }),
  'a redirect to what is no URL': answer('', { location: 'http://[' }, 307),
  'a redirect to another scheme': answer('', { location: 'file:///etc/passwd' }, 301),
  'a redirect to javascript': answer('', { location: 'javascript:alert(1)' }, 301),
  'broken JSON': answer('{"id": "1", "name": '),
  'a wrong content type': answer('id,name\n1,Somebody\n', { 'content-type': 'image/png' }),
  'invalid UTF-8': answer(Buffer.from([0x7b, 0xff, 0xfe, 0x80, 0x7d])),
  'a charset that nobody knows': answer('{', { 'content-type': 'application/json; charset=klingon' }),
  'lists 100,000 deep': answer(deep('[', ']')),
  'objects 100,000 deep': answer(`${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`),
  'objects 100,000 deep under a telling name': answer(
    `${'{"token":'.repeat(100_000)}1${'}'.repeat(100_000)}`,
  ),
  'XML 100,000 deep': answer(`<?xml version="1.0"?>${deep('<a>', '</a>')}`, { 'content-type': 'text/xml' }),
  'XML with a billion laughs': answer(
    `<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha">${[...'bcdefghijk'].map((name, index) => `<!ENTITY ${name} "${`&${'abcdefghij'[index]};`.repeat(10)}">`).join('')}]><l>&k;</l>`,
    { 'content-type': 'application/xml' },
  ),
  'tags without an end': answer('<script'.repeat(200_000), { 'content-type': 'text/html' }, 403),
  'quotes without an end': answer('"a":"'.repeat(200_000), {}, 400),
  'blanks without an end': answer(`{"message":"${' '.repeat(1_000_000)}"}`, {}, 400),
  'backslashes without an end': answer('\\'.repeat(1_000_000), {}, 400),
  'a prototype': answer('{"__proto__":{"id":"1","name":"x"},"constructor":{"prototype":{"id":"1"}}}'),
  'a list of nothing': answer('[null,null,{"__proto__":null}]'),
  'an empty page': () => html(''),
};

/** What a status or headers alone decide; and 200 without a body is how some CRMs say "nobody". */
const byStatus = ['auth.accepted', 'user.get-body', 'beyond.rate-limits'];
const indifferent: Record<string, string[]> = {
  'an empty page': [
    'lookup.none',
    'lookup.not-everybody',
    'lookup.class',
    'lookup.speed',
    'beyond.user-list',
  ],
  '204 with a body': ['lookup.not-everybody'],
};

function noStack({ everything, report }: Inspected): void {
  expect(everything).not.toMatch(/\n\s+at .+:\d+:\d+/);
  expect(everything).not.toMatch(/TypeError|RangeError|Cannot read prop|is not a function/);
  expect(report.checks.length).toBeGreaterThan(0);
}

async function attacked(
  front: Front,
  parts: Record<string, unknown> = {},
  only: string[] | null = null,
  deadlineSeconds = 15,
): Promise<Inspected> {
  const started = performance.now();
  const profile = profileFor(front.url, {
    auth,
    secrets: ['KEY'],
    settle: 0.1,
    requestDefaults: { timeoutSeconds: 0.3 },
    ...parts,
  });
  const ran = await inspect(profile, { KEY: key }, { only, keep: false, deadlineSeconds });
  // Clean-up has a deadline of its own: whoever needs much longer has hung.
  expect(performance.now() - started).toBeLessThan(90_000);
  noStack(ran);
  return ran;
}

describe.concurrent('a CRM that answers everything with', () => {
  test.for(Object.entries(attacks))('%s passes nothing', async ([name, attack]) => {
    const front = await startFront({ reply: attack });
    try {
      const { report } = await attacked(front);
      const passed = report.checks.flatMap(({ verdict, id }) => (verdict === 'pass' ? [id] : []));
      const allowed = [...byStatus, ...(indifferent[name] ?? [])];
      expect(passed.filter((id) => !allowed.includes(id))).toEqual([]);
    } finally {
      await front.close();
    }
  });
});

/** The run's records that are still in the CRM. */
function left(front: Front): string[] {
  const { contacts, activities } = front.sandbox.state();
  return [
    ...contacts.flatMap(({ name }) => (ownMark.test(name ?? '') ? [name ?? ''] : [])),
    ...activities.flatMap(({ subject }) => (ownMark.test(subject ?? '') ? [subject ?? ''] : [])),
  ];
}

const afterwards = [
  'no answer at all',
  'a connection reset',
  'broken JSON',
  'lists 100,000 deep',
  'half a body',
  'a redirect to itself',
  'a prototype',
  'a list of nothing',
  'a gzip bomb',
];

describe.concurrent('a CRM that answers the reading of a call log with', () => {
  test.for(afterwards)('%s fails there, and is cleaned up', async (name) => {
    const front = await startFront({
      reply: (seen, at) =>
        seen.method === 'GET' && /^\/api\/activities\/\w/.test(seen.url)
          ? attacks[name]?.(seen, at)
          : undefined,
    });
    try {
      // A machine that is busy must not look like a CRM that is silent.
      const ran = await attacked(front, { requestDefaults: { timeoutSeconds: 3 } }, ['activity']);
      expect(ran.checks.get('activity.create')?.verdict).toBe('pass');
      expect(ran.checks.get('activity.read')?.verdict).not.toBe('pass');
      expect(ran.checks.get('activity.update')?.verdict).not.toBe('pass');
      expect(left(front)).toEqual([]);
    } finally {
      await front.close();
    }
  });
});

const ids: Record<string, unknown> = {
  'an object': { toString: 'x' },
  true: true,
  'a list': ['1'],
  'a very long text': 'x'.repeat(100_000),
  'a negative number': -1,
  'a float': 1.5e300,
  'a path upwards': '../../oauth/token',
  'two dots': '..',
  'a query': '1?x=y#z',
  'a line break': '1\r\nX-Injected: yes',
  'a null byte': '1\u0000',
  'half a surrogate': '\ud800',
  'an escape sequence': '\u001b[2J\u202e1',
  'a template': '{{ secrets.KEY }}',
  'the word __proto__': '__proto__',
};

describe.concurrent('a CRM whose new records have as id', () => {
  test.for(Object.entries(ids))('%s does no harm', async ([, id]) => {
    const front = await startFront({
      change: (seen, honest) => {
        if (seen.method !== 'POST' || honest.status >= 300) return honest;
        return json({ contact: { id, name: 'x' }, activity: { id }, message: { id } }, 201);
      },
    });
    try {
      const ran = await attacked(front, {}, ['contact-create', 'activity']);
      expect(ran.checks.get('activity.read')?.verdict).not.toBe('pass');
      const outside = front.seen.filter(({ url }) => !new URL(url, front.url).pathname.startsWith('/api/'));
      expect(outside).toEqual([]);
      expect(front.seen.filter(({ headers }) => 'x-injected' in headers)).toEqual([]);
      const deleted = front.seen.flatMap(({ method, url }) => (method === 'DELETE' ? [url] : []));
      expect(deleted.filter((path) => !/^\/api\/\w+\/(?!\.{1,2}$)[^/?#]+$/.test(path))).toEqual([]);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
      expect(ran.shown).not.toMatch(/[\u0000\u001b\u202e]/);
    } finally {
      await front.close();
    }
  });
});

describe('at the authorization and the token endpoint', () => {
  const oauth = (url: string) => ({
    secrets: ['KEY'],
    auth: {
      type: 'oauth',
      grant: 'authorization_code',
      authUrl: `${url}/oauth/auth`,
      tokenUrl: `${url}/oauth/token`,
      clientId: 'client',
      clientSecret: '{{ secrets.KEY }}',
    },
  });
  const granted =
    (token: Attack): Attack =>
    (seen, at) => {
      const { pathname, searchParams } = new URL(seen.url, 'http://crm');
      if (pathname === '/oauth/token') return token(seen, at);
      if (pathname !== '/oauth/auth') return undefined;
      const back = new URL(searchParams.get('redirect_uri') ?? '');
      back.searchParams.set('code', `code-${Math.random()}`);
      back.searchParams.set('state', searchParams.get('state') ?? '');
      return { status: 302, headers: { location: back.href } };
    };
  const some = (...names: string[]) =>
    Object.fromEntries(Object.entries(attacks).filter(([name]) => names.includes(name)));
  let other = 0;
  const authorizations: Record<string, Attack> = {
    ...some(
      'no answer at all',
      'a connection reset',
      'a redirect to what is no URL',
      'a redirect to javascript',
    ),
    ...some('a redirect to ever new places', 'tags without an end', 'a header of a megabyte', 'endless 103'),
    'a cookie bomb': (seen) => ({
      status: 302,
      headers: {
        location: `${seen.url}&n=${Math.random()}`,
        'set-cookie': Array.from(
          { length: 40 },
          (_, n) => `c${n}-${Math.random()}=${'x'.repeat(300)}; Path=/`,
        ),
      },
    }),
    'broken cookies': (seen) => ({
      status: 302,
      headers: {
        location: `${seen.url}&n=1`,
        'set-cookie': [
          '',
          '=',
          'a=b; Domain=..',
          'x; Path',
          '__Host-a=b; Domain=evil.example',
          'a=b; Expires=never; Max-Age=1e999',
        ],
      },
    }),
    'a loop between two hosts': (seen) => ({
      status: 302,
      headers: {
        location: `http://${other++ % 2 === 0 ? 'localhost' : '127.0.0.1'}:${new URL(`http://${seen.headers.host}`).port}/oauth/auth`,
      },
    }),
    'the redirect URI without a code': (seen) => ({
      status: 302,
      headers: { location: new URL(seen.url, 'http://x').searchParams.get('redirect_uri') ?? '' },
    }),
    'a redirect to no scheme at all': () => ({ status: 302, headers: { location: 'mailto:x@y' } }),
    'a relative redirect to nothing': () => ({ status: 302, headers: { location: '' } }),
  };
  const lifetimes: Record<string, Attack> = Object.fromEntries(
    ['1e309', '-1', '0.001', '0', '"soon"', '[60]'].map((seconds) => [
      seconds,
      answer(`{"access_token":"abcdef","token_type":"Bearer","expires_in":${seconds},"refresh_token":"r"}`),
    ]),
  );
  const tokens: Record<string, Attack> = {
    ...some(
      'no answer at all',
      'a gzip bomb',
      'broken JSON',
      'lists 100,000 deep',
      'a status of 999',
      'a prototype',
    ),
    'a list': answer('[{"access_token":"x"}]'),
    'a number': answer('42'),
    HTML: () => html('<p>access_token=x</p>'),
    'a token that is a list': answer('{"access_token":["x"],"token_type":"Bearer"}'),
    'a token that is empty': answer('{"access_token":"","token_type":"Bearer"}'),
    'a token with a line break': answer('{"access_token":"x\\r\\nX-Injected: yes","token_type":"Bearer"}'),
    'a token of a megabyte': answer(
      `{"access_token":"${'x/'.repeat(500_000)}","token_type":"Bearer","expires_in":60}`,
    ),
  };

  test.concurrent.for(Object.entries(authorizations))(
    'the authorization answers %s: nothing is let in',
    async ([, attack]) => {
      const front = await startFront({
        reply: (seen, at) => (seen.url.startsWith('/oauth/auth') ? attack(seen, at) : undefined),
      });
      try {
        const ran = await attacked(front, oauth(front.url), ['oauth', 'current-user', 'logout']);
        expect(ran.checks.get('oauth.code-exchange')?.verdict).not.toBe('pass');
        expect(ran.checks.get('user.name')?.verdict).not.toBe('pass');
        expect(front.seen.length).toBeLessThan(200);
      } finally {
        await front.close();
      }
    },
  );

  test.concurrent.for(Object.entries(lifetimes))(
    'a token lives %s seconds: it is not renewed for ever',
    async ([, attack]) => {
      const front = await startFront({ reply: granted(attack) });
      try {
        // A renewal that times out would end it too.
        const parts = { ...oauth(front.url), requestDefaults: { timeoutSeconds: 10 } };
        const { report } = await attacked(front, parts, ['oauth', 'current-user', 'logout'], 60);
        // Until the deadline it would.
        expect(report.run.ended).toBe('complete');
        expect(front.seen.length).toBeLessThan(200);
      } finally {
        await front.close();
      }
    },
  );

  test.concurrent.for(Object.entries(tokens))(
    'the token endpoint answers %s: nothing hangs',
    async ([, attack]) => {
      const front = await startFront({ reply: granted(attack) });
      try {
        const ran = await attacked(front, oauth(front.url), ['oauth', 'current-user', 'logout']);
        expect(ran.checks.get('oauth.token-response')?.verdict).not.toBe('pass');
        expect(front.seen.filter(({ headers }) => 'x-injected' in headers)).toEqual([]);
        expect(front.seen.length).toBeLessThan(200);
      } finally {
        await front.close();
      }
    },
  );
});

test('a name with escape sequences and bidirectional marks steers no terminal', async () => {
  const name = '\u001b]0;owned\u0007\u001b[2J\u202egnp.exe\u2066\r\nPASS everything\u0085';
  const front = await startFront({
    reply: (seen) => (seen.url.startsWith('/api/me') ? json({ id: '1', name }) : undefined),
  });
  try {
    const ran = await attacked(front, {}, ['current-user']);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
    expect(ran.shown).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
    expect(ran.screen).not.toMatch(/^PASS everything/m);
  } finally {
    await front.close();
  }
});

test('a server that speaks no HTTP at all holds nobody up', async () => {
  const server = createServer((socket) => void socket.on('error', () => {}));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
  try {
    const profile = profileFor(url, {
      auth,
      secrets: ['KEY'],
      settle: 0.1,
      requestDefaults: { timeoutSeconds: 0.3 },
    });
    const ran = await inspect(profile, { KEY: key }, { deadlineSeconds: 15 });
    noStack(ran);
    expect(ran.report.overall).toBe('unknown');
  } finally {
    server.close();
  }
});
