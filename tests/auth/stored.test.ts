import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TokenAnswer } from '../../src/auth/oauth/token-answer.ts';
import type { Tokens } from '../../src/auth/session.ts';
import { fileKeeper, handedInKeeper, type Refresh } from '../../src/auth/stored/keeper.ts';
import { withLock } from '../../src/auth/stored/lock-file.ts';
import { readTokens, type StoredTokens, tokenFileOf, writeTokens } from '../../src/auth/stored/token-file.ts';
import { parseProfile } from '../../src/profile/load.ts';
import { checkProfile } from '../harness.ts';
import { rejection } from '../http/server.ts';

let folder = '';
let file = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'crm-ready-stored-'));
  file = join(folder, 'tokens.json');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const client = { tokenUrl: 'https://crm.example/token', clientId: 'client' };
const inAnHour = () => new Date(Date.now() + 3_600_000).toISOString();

function stored(changes: Partial<StoredTokens> = {}): StoredTokens {
  return {
    ...client,
    clientAuth: 'basic',
    accessToken: 'Access-0',
    refreshToken: 'Refresh-0',
    discovered: {},
    expiresAt: inAnHour(),
    savedAt: new Date().toISOString(),
    ...changes,
  };
}

function answered(tokens: Tokens | null): TokenAnswer {
  const common = {
    contentType: 'application/json',
    response: null,
    errorDescription: null,
    deviations: [],
    strict: null,
    clockSkew: null,
  };
  return {
    kind: 'answered',
    status: tokens ? 200 : 400,
    error: tokens ? null : 'invalid_grant',
    tokens,
    exchange: 1,
    ...common,
  };
}

/** A token endpoint where each refresh token works once, and a second use ends everything. */
function rotating(): { refresh: Refresh; spent: string[] } {
  const spent: string[] = [];
  let dead = false;
  return {
    spent,
    refresh: async ({ refreshToken }) => {
      dead ||= spent.includes(refreshToken);
      spent.push(refreshToken);
      await delay(5);
      const n = spent.length;
      return answered(
        dead ? null : { accessToken: `Access-${n}`, refreshToken: `Refresh-${n}`, expiresIn: 3600 },
      );
    },
  };
}

describe('the token file', () => {
  it('is for its owner alone, and is replaced as a whole', async () => {
    await writeTokens(file, stored());
    await writeTokens(file, stored({ refreshToken: 'Refresh-1' }));
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await readdir(folder)).toEqual(['tokens.json']);
    expect(await readTokens(file, client)).toMatchObject({ refreshToken: 'Refresh-1' });
  });

  it('stays where it is when it is reached by a link', async () => {
    await writeTokens(file, stored());
    const link = join(folder, 'link.json');
    await symlink(file, link);
    await writeTokens(link, stored({ refreshToken: 'Refresh-1' }));
    expect(await readTokens(file, client)).toMatchObject({ refreshToken: 'Refresh-1' });
  });

  it('has another name for another host and for another client', () => {
    const at = (tokenUrl: string, clientId: string) =>
      tokenFileOf({ XDG_CONFIG_HOME: '/c' }, 'acme', { tokenUrl, clientId });
    const names = [
      at('https://a.example/token', 'one'),
      at('https://b.example/token', 'one'),
      at('https://a.example/token', 'two'),
    ];
    expect(new Set(names).size).toBe(3);
    expect(names[0]).toMatch(/^\/c\/crm-ready\/tokens\/acme-[\da-f]{12}\.json$/);
    expect(at('https://a.example/other', 'one')).toBe(names[0]);
  });
});

