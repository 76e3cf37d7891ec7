import { defineCheck } from '../define-check.ts';
import { links } from '../links.ts';
import { answered, judgeFailure, missFrom, type OutcomeFacts, outcomeFacts } from '../outcome-facts.ts';
import { Unanswerable } from '../unanswerable.ts';
import type { TextLimit } from './specimens.ts';
import { contains, textOf } from './text.ts';
import { explainText, type TextDifference } from './text-fidelity.ts';
import { writtenText } from './written.ts';

interface Facts {
  create: OutcomeFacts;
  read: OutcomeFacts | null;
  /** Lengths in characters. */
  written: number;
  kept: number | null;
  /** Whether the last words came back. */
  endFound: boolean;
  differences: TextDifference[];
  limit: TextLimit | null;
}

export default defineCheck({
  id: 'activity.long',
  item: 'activity',
  level: 'should',
  title: 'keeps a text of 20,000 characters',
  why: 'Transcripts are that long, and App Connect does not notice a text that was cut.',
  remedy: {
    vendor: 'Use a text column without a small limit, or refuse what is too long with a 4xx that says so.',
    integrator: 'Leave transcripts out, or attach them as files in a connector with code.',
  },
  judged: {
    asks: 'A call record with a text of 20,000 characters, read back. Where it is refused, or comes back empty, at most 12 shorter ones find the limit.',
    pass: 'all of it came back',
    warn: 'cut or shortened (after how many characters is said), or refused with a 4xx or kept as nothing (from which length on is said)',
    fail: 'it cannot be read at all',
  },
  links: [links.loggingCalls],
  operations: ['createCallLog', 'getCallLog'],
  needs: ['long call log', 'read call log'],
  writes: true,
  async observe({ profile }, have): Promise<Facts> {
    const { 'long call log': log, 'read call log': control } = have;
    if (!control.bodyFound)
      throw new Unanswerable({
        verdict: 'blocked',
        by: 'activity.read',
        reason: 'a short text does not come back either',
      });
    if (log === null)
      throw new Unanswerable({ verdict: 'inconclusive', by: null, reason: 'left out by the profile' });
    const { draft, outcome, read, limit } = log;
    const create = outcomeFacts(outcome);
    if (outcome.kind === 'ok' && read === null) throw new Unanswerable(missFrom(create, 'activity.create'));
    const written = writtenText(profile, draft);
    const record = read?.kind === 'ok' ? read.value : null;
    // Where nothing is mapped there is no text to compare: whether the last words stand in the answer must do.
    const text = record && (record.fullBody ?? record.note);
    return {
      create,
      read: read && outcomeFacts(read),
      written: written.length,
      kept: record && (text ?? textOf(record)).length,
      endFound: record !== null && contains(text ?? record.raw, draft.note.slice(-30)),
      differences: text === null ? [] : explainText(written, text),
      limit,
    };
  },
  judge({ create, read, written, kept, endFound, differences, limit }) {
    const expected = `${counted(written)} characters`;
    const remedy = limit && {
      vendor: `Take texts of more than ${rangeOf(limit)} characters: transcripts have 20,000.`,
      integrator: `Keep the text of a log within ${counted(limit.accepted)} characters: leave transcripts out, or attach them as files in a connector with code.`,
    };
    if (create.kind === 'refused') {
      const observed = answered(create);
      const summary = limit
        ? `a text of more than ${rangeOf(limit)} characters is refused: ${observed}`
        : `a long text is refused: ${observed}`;
      const vendor = 'Take a text of 20,000 characters, in a text column without a small limit.';
      return { verdict: 'warn', summary, expected, observed, remedy: remedy ?? { vendor } };
    }
    if (create.kind !== 'ok') return judgeFailure(create, 'a long text', expected);
    if (read === null) return { verdict: 'inconclusive', summary: 'not read' };
    if (read.kind !== 'ok') {
      const vendor = 'Return a record with a long text as one with a short text.';
      return { ...judgeFailure(read, 'reading the long text', expected), remedy: { vendor } };
    }
    if (limit) {
      const summary = `a text of more than ${rangeOf(limit)} characters comes back empty`;
      return { verdict: 'warn', summary, expected, observed: 'an empty text', ...(remedy && { remedy }) };
    }
    const cut = differences.find(({ code }) => code.startsWith('cut'));
    // White space may be folded; the length says what neither end shows. 0: nothing is mapped.
    const shorter = kept !== null && kept > 0 && kept < written * 0.9;
    if (endFound && !cut && !shorter) return { verdict: 'pass', summary: `${expected} came back` };
    if (cut) {
      const { sentence } = cut;
      const vendor = `Texts are ${sentence}: use a text column without a small limit, or refuse what is too long.`;
      return { verdict: 'warn', summary: sentence, expected, observed: sentence, remedy: { vendor } };
    }
    const observed = `${counted(kept ?? 0)} characters, ${endFound ? 'without a part in the middle' : 'without the end'}`;
    return { verdict: 'warn', summary: `came back with ${observed}`, expected, observed };
  },
});

/** `2,000`, or `3,000 to 3,020` where the search ended before it was exact. */
function rangeOf({ accepted, refused }: TextLimit): string {
  return refused - accepted > 1 ? `${counted(accepted)} to ${counted(refused - 1)}` : counted(accepted);
}

function counted(length: number): string {
  return length.toLocaleString('en');
}
