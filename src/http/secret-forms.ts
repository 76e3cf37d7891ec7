/**
 * Every form in which a secret may turn up in a request, an answer or an error page: raw, JSON-escaped (also twice),
 * percent-encoded (upper and lower hex, `+` for space, twice), HTML-escaped, base64 and base64url at all three
 * alignments, hexadecimal. Longest first, without duplicates.
 */
export function secretForms(secret: string): string[] {
  const percent = percentForms(secret);
  const forms = new Set([
    secret,
    ...jsonForms(secret),
    ...percent,
    ...percent.flatMap((form) => [encodeURIComponent(form), lowerHex(encodeURIComponent(form))]),
    ...htmlForms(secret),
    ...base64Forms(secret),
    ...hexForms(secret),
  ]);
  return [...forms].sort((a, b) => b.length - a.length);
}

function jsonForms(secret: string): string[] {
  const escaped = JSON.stringify(secret).slice(1, -1);
  const unicode = (code: (hex: string) => string) =>
    // Python, PHP, Go and .NET escape non-ASCII or HTML's own characters as \uXXXX.
    escaped.replace(
      /[^\x20-\x7e]|[<>&'+]/g,
      (char) => `\\u${code(char.charCodeAt(0).toString(16).padStart(4, '0'))}`,
    );
  const once = [escaped, unicode((hex) => hex), unicode((hex) => hex.toUpperCase())];
  const slashes = once.map((form) => form.replaceAll('/', '\\/'));
  return [...once, ...slashes, JSON.stringify(escaped).slice(1, -1), JSON.stringify(slashes[0]).slice(1, -1)];
}

function percentForms(secret: string): string[] {
  // A lone surrogate cannot be encoded; Buffer makes it U+FFFD, as every HTTP client does.
  const text = Buffer.from(secret, 'utf8').toString('utf8');
  const component = encodeURIComponent(text);
  const strict = component.replace(
    /[!'()*~]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  const forms = [component, strict, encodeURI(text), new URLSearchParams([['', text]]).toString().slice(1)];
  const spaced = forms.flatMap((form) => [form, form.replaceAll('%20', '+')]);
  return spaced.flatMap((form) => [form, lowerHex(form)]);
}

function lowerHex(text: string): string {
  return text.replace(/%[\dA-F]{2}/g, (octet) => octet.toLowerCase());
}

function htmlForms(secret: string): string[] {
  const base = secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  const double = [base, base.replaceAll('"', '&quot;'), base.replaceAll('"', '&#34;')];
  const quotes = double.flatMap((form) => [
    form,
    ...['&#39;', '&#039;', '&#x27;', '&apos;'].map((entity) => form.replaceAll("'", entity)),
  ]);
  const mustache = (double[1] ?? base)
    .replaceAll("'", '&#39;')
    .replaceAll('/', '&#x2F;')
    .replaceAll('`', '&#x60;')
    .replaceAll('=', '&#x3D;');
  return [...quotes, mustache, ...quotes.map((form) => form.replaceAll('+', '&#x2B;'))];
}

/** Fewer characters than this turn up by chance in any base64 text. */
const shortestCore = 6;

/**
 * The characters of a base64 text that depend on the secret alone, for each place (mod 3) where it may begin: what a
 * search for the secret inside `base64(user:password)` must look for.
 */
function base64Forms(secret: string): string[] {
  const bytes = Buffer.from(secret, 'utf8');
  const cores = [0, 1, 2].map((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64');
    return text.slice(Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6));
  });
  const whole = bytes.toString('base64');
  return [whole, whole.replace(/=+$/, ''), ...cores]
    .filter((form) => form.length >= shortestCore)
    .flatMap((form) => [form, form.replaceAll('+', '-').replaceAll('/', '_')])
    .flatMap((form) => [form, encodeURIComponent(form), form.replaceAll('/', '\\/')]);
}

function hexForms(secret: string): string[] {
  const hex = Buffer.from(secret, 'utf8').toString('hex');
  return [hex, hex.toUpperCase()];
}