describe('the lock', () => {
  it('lets one in at a time', async () => {
    let inside = 0;
    let most = 0;
    const waited = await Promise.all(
      Array.from({ length: 8 }, () =>
        withLock(`${file}.lock`, async (hadToWait) => {
          inside += 1;
          most = Math.max(most, inside);
          await delay(3);
          inside -= 1;
          return hadToWait;
        }),
      ),
    );
    expect(most).toBe(1);
    expect(waited.filter((hadToWait) => !hadToWait)).toHaveLength(1);
    expect(await readdir(folder)).toEqual([]);
  });

  it('of a process that has died is taken over', async () => {
    // No process has this number: Linux ends at 4,194,304.
    const left = { pid: 2 ** 30, host: hostname(), id: 'left' };
    await writeFile(`${file}.lock`, JSON.stringify(left));
    expect(await withLock(`${file}.lock`, async () => 'done', { patienceMs: 2000 })).toBe('done');
    expect(await readdir(folder)).toEqual([]);
  });

  it('of a process that lives, or of another machine, is waited for, and then told of', async () => {
    for (const holder of [
      { pid: process.pid, host: hostname(), id: 'held' },
      { pid: 2 ** 30, host: 'elsewhere', id: 'held' },
    ]) {
      await writeFile(`${file}.lock`, JSON.stringify(holder));
      const error = await rejection(withLock(`${file}.lock`, async () => 'done', { patienceMs: 120 }));
      expect(String(error)).toContain(`another run (process ${holder.pid}) has held ${file}.lock`);
      expect(JSON.parse(await readFile(`${file}.lock`, 'utf8'))).toEqual(holder);
    }
  });

  it('is waited for no longer once the run has ended, and is taken all the same where it is free', async () => {
    const ended = AbortSignal.abort();
    await writeFile(`${file}.lock`, JSON.stringify({ pid: process.pid, host: hostname(), id: 'held' }));
    const waiting = withLock(`${file}.lock`, async () => 'done', { signal: AbortSignal.timeout(100) });
    expect(String(await rejection(waiting))).toContain('the run ended while it waited for another one');
    await rm(`${file}.lock`);
    expect(await withLock(`${file}.lock`, async () => 'done', { signal: ended })).toBe('done');
  });

  it('that cannot be read is waited for and told of, too, and not for ever', async () => {
    // A folder in its place stands for a lock of somebody else's, which only its owner may read.
    await mkdir(`${file}.lock`);
    const waiting = withLock(`${file}.lock`, async () => 'done', { patienceMs: 120 });
    expect(String(await rejection(waiting))).toContain(`another run (process unknown) has held ${file}.lock`);
  });

  it('that is empty, or cannot be understood, is taken over when nobody has written into it for seconds', async () => {
    for (const text of ['', '{"pid":']) {
      await writeFile(`${file}.lock`, text);
      const young = withLock(`${file}.lock`, async () => 'done', { patienceMs: 120 });
      expect(String(await rejection(young))).toContain('another run (process unknown) has held');
      const before = new Date(Date.now() - 6000);
      await utimes(`${file}.lock`, before, before);
      expect(await withLock(`${file}.lock`, async () => 'done', { patienceMs: 2000 })).toBe('done');
      expect(await readdir(folder)).toEqual([]);
    }
  });

  it('is let go when the work fails', async () => {
    await rejection(withLock(`${file}.lock`, () => Promise.reject(new Error('no'))));
    expect(await readdir(folder)).toEqual([]);
  });
});

