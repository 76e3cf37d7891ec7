import type { Judgement } from '../../report/types.ts';
import { excerpt } from '../activity/fidelity/excerpt.ts';
import { defineCheck } from '../define-check.ts';
import { links } from '../links.ts';
import { answered } from '../outcome-facts.ts';
import { Unanswerable } from '../unanswerable.ts';
import { nameChange } from './name-change.ts';
import type { KeptName } from './specimens.ts';

type Fate =
  | { what: 'kept' }
  | { what: 'changed'; how: string; observed: string }
  | { what: 'refused'; how: string; observed: string }
  | { what: 'trouble'; how: string }
  /** Created, but not seen again: the answer of a creation may be an echo. */
  | { what: 'unseen' };

export default defineCheck({
  id: 'contact.name-kept',
  item: 'contact-create',
  level: 'should',
  title: 'returns a name as it was written: one word, three words, not Latin, with an apostrophe',
  why: 'The name that a user typed during a call is all that there is of this person; cut or mangled, it is not found again.',
  remedy: {
    vendor: 'Take a name of any number of words in any script, and return all of it.',
    integrator:
      'Split the name in the template where the CRM keeps first and last name apart, and join both in item.namePath.',
  },
  judged: {
    asks: 'Contacts named by one word, three words, words in Cyrillic and Chinese, and with an apostrophe, each with a number of its own, read back by `findContact`; where the search shows no name, as the creation answered it. White space does not count, nor how an accent is stored.',
    pass: 'every name came back, and its contact was found',
    warn: 'one was changed (how is said) or refused (the refusal is quoted)',
    inconclusive: 'one was created, and not found again',
  },
  links: [links.createContact],
  operations: ['createContact', 'findContact'],
  needs: ['kept names'],
  writes: true,
  async observe(_context, have): Promise<{ names: KeptName[] }> {
    const names = have['kept names'];
    if (names.every((name) => fateOf(name).what === 'unseen')) {
      const found = names.some((name) => name.found);
      throw new Unanswerable({
        verdict: 'blocked',
        by: found ? 'lookup.fields' : 'contact.found',
        reason: found ? 'the search shows no names' : 'no created contact was found again',
      });
    }
    return { names };
  },
  judge({ names }): Judgement {
    const fates = names.map((name) => ({ kind: name.kind, fate: fateOf(name) }));
    const kinds = (what: Fate['what']) =>
      fates.flatMap(({ kind, fate }) => (fate.what === what ? [kind] : []));
    const lost = fates.flatMap(({ kind, fate }) =>
      fate.what === 'changed' || fate.what === 'refused' ? [{ kind, ...fate }] : [],
    );
    if (lost.length > 0) {
      const hows = [...new Set(lost.map(({ how }) => how))];
      const said = hows.map(
        (how) => `${listed(lost.filter((one) => one.how === how).map(({ kind }) => kind))}: ${how}`,
      );
      return {
        verdict: 'warn',
        summary: said.join('; '),
        expected: 'the same names',
        observed: lost.map(({ kind, observed }) => `${kind}: ${observed}`).join('; '),
      };
    }
    const trouble = fates.flatMap(({ kind, fate }) =>
      fate.what === 'trouble' ? [`${kind}: ${fate.how}`] : [],
    );
    if (trouble.length > 0) {
      return { verdict: 'inconclusive', summary: `could not be created: ${trouble.join('; ')}` };
    }
    const unseen = kinds('unseen');
    if (unseen.length > 0) {
      return { verdict: 'inconclusive', summary: `created, but not found again: ${listed(unseen)}` };
    }
    return { verdict: 'pass', summary: `the same name came back: ${listed(kinds('kept'))}` };
  },
});

function fateOf({ written, answer, found, read }: KeptName): Fate {
  if (answer.kind === 'trouble') return { what: 'trouble', how: answer.message };
  if (answer.kind !== 'ok') {
    const said = answered(answer);
    return {
      what: 'refused',
      how: `refused with ${said}`,
      observed: `${quoted(written)} is refused: ${said}`,
    };
  }
  if (read === null) return { what: 'unseen' };
  const how = nameChange(written, read);
  if (how !== null) {
    return { what: 'changed', how, observed: `${quoted(written)} came back as ${quoted(read)}` };
  }
  return { what: found ? 'kept' : 'unseen' };
}

function quoted(name: string): string {
  return `"${excerpt(name, 60)}"`;
}

function listed(parts: readonly string[]): string {
  return parts.join(', ');
}
