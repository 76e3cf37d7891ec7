import type { Profile } from '../profile/types.ts';
import { wrap } from '../reporters/console/wrap.ts';
import type { Plan } from '../run/plan.ts';

/** "6 contacts, 3 call records and 1 message record". */
export function whatIsCreated({ creates: { contacts, callLogs, messageLogs } }: Plan): string {
  const parts = [
    count(contacts, 'contact'),
    count(callLogs, 'call record'),
    count(messageLogs, 'message record'),
  ].flatMap((part) => part ?? []);
  if (parts.length === 0) return 'nothing';
  return parts.length === 1 ? (parts[0] ?? '') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}

/**
 * Tells, before the first write, what will be created where and whether it can be removed; on a terminal asks.
 * @returns whether to go on
 */
export async function consent(profile: Profile, plan: Plan, yes: boolean): Promise<boolean> {
  const what = whatIsCreated(plan);
  if (what === 'nothing') return true;
  const host = new URL(profile.requestDefaults.baseUrl).host;
  const removal =
    plan.undeletable.length === 0
      ? 'and will be removed again'
      : `and cannot all be removed: the profile describes no ${plan.undeletable.join(', no ')}`;
  const more = plan.callLogsIfRefused;
  const ifRefused =
    more === 0 ? '' : ` Where a long text is refused, up to ${more} more call records find the limit.`;
  const told = `At most ${what} will be created in ${profile.meta.displayName} (${host}) ${removal}.${ifRefused}`;
  // A log is read by programs, too: only a terminal gets lines.
  const lines = process.stderr.isTTY ? wrap(told, process.stderr.columns) : [told];
  process.stderr.write(`${lines.join('\n')}\n`);
  if (yes || !process.stdin.isTTY || !process.stderr.isTTY) return true;
  const { confirm, isCancel } = await import('@clack/prompts');
  const answer = await confirm({ message: 'Go on?', output: process.stderr });
  return !isCancel(answer) && answer;
}

function count(number: number, noun: string): string | null {
  return number === 0 ? null : `${number} ${noun}${number === 1 ? '' : 's'}`;
}
