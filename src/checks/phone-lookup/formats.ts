import { parsePhoneNumber } from '../../crm/phone.ts';

/** How people and imports write a number: what a CRM may have stored, and what a connector may ask for. */
export interface PhoneFormat {
  name: string;
  /** From E.164. */
  write(e164: string, region: string): string;
  /** App Connect's notation for overriding formats, with the country's calling code filled in; null: has none. */
  notation(countryCode: number): string | null;
}

const significant = (e164: string, region: string) => parsePhoneNumber(e164, region).number.significant;

/** A number as digits in groups of three, three and the rest: the usual dashes and dots. */
function grouped(separator: string): PhoneFormat['write'] {
  return (e164, region) => {
    const digits = significant(e164, region);
    return [digits.slice(0, 3), digits.slice(3, 6), digits.slice(6)].join(separator);
  };
}

export const formats = {
  e164: { name: 'E.164', write: (e164) => e164, notation: (code) => `+${code}##########` },
  digits: { name: 'digits', write: (e164) => e164.slice(1), notation: (code) => `${code}##########` },
  significant: { name: 'national significant', write: significant, notation: () => '##########' },
  national: {
    name: 'national',
    write: (e164, region) => parsePhoneNumber(e164, region).number.national,
    notation: () => '(###) ###-####',
  },
  dashed: { name: 'dashes', write: grouped('-'), notation: () => '###-###-####' },
  dotted: { name: 'dots', write: grouped('.'), notation: () => '###.###.####' },
  international: {
    name: 'international',
    write: (e164, region) => parsePhoneNumber(e164, region).number.international,
    notation: (code) => `+${code} ###-###-####`,
  },
} as const satisfies Record<string, PhoneFormat>;

export type FormatId = keyof typeof formats;

/** Written into the CRM, one contact each; the first is the control. */
export const storedFormats = [
  'e164',
  'digits',
  'significant',
  'national',
  'dashed',
  'dotted',
] as const satisfies FormatId[];

/** Asked for, beside E.164 with `%2B` and with a raw plus. */
export const queriedFormats = [
  'digits',
  'significant',
  'national',
  'international',
  'dashed',
  'dotted',
] as const satisfies FormatId[];
