import type { Created } from '../crm/types.ts';
import type { Misplaced, Outcome } from '../operation/types.ts';
import type { Judgement } from '../report/types.ts';
import { judgeMisplaced } from './misplaced.ts';
import { judgeFailure, type OutcomeFacts, outcomeFacts } from './outcome-facts.ts';

export interface CreatedFacts {
  answer: OutcomeFacts;
  id: string | null;
  idFrom: 'body' | 'header' | null;
  /** Why no id was found in the answer. */
  gap: string | null;
  /** An id that stands elsewhere in the answer. Absent in older reports. */
  misplaced?: Misplaced | null;
}

export function createdFacts(outcome: Outcome<Created>): CreatedFacts {
  const created = outcome.kind === 'ok' ? outcome.value : null;
  return {
    answer: outcomeFacts(outcome),
    id: created?.id == null ? null : String(created.id),
    idFrom: created?.idFrom ?? null,
    gap: created?.gaps.id?.why ?? null,
    misplaced: created?.gaps.id?.misplaced ?? null,
  };
}

/**
 * Created, and its id came back where App Connect can read it.
 * @param withoutId what an integrator can do about a record whose id does not come back
 */
export function judgeCreated(
  { answer, id, idFrom, gap, misplaced = null }: CreatedFacts,
  what: string,
  withoutId: string,
): Judgement {
  const expected = `a 2xx answer with the id of ${what}`;
  const vendor = `Return the id of ${what} in the body of the answer.`;
  if (answer.kind !== 'ok') return judgeFailure(answer, what, expected);
  if (id === null) {
    const observed = [`HTTP ${answer.status} without an id`, ...(gap === null ? [] : [gap])].join(': ');
    if (misplaced) return { ...judgeMisplaced([misplaced], 'the id', what), expected, observed };
    const remedy = { vendor, integrator: withoutId };
    return { verdict: 'fail', summary: 'created, but no id came back', expected, observed, remedy };
  }
  if (idFrom === 'header') {
    return {
      verdict: 'warn',
      summary: 'the id stands in a header only',
      expected,
      observed: 'no id in the body',
      adapterCode: true,
      remedy: { vendor, integrator: 'A connector with code can read the id from the header.' },
    };
  }
  return { verdict: 'pass', summary: 'created, and its id came back' };
}
