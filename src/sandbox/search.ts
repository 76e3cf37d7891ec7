import type { FaultSwitch } from './faults.ts';
import { digitsOf, isSameNumber, readNumber } from './phone-number.ts';
import type { Contact, Store } from './store.ts';

/** Whether a stored text is the number that was asked for. */
type Comparison = (stored: string) => boolean | Promise<boolean>;

/** How far the index is behind, with the fault `search-lags`. */
export const indexLagSeconds = 13;

/**
 * The contacts whose phone or mobile is the number asked for, however either was written. Nobody for an
 * extension, an empty text, or a part of a number.
 */
export async function searchByPhone(store: Store, asked: string, fault: FaultSwitch): Promise<Contact[]> {
  const everybody = [...store.contacts.values()];
  if (fault('search-ignores-parameter')) return everybody;
  if (asked.trim() === '' && fault('search-everybody-for-empty')) return everybody;
  if (/^\s*\d{1,6}\s*$/.test(asked) && fault('search-everybody-for-extension')) return everybody;

  const isMatch = await comparison(asked, fault);
  const indexed = Date.now() - indexLagSeconds * 1000;
  const searched = everybody.filter(({ id, createdAt }) => {
    if (store.strangers.has(id)) return true;
    return !fault('search-never-indexed') && !(fault('search-lags') && Date.parse(createdAt) > indexed);
  });
  const matches = await Promise.all(searched.map((contact) => hasNumber(contact, isMatch, fault)));
  const found = searched.filter((_, index) => matches[index]);

  if (found.length === 0 && fault('search-everybody-for-unknown')) return everybody;
  return fault('search-first-only') ? found.slice(0, 1) : found;
}

/** The contacts whose name contains the text, in any case; nobody for an empty text. */
export function searchByName(store: Store, asked: string): Contact[] {
  const text = asked.trim().toLowerCase();
  if (text === '') return [];
  return [...store.contacts.values()].filter(({ name }) => name.toLowerCase().includes(text));
}

async function hasNumber(contact: Contact, isMatch: Comparison, fault: FaultSwitch): Promise<boolean> {
  const numbers = [contact.phone, fault('search-skips-mobile') ? null : contact.mobile];
  for (const number of numbers) if (number !== null && (await isMatch(number))) return true;
  return false;
}

async function comparison(asked: string, fault: FaultSwitch): Promise<Comparison> {
  if (fault('search-exact')) return (stored) => stored === asked;
  if (fault('search-needs-significant') && !/^\d{10}$/.test(asked)) return () => false;

  const number = await readNumber(asked);
  if (fault('search-own-country-only') && !(number.kind === 'e164' && number.callingCode === '1')) {
    return () => false;
  }
  const digits = digitsOf(asked);
  return async (stored) => {
    const storedDigits = digitsOf(stored);
    if (fault('search-digits-substring') && storedDigits.includes(digits)) return true;
    if (fault('search-last-seven-digits') && digits.length >= 7) {
      if (storedDigits.endsWith(digits.slice(-7))) return true;
    }
    return isSameNumber(number, await readNumber(stored));
  };
}
