import type { Created } from '../crm/types.ts';
import type { Outcome } from '../operation/types.ts';
import type { Judgement } from '../report/types.ts';
import { judgeFailure, type OutcomeFacts, outcomeFacts } from './outcome-facts.ts';

export interface CreatedFacts {
  answer: OutcomeFacts;
  id: string | null;
  idFrom: 'body' | 'header' | null;
  /** Why no id was found in the answer. */
  gap: string | null;
}

export function createdFacts(outcome: Outcome<Created>): CreatedFacts {
  const created = outcome.kind === 'ok' ? outcome.value : null;
  return {
    answer: outcomeFacts(outcome),
    id: created?.id == null ? null : String(created.id),
    idFrom: created?.idFrom ?? null,
    gap: created?.gaps.id ?? null,
  };
}

/** Created, and its id came back where App Connect can read it. */
export function judgeCreated({ answer, id, idFrom, gap }: CreatedFacts, what: string): Judgement {
  const expected = `a 2xx answer with the id of ${what}`;
  if (answer.kind !== 'ok') return judgeFailure(answer, what, expected);
  if (id === null) {
    return {
      verdict: 'fail',
      summary: 'created, but no id came back',
      expected,
      observed: [`HTTP ${answer.status} without an id`, ...(gap === null ? [] : [gap])].join(': '),
    };
  }
  if (idFrom === 'header') {
    return {
      verdict: 'warn',
      summary: 'the id stands in a header only',
      expected,
      observed: 'no id in the body',
      adapterCode: true,
    };
  }
  return { verdict: 'pass', summary: 'created, and its id came back' };
}
