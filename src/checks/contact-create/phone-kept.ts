import { defineCheck } from '../define-check.ts';
import { links } from '../links.ts';
import { formats } from '../phone-lookup/formats.ts';
import { Unanswerable } from '../unanswerable.ts';
import type { KeptNumber } from './specimens.ts';

export default defineCheck({
  id: 'contact.phone-kept',
  item: 'contact-create',
  level: 'info',
  title: 'gives numbers back as they were written, or in a form of its own',
  why: 'Who compares numbers, or searches by text, must know in which form they are stored.',
  remedy: {
    vendor: 'Store numbers in E.164, and show them in any form.',
    integrator: 'Create contacts in the form that the search finds.',
  },
  judged: {
    asks: 'The numbers of the phone matrix, as the search or the creation gives them back.',
    pass: 'always: as written, E.164, digits, split, emptied …',
    notDescribed: 'no number comes back: neither item.phonePath nor `phonePath` of `createContact` is mapped',
  },
  links: [links.createContact, links.e164],
  operations: ['createContact', 'findContact'],
  needs: ['kept numbers'],
  writes: true,
  async observe(_context, have) {
    const numbers = have['kept numbers'];
    if (numbers.every(({ kept }) => kept === null)) {
      throw new Unanswerable({
        verdict: 'not-described',
        by: null,
        reason:
          'no number came back: add operations.findContact.responseMapping.item.phonePath, or operations.createContact.responseMapping.phonePath',
      });
    }
    return numbers.map((number) => ({ ...number, became: whatBecame(number) }));
  },
  judge(numbers) {
    const outcomes = [...new Set(numbers.map(({ became }) => became))];
    const said = outcomes.map((became) => {
      const forms = numbers.filter((number) => number.became === became).length;
      return numbers.length === 1 || outcomes.length === 1 ? became : `${forms} ${became}`;
    });
    const of = numbers.length > 1 && outcomes.length === 1 ? `, in all ${numbers.length} forms` : '';
    return { verdict: 'pass', summary: `${said.join('; ')}${of}` };
  },
});

function whatBecame({ written, e164, kept }: KeptNumber): string {
  if (kept === null) return 'nothing came back';
  if (kept === written) return 'as written';
  if (kept.trim() === '') return 'emptied';
  const significant = formats.significant.write(e164);
  const had = written.replace(/\D/g, '');
  if (kept.replace(/\D/g, '') === significant && had.length > significant.length && had.endsWith(significant))
    return 'lost the country code';
  const form = Object.values(formats).find(({ write }) => write(e164) === kept);
  if (form) return `became ${form.name}`;
  const [all, left] = [e164.replace(/\D/g, ''), kept.replace(/\D/g, '')];
  if (left !== '' && left !== all && all.endsWith(left)) return `split: only ${kept} came back`;
  return left === all ? `written as ${kept}` : `became ${kept}`;
}
