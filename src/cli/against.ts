import { type AskedAgain, comparedWith, findingsIn } from '../report/asked-again.ts';
import { isSameCrm } from '../report/same-crm.ts';
import type { Report } from '../report/types.ts';
import { inert } from '../reporters/inert.ts';
import { type BesideTheGate, outweighing } from '../verdict/exit-code.ts';
import type { Decision } from '../verdict/gate.ts';
import { UsageError } from './failure.ts';
import { savedReport } from './saved-report.ts';

/** What is asked with `--against`: what `--only` names, else everything that the report finds fault with. */
export async function askedAgainst(
  file: string,
  only: string[] | undefined,
): Promise<{ saved: Report; only: string[] }> {
  const saved = await savedReport(file);
  const ids = only ?? findingsIn(saved);
  if (ids.length === 0)
    throw new UsageError(`${file} finds no fault with anything`, 'Name what to ask again: --only ID');
  return { saved, only: ids };
}

/** Says of each requirement what has become of it, last on stderr. */
export function compareAloud(
  { saved, only }: { saved: Report; only: readonly string[] },
  now: Report,
  beside: BesideTheGate,
): Decision['state'] {
  const results = comparedWith(saved, now, only);
  if (!isSameCrm(saved, now)) {
    say(`The saved report is of ${saved.profile.name} (${saved.profile.host}): another CRM.`);
  }
  for (const { id, outcome, text } of results) say(`${id}: ${outcome} (${text})`);
  const other = outweighing(beside);
  if (other) say(other.sentence);
  return stateOf(results);
}

function stateOf(results: readonly AskedAgain[]): Decision['state'] {
  const outcomes = new Set(results.map(({ outcome }) => outcome));
  if (outcomes.has('STILL') || outcomes.has('NEW')) return 'fails';
  return outcomes.has('COULD NOT MEASURE') || results.length === 0 ? 'cannot tell' : 'holds';
}

function say(line: string): void {
  process.stderr.write(`${inert(line, 600)}\n`);
}
