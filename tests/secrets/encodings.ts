/** How servers write a value that they show again, by the name of the encoding. */
export function encodings(value: string): Record<string, string> {
  const percent = encodeURIComponent(value);
  const escaped = JSON.stringify(value).slice(1, -1);
  const bytes = Buffer.from(value, 'utf8');
  const entities: Record<string, string> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  };
  const at = (before: string) => Buffer.from(`${before}${value}:and more`).toString('base64');
  return {
    raw: value,
    percent,
    'percent, lower case': percent.replace(/%../g, (octet) => octet.toLowerCase()),
    'percent, twice': encodeURIComponent(percent),
    form: new URLSearchParams({ q: value }).toString().slice(2),
    JSON: escaped,
    'JSON in JSON': JSON.stringify(escaped).slice(1, -1),
    'JSON with escaped slashes': escaped.replaceAll('/', '\\/'),
    HTML: value.replace(/[&<>"']/g, (char) => entities[char] ?? char),
    base64: bytes.toString('base64'),
    'base64 in a URL': encodeURIComponent(bytes.toString('base64')),
    base64url: bytes.toString('base64url'),
    'base64, from the second byte': at('a'),
    'base64, from the third byte': at('ab'),
    'base64, behind a user name': at('user@crm.example:'),
    'base64url, behind a user name': Buffer.from(`somebody:${value}`).toString('base64url'),
    hexadecimal: bytes.toString('hex'),
    'hexadecimal, upper case': bytes.toString('hex').toUpperCase(),
  };
}
