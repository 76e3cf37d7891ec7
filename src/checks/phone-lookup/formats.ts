import { exampleMobile, parsePhoneNumber } from '../../crm/phone.ts';

/** How people and imports write a number: what a CRM may have stored, and what a connector may ask for. */
interface PhoneFormat {
  name: string;
  /** From E.164. */
  write(e164: string): string;
}

function parsed(e164: string) {
  // The country of an E.164 number stands in the number.
  return parsePhoneNumber(e164, 'US').number;
}

/** The national writing with one separator: `415-555-0123`, `020.7946.0123`. */
function separated(separator: string): PhoneFormat['write'] {
  return (e164) =>
    parsed(e164)
      .national.replace(/[()]/g, '')
      .replace(/[^\d]+/g, separator);
}

export const formats = {
  e164: { name: 'E.164', write: (e164) => e164 },
  digits: { name: 'digits', write: (e164) => e164.slice(1) },
  significant: { name: 'national significant', write: (e164) => parsed(e164).significant },
  national: { name: 'national', write: (e164) => parsed(e164).national },
  international: { name: 'international', write: (e164) => parsed(e164).international },
  dashed: { name: 'dashes', write: separated('-') },
  dotted: { name: 'dots', write: separated('.') },
  spaced: { name: 'spaces', write: separated(' ') },
  extension: { name: 'with an extension', write: (e164) => `${parsed(e164).national} ext. 101` },
} as const satisfies Record<string, PhoneFormat>;

export type FormatId = keyof typeof formats;

/**
 * A writing of a number in App Connect's notation for overriding formats: `#` for each digit of the national number,
 * whatever stands before it as it is.
 * @param e164 the number that `text` is a writing of
 * @returns `(###) ###-####`, `+1##########`, `0## #### ####`; null when the national number is not the end of the text
 */
export function notation(text: string, e164: string): string | null {
  const { significant } = parsed(e164);
  let left = significant.length;
  let written = '';
  for (const character of [...text].reverse()) {
    const isDigit = /\d/.test(character);
    if (isDigit && left > 0) {
      if (character !== significant[left - 1]) return null;
      left -= 1;
      written = `#${written}`;
    } else written = character + written;
  }
  return left === 0 ? written : null;
}

/** Whether a format is not the same notation for all numbers of a country: these, and a mobile one. */
export function isWrittenDifferently(
  format: FormatId,
  numbers: readonly string[],
  region: string | undefined,
): boolean {
  const mobile = region === undefined ? null : exampleMobile(region);
  const all = mobile === null ? numbers : [...numbers, mobile];
  return new Set(all.map((e164) => notation(formats[format].write(e164), e164))).size > 1;
}

/** A writing of a number, cut after the first three digits of the national number: `(415) …`, `+1415…`. */
export function abbreviated(text: string, e164: string): string {
  const { significant } = parsed(e164);
  let after = text.replace(/\D/g, '').length - significant.length + 3;
  const end = [...text].findIndex((character) => /\d/.test(character) && --after === 0) + 1;
  const separator = /^\D*/.exec(text.slice(end))?.[0] ?? '';
  return `${text.slice(0, end)}${separator}…`;
}

/** Written into the CRM, one contact each; the first is the control. */
export const storedFormats = [
  'e164',
  'digits',
  'significant',
  'national',
  'dashed',
  'dotted',
  'spaced',
  'extension',
] as const satisfies FormatId[];

/** Those that are met most: a plain export, the screen of a phone, a spreadsheet. */
export const essentialStoredFormats = [
  'e164',
  'digits',
  'national',
  'dashed',
] as const satisfies readonly (typeof storedFormats)[number][];

/** Asked for, beside E.164 with `%2B` and with a raw plus. */
export const queriedFormats = [
  'digits',
  'significant',
  'national',
  'international',
  'dashed',
  'dotted',
  'spaced',
] as const satisfies FormatId[];

/** Countries whose numbers are tried beside those of the CRM's own, as many as there is room for. */
const foreignRegions = ['GB', 'DE', 'FR', 'AU', 'SE', 'US'];

/** @param region the CRM's own country */
export function otherRegions(region: string): string[] {
  const own = region === 'CA' ? ['CA', 'US'] : [region];
  return foreignRegions.filter((other) => !own.includes(other)).slice(0, 5);
}
