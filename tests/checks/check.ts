import type { Verdict } from '../../src/report/types.ts';
import type { RunOptions } from '../../src/run/options.ts';
import { profileFor } from '../secrets/command.ts';
import { type FrontOptions, type Seen, startFront } from '../secrets/front.ts';
import { type Inspected, inspect } from '../secrets/inspect.ts';

const key = 'key-of-the-tests-of-checks';
const parts = { auth: { type: 'bearer', token: '{{ secrets.KEY }}' }, secrets: ['KEY'], settle: 0.3 };

/** Checks the reference CRM behind a server that does this to its answers. */
export async function check(
  front: FrontOptions,
  only: string[],
  profile: object = {},
  options: Partial<RunOptions> = {},
): Promise<Inspected> {
  const server = await startFront(front);
  try {
    return await inspect(
      profileFor(server.url, { ...parts, ...profile }),
      { KEY: key },
      { only, keep: false, ...options },
    );
  } finally {
    await server.close();
  }
}

export function verdict({ checks }: Inspected, id: string): Verdict | undefined {
  return checks.get(id)?.verdict;
}

export const isSearch = ({ method, url }: Seen) => method === 'GET' && url.startsWith('/api/contacts?');
