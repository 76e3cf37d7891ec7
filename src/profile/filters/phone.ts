import { createRequire } from 'node:module';
import type { CountryCode, PhoneNumber } from 'libphonenumber-js/max';
import type { Context, FilterImplOptions } from 'liquidjs';
import { TemplateError } from './template-error.ts';
import { textOf } from './text.ts';

type PhoneLibrary = typeof import('libphonenumber-js/max');
interface FilterThis {
  context: Context;
}

let library: PhoneLibrary | undefined;

// Templates render synchronously, and the metadata costs some 50 ms: it is loaded by the first phone filter, not at start-up.
function phoneLibrary(): PhoneLibrary {
  library ??= createRequire(import.meta.url)('libphonenumber-js/max') as PhoneLibrary;
  return library;
}

/**
 * The phone number in a text, or null when it is none: '', an extension such as `101`, words.
 * A number without `+` is read as one of the country in the variable `region`, else of the United States.
 */
function parse(context: Context, value: unknown, filter: string): PhoneNumber | null {
  const text = textOf(value, filter).trim();
  if (text === '') return null;
  const number = phoneLibrary().parsePhoneNumberFromString(text, {
    defaultCountry: regionOf(context),
    extract: false,
  });
  if (!number?.isPossible()) return null;
  // Some numbering plans allow three digits, so that an extension would be "possible" there.
  return text.startsWith('+') || number.isValid() || number.nationalNumber.length >= 7 ? number : null;
}

function regionOf(context: Context): CountryCode {
  const variables: Record<string, unknown> = context.environments;
  const region = Object.hasOwn(variables, 'region') ? String(variables.region).toUpperCase() : 'US';
  return phoneLibrary().isSupportedCountry(region) ? region : 'US';
}

const withoutExtension = { formatExtension: (number: string): string => number };

/** A filter that passes through whatever is no phone number. */
function phoneFilter(
  name: string,
  convert: (number: PhoneNumber, format: unknown) => string,
): [string, FilterImplOptions] {
  return [
    name,
    function (this: FilterThis, value: unknown, format?: unknown): unknown {
      const number = parse(this.context, value, name);
      return number ? convert(number, format) : value;
    },
  ];
}

/**
 * Each `#` or `*` takes the next digit; every other character stands for itself, as in App Connect's number formats.
 * Placeholders that find no digit disappear, digits that find no placeholder too.
 */
function masked(digits: string, mask: string): string {
  let next = 0;
  return mask.replace(/[#*]/g, () => digits[next++] ?? '');
}

function mask(number: PhoneNumber, format: unknown): string {
  if (typeof format !== 'string' || !/[#*]/.test(format)) {
    throw new TemplateError("the filter `mask` needs a format such as `mask: '(###) ###-####'`");
  }
  return masked(number.nationalNumber, format);
}

/** Phone numbers as CRMs want them. Sources: ITU-T E.164 (international form), E.123 (written forms). */
export const phoneFilters: Record<string, FilterImplOptions> = Object.fromEntries([
  /** `+14155550123`; an extension is left out, here and below. */
  phoneFilter('e164', (number) => number.number),
  /** The digits of the text as they stand, phone number or not. */
  ['digits', (value: unknown): string => textOf(value, 'digits').replace(/\D/g, '')],
  /** National significant number: `4155550123`. */
  phoneFilter('significant', (number) => number.nationalNumber),
  /** As written inside the country: `(415) 555-0123`, `020 7946 0123`. */
  phoneFilter('national', (number) => number.formatNational(withoutExtension)),
  /** `+1 415 555 0123`. */
  phoneFilter('international', (number) => number.formatInternational(withoutExtension)),
  /** As dialled inside the country, digits only: `02079460123`; `4155550123` where there is no trunk prefix. */
  phoneFilter('trunk', (number) => number.formatNational(withoutExtension).replace(/\D/g, '')),
  /** Country calling code without plus: `44`. */
  phoneFilter('country_code', (number) => number.countryCallingCode),
  phoneFilter('mask', mask),
]);