describe('the keeper of a file', () => {
  it('gives what is there while it is good, and spends nothing', async () => {
    await writeTokens(file, stored());
    const { refresh, spent } = rotating();
    const { tokens, answer } = await fileKeeper(file, client).give(null, refresh);
    expect(tokens).toMatchObject({ accessToken: 'Access-0', refreshToken: 'Refresh-0' });
    expect(tokens?.expiresIn).toBeGreaterThan(3590);
    expect({ answer, spent }).toEqual({ answer: null, spent: [] });
  });

  it.each([
    ['has expired', { expiresAt: new Date(0).toISOString() }],
    ['is about to expire', { expiresAt: new Date(Date.now() + 20_000).toISOString() }],
    ['is not there', { accessToken: null }],
  ])('refreshes an access token that %s', async (_why, changes) => {
    await writeTokens(file, stored(changes));
    const { refresh } = rotating();
    expect((await fileKeeper(file, client).give(null, refresh)).tokens?.accessToken).toBe('Access-1');
    expect(await readTokens(file, client)).toMatchObject({ refreshToken: 'Refresh-1' });
  });

  it('keeps the old refresh token where none comes in its place', async () => {
    await writeTokens(file, stored({ accessToken: null }));
    const refresh: Refresh = async () =>
      answered({ accessToken: 'Access-1', refreshToken: null, expiresIn: null });
    await fileKeeper(file, client).give(null, refresh);
    expect(await readTokens(file, client)).toMatchObject({
      accessToken: 'Access-1',
      refreshToken: 'Refresh-0',
      expiresAt: null,
    });
  });

  it('keeps what was told of the tenant, where a refresh does not tell it again', async () => {
    await writeTokens(file, stored({ discovered: { api_domain: 'https://a.example', company: '17' } }));
    const tokens = { accessToken: 'Access-1', refreshToken: null, expiresIn: null };
    const refresh: Refresh = async () => answered({ ...tokens, discovered: { company: '18' } });
    const keeper = fileKeeper(file, client);
    const discovered = { api_domain: 'https://a.example', company: '17' };
    expect((await keeper.give(null, refresh)).tokens?.discovered).toEqual(discovered);
    const renewed = await keeper.give('Access-0', refresh);
    expect(renewed.tokens?.discovered).toEqual({ ...discovered, company: '18' });
    expect(await readTokens(file, client)).toMatchObject({ discovered: { ...discovered, company: '18' } });
  });

  it('lets many at once spend a refresh token once', async () => {
    await writeTokens(file, stored({ expiresAt: new Date(0).toISOString() }));
    const { refresh, spent } = rotating();
    const given = await Promise.all(
      Array.from({ length: 5 }, () => fileKeeper(file, client, { spendFirst: true }).give(null, refresh)),
    );
    expect(new Set(given.map(({ tokens }) => tokens?.accessToken))).toEqual(new Set(['Access-1']));
    expect(spent).toEqual(['Refresh-0']);
  });

  it('makes room for what will come before it spends the refresh token', async () => {
    await writeTokens(file, stored({ accessToken: null }));
    let seen: { name: string; size: number; mode: number }[] = [];
    const { refresh } = rotating();
    await fileKeeper(file, client).give(null, async (kept) => {
      const others = (await readdir(folder)).filter((name) => name.endsWith('.tmp'));
      seen = await Promise.all(
        others.map(async (name) => {
          const { size, mode } = await stat(join(folder, name));
          return { name, size, mode: mode & 0o777 };
        }),
      );
      return refresh(kept);
    });
    expect(seen).toEqual([expect.objectContaining({ mode: 0o600 })]);
    expect(seen[0]?.size).toBeGreaterThan(2 * (await stat(file)).size);
    expect(await readdir(folder)).toEqual(['tokens.json']);
    expect(await readTokens(file, client)).toMatchObject({ refreshToken: 'Refresh-1' });
  });

  it('leaves no room behind where nothing came', async () => {
    await writeTokens(file, stored({ accessToken: null }));
    await fileKeeper(file, client).give(null, async () => answered(null));
    expect(await readdir(folder)).toEqual(['tokens.json']);
  });

  it('spends first, where that is asked for only if nobody said how long the access token lives', async () => {
    const { refresh, spent } = rotating();
    for (const expiresAt of [inAnHour(), null]) {
      await writeTokens(file, stored({ expiresAt }));
      await fileKeeper(file, client, { spendFirst: 'undated' }).give(null, refresh);
    }
    expect(spent).toEqual(['Refresh-0']);
  });

  it('gives what another run wrote, in place of an access token that is at its end', async () => {
    await writeTokens(file, stored({ accessToken: 'Access-7' }));
    const { refresh, spent } = rotating();
    const keeper = fileKeeper(file, client);
    expect((await keeper.give('Access-0', refresh)).tokens?.accessToken).toBe('Access-7');
    expect(spent).toEqual([]);
    expect((await keeper.give('Access-7', refresh)).tokens?.accessToken).toBe('Access-1');
  });

  it('leaves the file as it is where the refresh is refused', async () => {
    const before = stored({ expiresAt: new Date(0).toISOString() });
    await writeTokens(file, before);
    const given = await fileKeeper(file, client).give(null, async () => answered(null));
    expect(given).toMatchObject({ tokens: null, answer: { error: 'invalid_grant' } });
    expect(await readTokens(file, client)).toEqual(before);
  });

  it('goes on with new tokens that could not be handed over, and says so', async () => {
    await writeTokens(file, stored({ accessToken: null }));
    const keeper = fileKeeper(file, client, { onNewToken: () => Promise.reject(new Error('no room')) });
    expect((await keeper.give(null, rotating().refresh)).tokens?.accessToken).toBe('Access-1');
    expect(keeper.problems()).toEqual(['no room']);
  });
});

it('a refresh token that was handed in is spent once, and each new one is told', async () => {
  const told: string[] = [];
  const keeper = handedInKeeper({ ...client, clientAuth: 'body' }, 'Refresh-0', {
    onNewToken: async (token) => {
      told.push(token);
    },
  });
  const { refresh, spent } = rotating();
  expect((await keeper.give(null, refresh)).tokens?.accessToken).toBe('Access-1');
  expect((await keeper.give('Access-1', refresh)).tokens?.accessToken).toBe('Access-2');
  expect({ told, spent }).toEqual({ told: ['Refresh-1', 'Refresh-2'], spent: ['Refresh-0', 'Refresh-1'] });
});

it('a run that waits for another one ends with the first Ctrl-C, and blames nobody', async () => {
  const profile = await parseProfile(
    `crmReady: 1
meta: { name: acme }
auth: { type: oauth, authUrl: "http://127.0.0.1:9/authorize", tokenUrl: "${client.tokenUrl}", clientId: ${client.clientId} }
requestDefaults: { baseUrl: "http://127.0.0.1:9" }
operations: { getUserInfo: { url: /me, responseMapping: { idPath: body.id, namePath: body.name } } }
`,
    'acme.yaml',
    { env: {} },
  );
  await writeTokens(file, stored());
  await writeFile(`${file}.lock`, JSON.stringify({ pid: process.pid, host: hostname(), id: 'held' }));
  const { report, checks } = await checkProfile(profile, {
    keeper: fileKeeper(file, client),
    only: ['user.name', 'oauth.refresh'],
    signal: AbortSignal.timeout(300),
  });
  expect(report.run).toMatchObject({ ended: 'interrupted', requests: 0 });
  expect(report.run.durationMs).toBeLessThan(10_000);
  for (const id of ['user.name', 'oauth.refresh']) {
    expect(checks.get(id)).toMatchObject({
      verdict: 'inconclusive',
      summary: expect.stringContaining('the run ended while it waited for another one'),
    });
  }
});
