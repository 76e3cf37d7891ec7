import type { CallLogDraft, LogRecord } from '../../crm/types.ts';
import { defaultLogFormat } from '../../crm/types.ts';
import type { Outcome } from '../../operation/types.ts';
import type { Judgement } from '../../report/types.ts';
import type { CheckContext } from '../define-check.ts';
import type { Needs } from '../needs.ts';
import { answered, judgeFailure, missFrom, type OutcomeFacts, outcomeFacts } from '../outcome-facts.ts';
import { Unanswerable } from '../unanswerable.ts';
import { readsAlike } from './fidelity/reader.ts';
import { leaves } from './leaves.ts';
import type { CreatedCallLog, LongCallLog } from './specimens.ts';
import { contains } from './text.ts';
import { explainText, isHarmless, type TextDifference } from './text-fidelity.ts';
import { writtenText } from './written.ts';

export interface TextFacts {
  create: OutcomeFacts;
  /** null: there is nothing to read. */
  read: OutcomeFacts | null;
  differences: TextDifference[];
  /** In HTML: whoever reads it sees the same, and App Connect finds its labels. */
  readsAlike: boolean;
}

/** What each of the two requirements looks at; what is in neither list (a text that came back empty) concerns both. */
const concerns = {
  characters:
    /^(emoji|marks|letters|mojibake|invisible|nf[cd]|crlf|line|trailing|trimmed|white-space|spaces|indentation|encoded|cut-at-emoji|cut-at-line)/,
  markup:
    /^(html|tags|attributes|wrapped|br-|comments|script|angle|quotes|backslashes|markdown|url|cut-at-character)/,
};
type Concern = keyof typeof concerns;

/** Other capitals are for activity.read to tell. */
const capitals = /case$/;

/** A record that was created for this, once it is there; read by its id. */
export async function readBack(
  { settled, marker }: CheckContext,
  crm: Needs['crm'],
  { outcome, draft }: CreatedCallLog,
): Promise<Outcome<LogRecord> | null> {
  if (outcome.kind !== 'ok') return null;
  const { id } = outcome.value;
  if (id === null) throw new Unanswerable(missFrom(outcomeFacts(outcome), 'activity.create'));
  const { answer } = await settled(
    () => crm.getCallLog(id, draft.contact.id),
    (read) => read.kind === 'ok' && contains(read.value.raw, marker),
  );
  return answer;
}

/** How long a text comes back whole, in characters, as far as the long one tells. */
export function roomFor(long: LongCallLog | null, profile: CheckContext['profile']): number {
  if (long?.limit) return long.limit.accepted;
  const text = long?.read?.kind === 'ok' ? (long.read.value.fullBody ?? long.read.value.note) : null;
  if (!long || text === null) return Number.POSITIVE_INFINITY;
  const cut = explainText(writtenText(profile, long.draft), text).some(({ code }) => code === 'cut');
  return cut ? text.length : Number.POSITIVE_INFINITY;
}

/**
 * Writes nothing: reads the record and says what became of its text.
 * @throws {Unanswerable} when a plain text does not come back either, or this one is longer than any that does
 */
export async function observeText(
  context: CheckContext,
  have: Pick<Needs, 'crm' | 'read call log' | 'long call log'>,
  log: CreatedCallLog,
): Promise<TextFacts> {
  const { crm, 'read call log': control, 'long call log': long } = have;
  if (control.outcome.kind !== 'ok' || !control.bodyFound) {
    const reason = 'a plain text does not come back either';
    throw new Unanswerable({ verdict: 'blocked', by: 'activity.read', reason });
  }
  const length = writtenText(context.profile, log.draft).length;
  if (length > roomFor(long, context.profile)) {
    const reason = `a text of ${length} characters does not come back whole`;
    throw new Unanswerable({ verdict: 'blocked', by: 'activity.long', reason });
  }
  const outcome = await readBack(context, crm, log);
  const create = outcomeFacts(log.outcome);
  if (outcome?.kind !== 'ok') {
    const read = outcome === null ? null : outcomeFacts(outcome);
    return { create, read, differences: [], readsAlike: false };
  }
  const { written, text } = textIn(outcome.value, control.outcome.value, log.draft, context.profile);
  const html = (context.profile.meta.logFormat ?? defaultLogFormat) === 'text/html';
  return {
    create,
    read: outcomeFacts(outcome),
    differences: explainText(written, text),
    readsAlike: html && text !== null && readsAlike(written, text),
  };
}

/** The text that came back and the one that was written there, by the field in which the control stood. */
function textIn(
  record: LogRecord,
  control: LogRecord,
  draft: CallLogDraft,
  profile: CheckContext['profile'],
): { written: string; text: string | null } {
  const written = writtenText(profile, draft);
  if (control.fullBody !== null) return { written, text: record.fullBody };
  if (control.note !== null) return { written: draft.note, text: record.note };
  // Nothing is mapped: the longest text of the record with the run's mark, the subject apart.
  const mark = draft.note.split(' ').slice(0, 2).join(' ');
  const [text] = leaves(record.raw)
    .flatMap(([, value]) => (typeof value === 'string' ? [value] : []))
    .filter((value) => contains(value, mark) && !contains(value, draft.subject))
    .sort((one, other) => other.length - one.length);
  if (text === undefined) {
    const key = 'operations.getCallLog.responseMapping.fullBodyPath';
    const reason = `the text was not found in the answer: add ${key}`;
    throw new Unanswerable({ verdict: 'not-described', by: null, reason });
  }
  const [best = written] = [written, draft.note].sort(
    (one, other) => explainText(one, text).length - explainText(other, text).length,
  );
  return { written: best, text };
}

/** @param what the kind of text, as in "a text with emoji" */
export function judgeText(facts: TextFacts, concern: Concern, what: string): Judgement {
  const { create, read, differences } = facts;
  const expected = 'the text as it was written';
  if (create.kind === 'refused') {
    const observed = answered(create);
    return { verdict: 'warn', summary: `${what} is refused: ${observed}`, expected, observed };
  }
  if (create.kind !== 'ok') return judgeFailure(create, what, expected);
  if (read === null) return { verdict: 'inconclusive', summary: 'not read' };
  if (read.kind !== 'ok') return judgeFailure(read, `reading ${what}`, expected);
  const other = concern === 'markup' ? concerns.characters : concerns.markup;
  const mine = differences.filter(({ code }) => !other.test(code) && !capitals.test(code));
  const observed = sentences(mine);
  if (mine.length === 0) {
    const kept =
      differences.length === 0 ? `${what} came back as it was written` : `the ${concern} came back`;
    return { verdict: 'pass', summary: kept };
  }
  if (facts.readsAlike) return { verdict: 'pass', summary: `reads the same; ${observed}` };
  if (mine.every(({ code }) => isHarmless(code)))
    return { verdict: 'pass', summary: `nothing is lost; ${observed}` };
  return { verdict: 'warn', summary: observed, expected, observed };
}

function sentences(differences: readonly TextDifference[]): string {
  return differences.map(({ sentence }) => sentence).join('; ');
}
