import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { fileKeeper, type Refresh } from '../../src/auth/stored/keeper.ts';
import { withLock } from '../../src/auth/stored/lock-file.ts';
import { assertWritable, readTokens, writeTokens } from '../../src/auth/stored/token-file.ts';
import { rejection } from '../http/server.ts';

/** While it is full, files can be made, and nothing can be written into them. */
const disk = vi.hoisted(() => ({ isFull: (_file: string): boolean => false }));
vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof import('node:fs/promises')>();
  const noSpace = () =>
    Promise.reject(Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' }));
  return {
    ...real,
    open: async (file: string, ...more: [string, number]) => {
      const handle = await real.open(file, ...more);
      if (disk.isFull(file)) handle.writeFile = noSpace;
      return handle;
    },
    writeFile: async (file: string, data: string, options: object) => {
      if (!disk.isFull(file)) return real.writeFile(file, data, options);
      await real.writeFile(file, '', options);
      return noSpace();
    },
  };
});

let folder = '';
let file = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'crm-ready-full-'));
  file = join(folder, 'tokens.json');
});
afterEach(async () => {
  disk.isFull = () => false;
  await rm(folder, { recursive: true, force: true });
});

const client = { tokenUrl: 'https://crm.example/token', clientId: 'client' };
const stored = (expiresAt: string) => ({
  ...client,
  clientAuth: 'basic' as const,
  accessToken: 'Access-0',
  refreshToken: 'Refresh-0',
  discovered: {},
  expiresAt,
  savedAt: new Date().toISOString(),
});

function unasked(): { refresh: Refresh; asked(): number } {
  let asked = 0;
  return {
    asked: () => asked,
    refresh: async () => {
      asked += 1;
      return { kind: 'trouble', code: 'timeout', message: 'no answer', exchange: null };
    },
  };
}

it('a refresh token is not spent where there is no room for the one that takes its place', async () => {
  await writeTokens(file, stored(new Date(0).toISOString()));
  disk.isFull = (path) => path.endsWith('.tmp');
  const { refresh, asked } = unasked();
  const error = await rejection(fileKeeper(file, client).give(null, refresh));
  expect(String(error)).toContain(`the tokens cannot be written to ${file} (ENOSPC)`);
  expect(asked()).toBe(0);
  expect(await readdir(folder)).toEqual(['tokens.json']);
  expect(await readTokens(file, client)).toMatchObject({ refreshToken: 'Refresh-0' });
});

it('an access token that is still good is used all the same', async () => {
  await writeTokens(file, stored(new Date(Date.now() + 3_600_000).toISOString()));
  disk.isFull = (path) => path.endsWith('.tmp');
  const { refresh, asked } = unasked();
  const kept = await fileKeeper(file, client, { spendFirst: true }).give(null, refresh);
  expect(kept).toMatchObject({
    tokens: { accessToken: 'Access-0' },
    notSpent: expect.stringContaining('(ENOSPC)'),
  });
  expect(asked()).toBe(0);
});

it('a token file that could not be written is told of before anything is sent', async () => {
  disk.isFull = () => true;
  expect(String(await rejection(assertWritable(file)))).toContain('(ENOSPC)');
  expect(await readdir(folder)).toEqual([]);
});

it('a lock that cannot be written does not stay, to keep the next run waiting', async () => {
  disk.isFull = () => true;
  expect(String(await rejection(withLock(`${file}.lock`, async () => 'done')))).toContain('(ENOSPC)');
  expect(await readdir(folder)).toEqual([]);
});
