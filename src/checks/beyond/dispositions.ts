import { defineCheck } from '../define-check.ts';
import { links } from '../links.ts';
import { Unanswerable } from '../unanswerable.ts';

export default defineCheck({
  id: 'beyond.dispositions',
  item: 'beyond',
  level: 'info',
  title: 'takes the disposition of a call',
  why: 'Sales teams say with each call how it went, and count that.',
  remedy: {
    vendor: 'Let an update set the disposition of a call record.',
    integrator:
      'Map the fields of `dispositions`; give values that the CRM knows under testData.dispositions.',
  },
  judged: {
    asks: '`upsertCallDisposition` on a call of this run. The fields are those of `testData.dispositions`; any other that the templates name gets a text of the run.',
    pass: 'always: accepted or refused, and which fields of the record changed',
  },
  links: [links.dispositions],
  operations: ['upsertCallDisposition', 'createCallLog'],
  needs: ['call disposition'],
  writes: true,
  async observe(_context, have) {
    const disposition = have['call disposition'];
    if (disposition.answer.kind === 'trouble') {
      throw new Unanswerable({ verdict: 'inconclusive', by: null, reason: disposition.answer.message });
    }
    return disposition;
  },
  judge({ answer, changes }) {
    if (answer.kind !== 'ok') return { verdict: 'pass', summary: `refused: ${said(answer)}` };
    if (changes === null) return { verdict: 'pass', summary: 'accepted; the record cannot be read back' };
    if (changes.length === 0)
      return { verdict: 'pass', summary: 'accepted, but nothing in the record changed' };
    const fields = changes.slice(0, 4).map(({ path }) => path);
    return { verdict: 'pass', summary: `accepted; changed ${fields.join(', ')}` };
  },
});

function said({ status, message }: { status: number | null; message: string }): string {
  return [status === null ? '' : `HTTP ${status}`, message].join(' ').trim();
}
