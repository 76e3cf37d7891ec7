type Parser = typeof import('libphonenumber-js/min');

/** Country of the CRM: how a number without a country code is read. */
const ownCountry = 'US';
/** Neither an area code nor an exchange of the North American plan begins with 0 or 1; a trunk zero elsewhere does. */
const nanpNumber = /^[2-9]\d\d[2-9]\d{6}$/;
/** ITU-T E.164 section 6: 15 digits at most. Fewer than 8 are extensions, short codes or local numbers. */
const e164Digits = { min: 8, max: 15 };

let parser: Promise<Parser> | undefined;

/**
 * A phone number as the CRM understands it. `foreign` has no country code and is no number of the CRM's own
 * country: which number it is shows only when it is held against one that has a country code.
 */
export type ReadNumber =
  | { kind: 'e164'; e164: string; callingCode: string }
  | { kind: 'foreign'; text: string }
  | { kind: 'none' };

/** What a text means as a phone number; an extension after it is no part of the number. */
export async function readNumber(text: string): Promise<ReadNumber> {
  const { parsePhoneNumberFromString: parse } = await load();
  const trimmed = text.trim();
  const digits = digitsOf(trimmed);
  if (digits.length < e164Digits.min) return { kind: 'none' };
  // A raw plus in a query string arrives as a space: `+14155550123` is then digits with a country code.
  for (const number of [parse(trimmed, ownCountry), parse(`+${digits}`)]) {
    if (!number?.isPossible()) continue;
    const { countryCallingCode: callingCode, nationalNumber } = number;
    if (callingCode === '1' && !nanpNumber.test(nationalNumber)) continue;
    return { kind: 'e164', e164: number.number, callingCode };
  }
  return trimmed.startsWith('+') ? { kind: 'none' } : { kind: 'foreign', text: trimmed };
}

/** Whether two texts are the same number: all of it, never a part of it. */
export async function isSameNumber(a: ReadNumber, b: ReadNumber): Promise<boolean> {
  if (a.kind === 'none' || b.kind === 'none') return false;
  if (a.kind === 'e164' && b.kind === 'e164') return a.e164 === b.e164;
  if (a.kind === 'foreign' && b.kind === 'foreign') return digitsOf(a.text) === digitsOf(b.text);
  if (a.kind === 'foreign') return isSameNumber(b, a);
  if (a.kind !== 'e164' || b.kind !== 'foreign') return false;
  const { parsePhoneNumberFromString: parse } = await load();
  const there = parse(b.text, { defaultCallingCode: a.callingCode });
  return there?.isPossible() === true && there.number === a.e164;
}

/** Whether a text can be stored as a phone number: the usual signs, 7 to 15 digits, perhaps an extension. */
export async function isPlausible(text: string): Promise<boolean> {
  const match = /^(\+?[\d\s().\-/]+?)(?:[\s,;]*(?:ext\.?|extension|x|#)\s*\d{1,7})?$/i.exec(text.trim());
  const digits = digitsOf(match?.[1] ?? '');
  if (digits.length < 7 || digits.length > e164Digits.max) return false;
  return !text.trim().startsWith('+') || (await readNumber(text)).kind === 'e164';
}

/** The digits of a text, without those of an extension. */
export function digitsOf(text: string): string {
  return (text.split(/ext|x|#/i)[0] ?? '').replace(/\D/g, '');
}

function load(): Promise<Parser> {
  parser ??= import('libphonenumber-js/min');
  return parser;
}
