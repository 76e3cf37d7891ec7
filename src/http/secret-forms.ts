/** One way to find a secret in a text. */
export interface Needle {
  /** Length of the secret as it is found: longer ones are looked for first. */
  length: number;
  /** Stands unchanged in every form: a text without it is not searched. */
  sign: string;
  found: string | RegExp;
}

/**
 * Every form in which a secret may turn up in a request, an answer or an error page: raw, base64 and base64url at all
 * three alignments, hexadecimal. Each of them as it stands, or escaped for JSON, URLs, forms and HTML, in any mixture
 * and any number of times.
 */
export function secretForms(secret: string): Needle[] {
  const bytes = Buffer.from(secret, 'utf8');
  const hex = bytes.toString('hex');
  return [
    needle(secret, writtenAsText),
    ...base64Forms(bytes).map((form) => needle(form, writtenInBase64)),
    ...[hex, hex.toUpperCase()].map((form) => needle(form, writtenAsText)),
  ];
}

function needle(form: string, written: (char: string) => string): Needle {
  const sign = (form.match(/[A-Za-z\d]+/g) ?? []).reduce(
    (longest, run) => (run.length > longest.length ? run : longest),
    '',
  );
  const plain = /^[\w.]*$/.test(form) || (/^[\w.-]*$/.test(form) && written === writtenAsText);
  // Runs of backslashes and of blanks grow and shrink with every escaping.
  const units = form.match(/\\+|\s+|[\s\S]/gu) ?? [];
  return { length: form.length, sign, found: plain ? form : new RegExp(units.map(written).join(''), 'g') };
}

/** Fewer characters than this turn up by chance in any base64 text. */
const shortestCore = 6;

/**
 * The characters of a base64 text that depend on the secret alone, for each place (mod 3) where it may begin: what a
 * search for the secret inside `base64(user:password)` must look for. The first is the whole of it.
 */
function base64Forms(bytes: Buffer): string[] {
  const cores = [0, 1, 2].map((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64');
    return text.slice(Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6));
  });
  const whole = bytes.toString('base64').replace(/=+$/, '');
  return [...new Set([whole, ...cores])].filter((form) => form.length >= shortestCore);
}

/** Source of a regular expression for every way to write a character of a text. */
function writtenAsText(unit: string): string {
  if (/^[\w.-]$/.test(unit)) return unit === '.' ? '\\.' : unit;
  const char = unit.slice(0, String.fromCodePoint(unit.codePointAt(0) ?? 0).length);
  const code = char.codePointAt(0) ?? 0;
  const ways = [raw(char), unicode(char), percent(char), entity(code)];
  const names = entities[char];
  if (names !== undefined) ways.push(`&(?:amp;)*(?:${names});`);
  if (/\s/.test(char)) ways.push('\\+', '\\\\+[nrtf]');
  // Forms write a blank as `+`, and whoever reads a URL as a form makes a blank of every `+`.
  if (char === '+') ways.push(' ');
  if (code > 126) ways.push(...mangled(char));
  return `(?:${ways.join('|')})${/\s/.test(char) ? '+' : ''}`;
}

/** The same for base64, where URLs have `-` and `_`. */
function writtenInBase64(char: string): string {
  if (char === '+' || char === '-') return `(?:-|${writtenAsText('+')})`;
  if (char === '/' || char === '_') return `(?:_|${writtenAsText('/')})`;
  return writtenAsText(char);
}

const entities: Record<string, string> = {
  '"': 'quot',
  "'": 'apos',
  '<': 'lt',
  '>': 'gt',
  '+': 'plus',
  '/': 'sol',
  '=': 'equals',
  '\u00a0': 'nbsp',
};

function raw(char: string): string {
  if (char === '\\') return '\\\\+';
  if (char === '&') return '&(?:amp;)*';
  if (/\s/.test(char)) return '\\s';
  return `\\\\{0,16}${[...char].map((one) => one.replace(/[\\^$.*+?()[\]{}|/]/, '\\$&')).join('')}`;
}

/** `\u00e9` of JSON, one for each UTF-16 unit. */
function unicode(char: string): string {
  return char
    .split('')
    .map((unit) => `\\\\+u${anyCase(unit.charCodeAt(0).toString(16).padStart(4, '0'))}`)
    .join('');
}

/** `%C3%A9`, and `%25C3%25A9` where it was encoded twice. */
function percent(char: string): string {
  return [...Buffer.from(char, 'utf8')]
    .map((byte) => `%(?:25)*${byte === 0x25 ? '(?:25)?' : anyCase(byte.toString(16).padStart(2, '0'))}`)
    .join('');
}

function entity(code: number): string {
  return `&(?:amp;)*#(?:0*${code}|[xX]0*${anyCase(code.toString(16))});`;
}

/** What becomes of a character that a server takes for Latin-1, or that it has no place for. */
function mangled(char: string): string[] {
  const latin1 = Buffer.from(char, 'utf8').toString('latin1');
  return [latin1, '\\?{1,4}', '\ufffd'];
}

function anyCase(hex: string): string {
  return hex.replace(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`);
}
