import type { CheckResult } from './types.ts';

/** What somebody chose, by the words with which its results begin, and what takes the choice back. */
const choices = {
  'read-only: nothing is written': 'leave out --read-only, with a test account',
  'read-only: no numbers of other countries': 'leave out --read-only, with a test account',
  'read-only: ': 'add the fixtures that it names to the profile, or leave out --read-only',
  'left out by the profile: ': 'take out of optOut in the profile what is to be asked',
  'left out by --lookup essential': 'ask with --lookup full',
} as const;

/** What has to change before a requirement is asked at all: asking again in the same way would not measure it. */
export function choiceToTakeBack({
  verdict,
  summary,
}: Pick<CheckResult, 'verdict' | 'summary'>): string | null {
  if (verdict !== 'inconclusive') return null;
  return Object.entries(choices).find(([words]) => summary.startsWith(words))?.[1] ?? null;
}
