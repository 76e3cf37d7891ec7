import { createRequire } from 'node:module';
import type { parsePhoneNumberFromString } from 'libphonenumber-js/max';

/** App Connect's `parsedPhoneNumber`, for numbers that are numbers. */
export interface ParsedPhoneNumber {
  number: { e164: string; international: string; national: string; significant: string; rfc3966: string };
  countryCode: number | null;
  regionCode: string | null;
  valid: boolean;
}

// The metadata costs 40 to 60 ms: `--version` must not pay for it.
const require = createRequire(import.meta.url);
let parser: typeof parsePhoneNumberFromString | undefined;

/** @param text any writing of a number; an extension or nonsense gives its own text in every form */
export function parsePhoneNumber(text: string, region: string): ParsedPhoneNumber {
  parser ??= (
    require('libphonenumber-js/max') as { parsePhoneNumberFromString: typeof parsePhoneNumberFromString }
  ).parsePhoneNumberFromString;
  const parsed = parser(text, region as Parameters<typeof parser>[1] & string);
  if (!parsed) {
    return {
      number: { e164: text, international: text, national: text, significant: text, rfc3966: text },
      countryCode: null,
      regionCode: null,
      valid: false,
    };
  }
  return {
    number: {
      e164: parsed.number,
      international: hyphenated(parsed.formatInternational()),
      national: parsed.formatNational(),
      significant: parsed.nationalNumber,
      rfc3966: `tel:${hyphenated(parsed.formatInternational()).replaceAll(' ', '-')}`,
    },
    countryCode: Number(parsed.countryCallingCode),
    regionCode: parsed.country ?? null,
    valid: parsed.isValid(),
  };
}

/** A mobile number of a country, to see how they are written there: an example of the library's. @returns E.164 */
export function exampleMobile(region: string): string | null {
  const examples = require('libphonenumber-js/examples.mobile.json') as Record<string, string>;
  const significant = examples[region];
  return significant === undefined ? null : parsePhoneNumber(significant, region).number.e164;
}

/** As App Connect's own library writes numbers of the North American plan: `+1 415-555-0123`. */
function hyphenated(international: string): string {
  return international.startsWith('+1 ')
    ? `+1 ${international.slice(3).replaceAll(' ', '-')}`
    : international;
}

/** Whether what a CRM gives back as a contact's phone is this very number, however it is written. */
export function isSameNumber(phone: string | null, e164: string): boolean {
  const digits = phone?.replace(/\D/g, '') ?? '';
  if (phone === null || digits.length < 7) return false;
  if (e164.endsWith(digits.slice(-10))) return true;
  // With a trunk zero, `0199001234`, or with an extension: only then is it worth parsing.
  if (!digits.includes(e164.slice(-6))) return false;
  const { regionCode } = parsePhoneNumber(e164, 'US');
  return regionCode !== null && parsePhoneNumber(phone, regionCode).number.e164 === e164;
}
