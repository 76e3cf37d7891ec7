import type { LogRecord } from '../../crm/types.ts';
import type { Outcome } from '../../operation/types.ts';
import { defineCheck } from '../define-check.ts';
import { links } from '../links.ts';
import {
  answered,
  askWithBadInput,
  judgeFailure,
  missFrom,
  type OutcomeFacts,
  outcomeFacts,
} from '../outcome-facts.ts';
import { Unanswerable } from '../unanswerable.ts';
import { leaves } from './leaves.ts';
import { unknownLike } from './unknown-like.ts';

interface Facts {
  /** The id that was asked for. */
  asked: string;
  answer: OutcomeFacts;
  /** What stood in a 2xx answer; null: it was refused. Never whose it was. */
  shown: 'nothing' | 'a list' | 'a record' | null;
}

const danger =
  'a call log that was deleted in the CRM is not noticed: App Connect goes on saying "Call log updated"';

export default defineCheck({
  id: 'activity.unknown-id',
  item: 'activity',
  level: 'should',
  title: 'answers an unknown id with 404 or 410',
  why: 'Users delete records. Only a refusal tells App Connect that the log it wants to update is gone.',
  remedy: {
    vendor: 'Answer 404 (or 410) when there is no record with this id.',
    integrator:
      'Tell the answer for nothing by a `success` predicate in the profile, or in a connector with code.',
  },
  judged: {
    asks: '`getCallLog` with an id that no record has and that looks like a real one: a number stays a number, a UUID a UUID.',
    pass: '404 or 410',
    warn: 'another refusal; or a success with nothing, a list or another record in it, which App Connect takes for the record',
  },
  links: [links.loggingCalls, links.notFound],
  operations: ['getCallLog'],
  needs: ['crm', 'read call log'],
  requests: 1,
  async observe({ seed }, have): Promise<Facts> {
    const { crm, 'read call log': read } = have;
    if (read.outcome.kind !== 'ok')
      throw new Unanswerable(missFrom(outcomeFacts(read.outcome), 'activity.read'));
    const { id, contact } = read.specimen;
    const asked = unknownLike(id, seed);
    const { outcome, facts } = await askWithBadInput(
      () => crm.getCallLog(asked, contact.id),
      () => crm.getCallLog(id, contact.id),
    );
    return { asked: String(asked), answer: facts, shown: shownIn(outcome) };
  },
  judge({ answer, shown }) {
    const expected = '404 or 410';
    const { status, unmasked } = answer;
    if (shown !== null) {
      const what = shown === 'a record' ? 'another record' : shown;
      const summary = `answers ${status} with ${what} for an id that does not exist`;
      return {
        verdict: 'warn',
        summary,
        expected,
        observed: `HTTP ${status} with ${what}`,
        cautions: [danger],
      };
    }
    if (answer.kind !== 'refused') return judgeFailure(answer, 'an unknown id', expected);
    if (status === 404 || status === 410) return { verdict: 'pass', summary: `answers ${status}` };
    const observed = answered(answer);
    const success = unmasked || (status !== null && status < 300);
    return {
      verdict: 'warn',
      summary: success
        ? `answers ${status} with an error inside`
        : `answers ${status} for an id that does not exist`,
      expected,
      observed,
      ...(success
        ? { cautions: [danger] }
        : {
            remedy: { integrator: 'A connector with code can take this refusal for a record that is gone.' },
          }),
    };
  },
});

function shownIn(outcome: Outcome<LogRecord>): Facts['shown'] {
  // A 2xx in which the mapping finds nothing is a success all the same.
  if (outcome.kind === 'unreadable') return 'nothing';
  if (outcome.kind !== 'ok') return null;
  const { raw, subject, note, fullBody } = outcome.value;
  if (subject !== null || note !== null || fullBody !== null) return 'a record';
  if (hasList(raw)) return 'a list';
  return leaves(raw).some(([path, value]) => /(^|[._])id$|[a-z]Id$/i.test(path) && value)
    ? 'a record'
    : 'nothing';
}

function hasList(raw: unknown): boolean {
  if (typeof raw !== 'object' || raw === null) return false;
  if (Array.isArray(raw) && raw.some((entry) => typeof entry === 'object' && entry !== null)) return true;
  return Object.values(raw).some(hasList);
}
