import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import type { CrmOptions } from './options.ts';
import type { Contact } from './records.ts';

const ownCountry = 'US';

/** @returns the number that a text means here, in E.164 with its parts; null when it is none */
function read(text: string) {
  const number = parsePhoneNumberFromString(text.trim(), ownCountry);
  // Ten digits are a possible number of this country, also where the first is the trunk zero of another.
  const isHere = number?.countryCallingCode === '1';
  return number?.isPossible() && (!isHere || number.isValid()) ? number : null;
}

/** Whether two texts are the same number. One without a country code may be a number of the other's country. */
export function isSameNumber(stored: string, asked: string): boolean {
  const number = read(asked);
  if (!number) return false;
  const here = read(stored);
  if (here || stored.trim().startsWith('+')) return here?.number === number.number;
  const there = parsePhoneNumberFromString(stored, { defaultCallingCode: number.countryCallingCode });
  return there?.number === number.number;
}

function digitsOf(text: string): string {
  return text.replace(/\D/g, '');
}

type Kept = { phone: string | null; countryCode?: string } | { refused: string };

/** What a number that is written becomes, or why it is refused. */
export function keptPhone(text: string, { search, badPhone }: CrmOptions): Kept {
  const number = read(text);
  if (search === 'e164-only-stored' && number?.number !== text) {
    return { refused: 'phone must be a number in E.164' };
  }
  const plausible = /^[\d\s()+.\-/x;,#ext]+$/i.test(text) && digitsOf(text).length >= 7;
  if (!plausible && badPhone !== 'stored') {
    return badPhone === 422 ? { refused: 'phone is not a phone number' } : { phone: null };
  }
  if (number && search === 'normalise-on-write') return { phone: number.number };
  if (number && search === 'split') {
    return { phone: number.nationalNumber, countryCode: `+${number.countryCallingCode}` };
  }
  return { phone: text };
}

/** Whether a stored text is what was asked for. */
function isMatch(stored: string, asked: string, { search, suffixDigits }: CrmOptions): boolean {
  switch (search) {
    case 'normalising':
      return isSameNumber(stored, asked);
    case 'substring-text':
      return stored.includes(asked);
    case 'substring-digits':
      return digitsOf(stored).includes(digitsOf(asked));
    case 'suffix': {
      const suffix = digitsOf(asked).slice(-suffixDigits);
      return suffix.length === suffixDigits && digitsOf(stored).endsWith(suffix);
    }
    case 'unusable':
      return false;
    case 'everybody':
      return true;
    default:
      return stored === asked;
  }
}

/** The contacts that a search by number finds. */
export function searchByPhone(contacts: Contact[], asked: string, options: CrmOptions): Contact[] {
  if (options.search === 'everybody') return contacts;
  const number = read(asked);
  if (options.countries === 'own' && number && number.countryCallingCode !== '1') return [];
  const found = contacts.filter(({ phone, mobile }) =>
    [phone, options.secondPhone === 'searched' ? mobile : null].some(
      (stored) => stored !== null && isMatch(stored, asked, options),
    ),
  );
  return options.shared === 'first' ? found.slice(0, 1) : found;
}
