import type { Verdict } from '../../src/report/types.ts';
import type { RunOptions } from '../../src/run/options.ts';
import { profileFor } from '../secrets/command.ts';
import { type FrontOptions, type Seen, startFront } from '../secrets/front.ts';
import { type Inspected, inspect } from '../secrets/inspect.ts';

const parts = { auth: { type: 'bearer', token: '{{ secrets.KEY }}' }, secrets: ['KEY'], settle: 0.3 };
const env = { KEY: 'key-of-the-front' };

/** Checks the reference CRM behind a server that does this to its answers. */
export async function check(
  front: FrontOptions,
  only: string[],
  profile: object = {},
  options: Partial<RunOptions> = {},
): Promise<Inspected> {
  const server = await startFront(front);
  try {
    const described = profileFor(server.url, { ...parts, ...profile });
    return await inspect(described, env, { only, keep: false, ...options });
  } finally {
    await server.close();
  }
}

export function verdict({ checks }: Inspected, id: string): Verdict | undefined {
  return checks.get(id)?.verdict;
}

export function readsCall({ method, url }: Seen): boolean {
  return method === 'GET' && /^\/api\/activities\/\w/.test(url);
}

export function isSearch({ method, url }: Seen): boolean {
  return method === 'GET' && url.startsWith('/api/contacts?');
}
