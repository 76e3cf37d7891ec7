import { defineCheck } from '../define-check.ts';
import { links } from '../links.ts';
import { judgeFailure, type OutcomeFacts } from '../outcome-facts.ts';
import { contains } from './text.ts';

interface Facts {
  update: OutcomeFacts;
  reading: OutcomeFacts;
  readable: boolean;
  /** Where the mapping of the body looks, if that found a text before; else anywhere in the answer. */
  textFound: boolean;
  /** It stands in the answer, but not there. Absent in older reports. */
  elsewhere?: boolean;
  /** It stands in another record, which the update made. Absent in older reports. */
  copy?: boolean;
}

export default defineCheck({
  id: 'activity.update',
  item: 'activity',
  level: 'must',
  title: 'changes the body by id, and the change is readable under the same id',
  why: 'Recording links, transcripts and notes arrive after the call. App Connect does not notice an update that was answered 200 and ignored.',
  remedy: {
    vendor:
      'Let a record be changed by its id, and keep it there; store the change, or refuse it: never answer 200 to an update that is dropped.',
    integrator: 'Look for the field name or the method (PUT, PATCH, POST) that the CRM really takes.',
  },
  judged: {
    asks: '`updateCallLog` with a new note, then `getCallLog` until the settle time is over.',
    pass: 'the new text is read under the same id, where `getCallLog` maps the body',
    fail: 'the update is refused, or answered with success and ignored or put elsewhere, or the record is gone',
  },
  links: [links.loggingCalls],
  operations: ['updateCallLog', 'getCallLog', 'createCallLog'],
  needs: ['updated call log'],
  writes: true,
  async observe(_context, have): Promise<Facts> {
    const { update, after, reading, found, written, copy } = have['updated call log'];
    const elsewhere = !found && after !== null && contains(after.raw, written);
    return { update, reading, readable: after !== null, textFound: found, elsewhere, copy };
  },
  judge({ update, reading, readable, textFound, elsewhere, copy = false }) {
    const expected = 'the new text, read under the same id';
    if (update.kind !== 'ok') return judgeFailure(update, 'the update', expected);
    if (reading.kind === 'trouble') return judgeFailure(reading, 'reading the update back', expected);
    if (!readable) {
      return {
        verdict: 'fail',
        summary: 'the record cannot be read after the update',
        expected,
        observed: 'no record under this id',
      };
    }
    if (copy && !textFound) {
      return {
        verdict: 'fail',
        summary: `answers ${update.status} with a new record, and leaves the one that was named`,
        expected,
        observed: 'the new text under a new id, and the old text under the old one',
        remedy: { vendor: 'Change the record that the request names, and keep it under its id.' },
      };
    }
    if (elsewhere) {
      return {
        verdict: 'fail',
        summary: `answers ${update.status}, and the body stays as it was`,
        expected,
        observed: 'the new text stands in the answer, but not where getCallLog maps the body',
        remedy: {
          vendor: '',
          integrator: 'Map fullBodyPath (or notePath) to the field that the update changes.',
        },
      };
    }
    if (!textFound) {
      const observed = `HTTP ${update.status} to the update, and the old text`;
      return {
        verdict: 'fail',
        summary: `answers ${update.status} and ignores the update`,
        expected,
        observed,
      };
    }
    return { verdict: 'pass', summary: 'changed, and read back' };
  },
});
