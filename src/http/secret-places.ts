import { isSecretName, isSecretParameter } from './secret-names.ts';

/** What stands in place of a secret. */
export const mark = '‹redacted›';

/** Words before a credential that are no part of it (registered schemes, and those of CRMs). */
const schemes =
  /^(basic|bearer|digest|dpop|token|oauth|negotiate|ntlm|apikey|jwt|session|zoho-oauthtoken|sso-key)\s+(?=\S)/i;

/**
 * The value of a telling name, redacted, with what is no secret kept as evidence: the scheme of an authorization,
 * names and attributes of cookies.
 */
export function redactCredential(name: string, value: string): string {
  if (value === '') return value;
  switch (name.toLowerCase()) {
    case 'set-cookie':
      return value.replace(
        /^([^=;\n]+=)?[^;\n]+/gm,
        (_pair, key: string | undefined) => `${key ?? ''}${mark}`,
      );
    case 'cookie':
      return value.replace(/([^=;]+=)?[^;]+/g, (_pair, key: string | undefined) => `${key ?? ''}${mark}`);
    default:
      return `${/authorization|token$|key$/i.test(name) ? (schemes.exec(value)?.[0] ?? '') : ''}${mark}`;
  }
}

/** The credential of an authorization header; another value as it is. */
export function withoutScheme(value: string): string {
  return value.replace(schemes, '');
}

/** Replaces what stands under a telling name in JSON, forms, queries, XML, HTML forms and copied header lines. */
export function redactNamed(text: string): string {
  let redacted = text;
  for (const place of places) {
    if (redacted.includes(place.sign)) redacted = place.redact(redacted);
  }
  return redacted;
}

/**
 * Where names and values stand. `sign` must be there, or the text is not searched. Each pattern accepts the end of the
 * text as the end of the value, so that a text that was cut shows no half of a secret.
 */
const places: readonly { sign: string; redact: (text: string) => string }[] = [
  {
    // "name": "value" and "name": 123
    sign: '"',
    redact: jsonPairs,
  },
  {
    // {\"name\":\"value\"}: JSON inside a string of JSON
    sign: '\\"',
    redact: (text) =>
      text.replace(
        /(\\+"([^"\\]{1,64})\\+"\s*:\s*\\+")([^"\\]*(?:\\+[^"\\][^"\\]*)*)/g,
        (pair, before: string, key: string, value: string) =>
          isSecretName(key) && value !== '' ? before + mark : pair,
      ),
  },
  {
    // ?name=value, #name=value, &name=value, also with &amp; and \u0026
    sign: '=',
    redact: (text) =>
      text.replace(
        /([?&#]|&amp;|\\u0026)([\w.%[\]-]{2,64})=([^&\s"'<>#\\]+)/g,
        (pair, before: string, key: string) => (isSecretParameter(key) ? `${before}${key}=${mark}` : pair),
      ),
  },
  {
    // name=value at the beginning of a form; a sentence has spaces
    sign: '=',
    redact: (text) =>
      text.replace(/^([\w.%[\]-]{2,64})=([^&\s"'<>]+)(?=&|$)/, (pair, key: string) =>
        isSecretParameter(key) && !/\s/.test(text) ? `${key}=${mark}` : pair,
      ),
  },
  {
    // <session token="value">, also inside JSON; and `token = 'value'` of a script
    sign: '=',
    redact: (text) =>
      text.replace(
        /(?<![\w.:-])([\w.:-]{2,64})(\s{0,8}=\s{0,8}\\{0,4}["'])([^"'<>\\]+)/g,
        (pair, name: string, before: string) => (isSecretName(name) ? `${name}${before}${mark}` : pair),
      ),
  },
  {
    // 'name': 'value' and name: 'value' of Python and JavaScript
    sign: "'",
    redact: (text) =>
      text.replace(
        /(?<![\w.-])([\w.-]{2,64})(\\{0,4}'?\s{0,8}:\s{0,8}\\{0,4}')([^'\\\n]+)/g,
        (pair, name: string, before: string) => (isSecretName(name) ? `${name}${before}${mark}` : pair),
      ),
  },
  {
    // "name"=>"value" of Ruby, [name] => value of PHP
    sign: '=>',
    redact: (text) =>
      text.replace(
        /(?<![\w.-])([\w.-]{2,64})(\\{0,4}["']?\]?\s{0,8}=>\s{0,8}(?:string\(\d+\) )?\\{0,4}["']?)([^\s"'\\,<>[\]{}()]+)/g,
        (pair, name: string, before: string) => (isSecretName(name) ? `${name}${before}${mark}` : pair),
      ),
  },
  {
    // https://user:password@host
    sign: '://',
    redact: (text) => text.replace(/:\/\/[^\s/@?#"'<>\\]{1,2048}@/g, `://${mark}@`),
  },
  {
    // <name>value</name>, also with a namespace prefix
    sign: '<',
    redact: (text) =>
      text.replace(
        /<((?:[\w-]{1,32}:)?([\w.-]{2,64}))(\s[^<>]{0,2000})?>([^<]+)/g,
        (pair, tag: string, name: string, rest = '', value: string) =>
          isSecretName(name) && value.trim() !== '' ? `<${tag}${rest}>${mark}` : pair,
      ),
  },
  {
    // <input name="name" value="value"> and <meta name="name" content="value">
    sign: '<',
    redact: (text) => text.replace(/<(?:input|meta)\b[^<>]{0,4000}/gi, redactInput),
  },
  {
    // A header line, in a page that shows what it got. "Authorization: required" is a sentence
    sign: ':',
    redact: (text) =>
      text.replace(
        headerLine,
        (_line, name: string, colon: string, value: string) =>
          `${name}${colon}${redactCredential(name, value)}`,
      ),
  },
  {
    // A bearer token in a sentence; "Basic authentication" is not one
    sign: ' ',
    redact: (text) =>
      text.replace(/\b(Bearer|Basic) +[\w.~+/=-]{20,}/gi, (_match, scheme: string) => `${scheme} ${mark}`),
  },
];

const headerLine =
  /\b((?:proxy-)?authorization|x-api-key|(?:set-)?cookie)(["']?\s*:\s*)((?:[\w-]+ +)?[^\s"'<>‹]{12,}[^\r\n"'<>]*|[^\s=;:"'<>]{1,64}=[^\r\n"'<>]+)/gi;

function jsonPairs(text: string): string {
  return text.replace(
    /"([^"\\]{1,64})"(\s*:\s*)(?:"([^"\\]*(?:\\[\s\S][^"\\]*)*)("|\\?$)|(-?\d[\d.eE+-]*))/g,
    (pair, key: string, colon: string, value: string | undefined, end: string | undefined) => {
      if (value === '' || !isSecretName(key)) return pair;
      return `"${key}"${colon}"${value === undefined ? mark : redactCredential(key, value)}${end ?? '"'}`;
    },
  );
}

function redactInput(tag: string): string {
  const name = /\bname\s*=\s*\\{0,8}["']?([^\s"'\\>]+)/i.exec(tag)?.[1];
  const secret =
    /\btype\s*=\s*\\{0,8}["']?password/i.test(tag) || (name !== undefined && isSecretParameter(name));
  if (!secret) return tag;
  return tag.replace(
    /(\b(?:value|content)\s*=\s*)(?:(\\{0,8}["'])[^"'\\]+|[^\s"'\\>]+)/i,
    (_value, before: string, quote = '') => `${before}${quote}${mark}`,
  );
}
