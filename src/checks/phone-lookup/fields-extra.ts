import { readInstant } from '../../app-connect/instant.ts';
import type { FoundContact } from '../../crm/types.ts';
import type { Profile } from '../../profile/types.ts';
import { defineCheck } from '../define-check.ts';
import { links } from '../links.ts';
import { Unanswerable } from '../unanswerable.ts';

const extras = {
  createdDate: { what: 'the created date', key: 'createdDatePath' },
  type: { what: 'the type', key: 'typePath' },
  phone: { what: 'the phone number', key: 'phonePath' },
} as const;
type Extra = keyof typeof extras;
const names = Object.keys(extras) as Extra[];

interface Facts {
  /** What came back, by name. `unreadable`: a date in no form that App Connect reads. */
  found: Record<Extra, 'there' | 'missing' | 'unreadable' | 'not mapped'>;
  createdDate: string | null;
}

export default defineCheck({
  id: 'lookup.fields-extra',
  item: 'phone-lookup',
  level: 'should',
  title: 'returns the created date, the type and the phone number of a contact that is found',
  why: 'Of several contacts with one number App Connect shows the newest first, with its type; the number tells who is meant.',
  remedy: {
    vendor: 'Return these fields with each record of the search; dates as ISO 8601 with a zone.',
    integrator: 'Map the fields, or ask for them where the search returns a few fields only.',
  },
  judged: {
    pass: 'all three came back; the date in a form that App Connect reads (ISO 8601, Unix time, `YYYY-MM-DD HH:mm:ss`, RFC 2822 …)',
    warn: 'one of them is missing, or the date has another form (dates with slashes, say)',
    notDescribed: 'the profile does not map them: `createdDatePath`, `typePath`, `phonePath`',
  },
  links: [links.contactMatching],
  operations: ['findContact'],
  needs: ['lookup by E.164'],
  async observe({ profile }, have): Promise<Facts> {
    const { contact } = have['lookup by E.164'];
    if (!contact)
      throw new Unanswerable({
        verdict: 'blocked',
        by: 'lookup.e164',
        reason: 'no contact was found to look at',
      });
    const mapped = mappedKeys(profile);
    const found = Object.fromEntries(
      names.map((name) => [name, seen(contact, name, mapped.has(extras[name].key))]),
    ) as Facts['found'];
    return { found, createdDate: contact.createdDate == null ? null : String(contact.createdDate) };
  },
  judge({ found, createdDate }) {
    const which = (state: Facts['found'][Extra]) => names.filter((name) => found[name] === state);
    const missing = which('missing').map((name) => extras[name].what);
    const unreadable =
      which('unreadable').length > 0 ? [`a date that App Connect does not read: ${createdDate}`] : [];
    const unmapped = which('not mapped').map((name) => `item.${extras[name].key}`);
    if (missing.length + unreadable.length > 0) {
      const observed = [...missing.map((what) => `no ${what.replace('the ', '')}`), ...unreadable].join('; ');
      return {
        verdict: 'warn',
        summary: observed,
        expected: 'created date, type and phone number',
        observed,
        ...(missing.length === 0 && {
          remedy: {
            vendor: 'Return dates as ISO 8601 with a zone.',
            integrator:
              'A connector with code can read the date, and hand it on in a form that App Connect reads.',
          },
        }),
      };
    }
    if (unmapped.length > 0)
      return {
        verdict: 'not-described',
        summary: `add ${unmapped.join(', ')} to operations.findContact.responseMapping`,
      };
    return { verdict: 'pass', summary: 'created date, type and phone number' };
  },
});

function seen(contact: FoundContact, name: Extra, isMapped: boolean): Facts['found'][Extra] {
  const value = contact[name];
  if (value === null || value === '') return isMapped ? 'missing' : 'not mapped';
  return name === 'createdDate' && readInstant(value) === null ? 'unreadable' : 'there';
}

/** Mapping keys that every request of the search has; App Connect has a default for each in a bare proxyConfig. */
function mappedKeys({ operations: { findContact }, language }: Profile): Set<string> {
  if (language === 'proxyConfig') return new Set(names.map((name) => extras[name].key));
  if (findContact?.kind !== 'search') return new Set();
  const [first, ...others] = findContact.requests.map(
    ({ responseMapping: { item = {} }, type }) =>
      new Set([...Object.keys(item), ...(type ? ['typePath'] : [])]),
  );
  return new Set([...(first ?? [])].filter((key) => others.every((keys) => keys.has(key))));
}
