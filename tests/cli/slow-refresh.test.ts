import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { crmReady, folder, parseReport, type Running, start, until } from './command.ts';

/** A CRM whose token endpoint spends the refresh token at once, and answers when it is let. */
async function slowRefresh(
  work: (set: {
    check: (...words: string[]) => Running;
    forget: () => ReturnType<typeof crmReady>;
    file: string;
    asked(): number;
    answer(): void;
  }) => Promise<void>,
): Promise<void> {
  let refreshToken = 'Refresh-0123456789';
  let asked = 0;
  let answer = () => {};
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    response.setHeader('content-type', 'application/json');
    if (request.url !== '/token') return response.end('{"id":"7","name":"Rowan Okafor"}');
    asked += 1;
    if (new URLSearchParams(Buffer.concat(chunks).toString()).get('refresh_token') !== refreshToken) {
      return response.writeHead(400).end('{"error":"invalid_grant"}');
    }
    refreshToken = `Refresh-9876543210-${asked}`;
    const tokens = { access_token: 'Access-9876543210', refresh_token: refreshToken, expires_in: 3600 };
    answer = () => response.end(JSON.stringify({ ...tokens, token_type: 'Bearer' }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const here = await folder();
    const profile = join(here, 'slow.yaml');
    await writeFile(
      profile,
      `crmReady: 1
meta: { name: slow }
auth: { type: oauth, authUrl: "${url}/authorize", tokenUrl: "${url}/token", clientId: client }
requestDefaults: { baseUrl: "${url}" }
operations: { getUserInfo: { url: /me, responseMapping: { idPath: body.id, namePath: body.name } } }
`,
    );
    const file = join(here, 'tokens.json');
    const tokens = {
      version: 1,
      tokenUrl: `${url}/token`,
      clientId: 'client',
      refreshToken,
      accessToken: null,
    };
    await writeFile(file, JSON.stringify(tokens), { mode: 0o600 });
    const at = ['--profile', profile, '--token-file', file];
    await work({
      check: (...words) => start(['check', ...at, '--only', 'user.name', '--report', 'json', ...words]),
      forget: () => crmReady(['login', '--forget', ...at]),
      file,
      asked: () => asked,
      answer: () => answer(),
    });
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

describe.concurrent('a stored refresh token that is just being spent', () => {
  it.each([
    ['Ctrl-C', [], 130],
    ['a deadline', ['--deadline', '4'], 3],
  ] as const)('is not lost to %s: its answer is waited for and kept', (_what, words, code) =>
    slowRefresh(async ({ check, file, asked, answer }) => {
      const { child, ended, said } = check(...words);
      await until('the refresh is asked for', () => asked() === 1);
      if (code === 130) {
        child.kill('SIGINT');
        await until('it says what it waits for', () => said.stderr.includes('A refresh is under way'));
      }
      // Longer than other requests may take once a run is stopped.
      await delay(code === 130 ? 11_000 : 15_000);
      answer();
      const { code: exitCode, stdout } = await ended;
      expect(exitCode).toBe(code);
      expect(parseReport(stdout).run.ended).toBe(code === 130 ? 'interrupted' : 'deadline');
      expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({
        refreshToken: 'Refresh-9876543210-1',
        accessToken: 'Access-9876543210',
      });
    }),
  );

  it('is forgotten only after that, and does not come back', () =>
    slowRefresh(async ({ check, forget, file, asked, answer }) => {
      const { ended } = check();
      await until('the refresh is asked for', () => asked() === 1);
      const forgotten = forget();
      await Promise.race([forgotten, delay(6000)]);
      answer();
      expect(await forgotten).toMatchObject({ code: 0, stdout: expect.stringContaining('is removed') });
      await ended;
      await expect(readFile(file)).rejects.toThrow('ENOENT');
    }));
});
