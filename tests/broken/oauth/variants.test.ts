import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CheckResult } from '../../../src/report/types.ts';
import { type Checked, checkSandbox } from '../../harness.ts';
import { checkSmallCrm } from './check.ts';
import type { Variant } from './variant.ts';
import { variants } from './variants.ts';

/**
 * Every way of being wrong as an authorization server against every row of OAuth and logout: what its line names comes
 * out as it says, what depends on that is blocked by it, and every other verdict is that of the server without it.
 */
const only = ['oauth', 'logout'];
const rows: string[] = [];
const clean = new Map<'faults' | 'habits', Map<string, CheckResult>>();

beforeAll(async () => {
  clean.set('faults', (await checkSandbox([], { only })).checks);
  clean.set('habits', (await checkSmallCrm()).checks);
});

afterAll(() => {
  const noticed = rows.filter((row) => row.includes('✗')).length;
  process.stdout.write(
    `\nAuthorization servers × requirements (✗ found, ⊘ blocked by what was found)\n${rows.toSorted().join('\n')}\n`,
  );
  process.stdout.write(`${rows.length} servers, ${noticed} noticed, none found wrongly\n`);
});

test('without a fault, both servers pass every row that can be asked of them', () => {
  const odd = (which: 'faults' | 'habits') =>
    [...(clean.get(which)?.values() ?? [])].flatMap(({ id, verdict }) =>
      verdict === 'pass' ? [] : [`${id} ${verdict}`],
    );
  expect(odd('faults')).toEqual(['auth.tls not-applicable']);
  expect(odd('habits')).toEqual(['oauth.metadata not-applicable', 'auth.tls not-applicable']);
});

function check({ is }: Variant): Promise<Pick<Checked, 'checks'>> {
  return 'faults' in is ? checkSandbox(is.faults, { only }) : checkSmallCrm({ habits: is.habits });
}

describe.concurrent('an authorization server', () => {
  test.for(Object.entries(variants))('%s: found, and nothing else', async ([name, variant], { expect }) => {
    const { found, is } = variant;
    const { checks } = await check(variant);
    const usual = clean.get('faults' in is ? 'faults' : 'habits');
    const wrong = [...checks.values()].flatMap((row) => {
      const expected = found[row.id] ?? usual?.get(row.id)?.verdict;
      const fine = row.verdict === expected || (!(row.id in found) && isBlockedBy(row, found, checks));
      return fine ? [] : [`${row.id} is ${row.verdict}, not ${expected}: ${row.summary}`];
    });
    expect(wrong).toEqual([]);
    const cells = [...checks.values()].flatMap(({ id, verdict }) =>
      id in found ? [`✗ ${id} ${verdict}`] : verdict === 'blocked' ? [`⊘ ${id}`] : [],
    );
    rows.push(`${name.padEnd(44)} ${cells.join('  ') || '(nothing to find)'}`);
  });
});

/** Blocked by a row that was to be found, directly or through another that is blocked. */
function isBlockedBy(row: CheckResult, found: Variant['found'], checks: Map<string, CheckResult>): boolean {
  if (row.verdict !== 'blocked' || row.blockedBy === null) return false;
  if (row.blockedBy in found) return true;
  const cause = checks.get(row.blockedBy);
  return cause !== undefined && isBlockedBy(cause, found, checks);
}
