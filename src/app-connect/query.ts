/**
 * How axios 1.x, App Connect's HTTP client, turns a record into name and value pairs: for queries and for forms.
 * Null and undefined are dropped. `{k: [1, 2]}` gives `k[]=1&k[]=2`, `{k: {a: 1}}` gives `k[a]=1`, and a list that holds
 * records or lists is numbered: `k[0][a]=1`. A key that ends in `{}` asks for JSON.
 */
export function pairsOf(record: object): [string, string][] {
  return pairsBelow(record, []);
}

function pairsBelow(record: object, path: readonly string[]): [string, string][] {
  return Object.entries(record).flatMap(([key, value]: [string, unknown]): [string, string][] => {
    if (value === null || value === undefined) return [];
    const name = key.trim();
    if (path.length === 0 && typeof value === 'object') {
      if (name.endsWith('{}')) return [[name, JSON.stringify(value)]];
      if (Array.isArray(value) && (name.endsWith('[]') || !value.some(isNested))) {
        const given = value.filter((element: unknown) => element !== null && element !== undefined);
        return given.map((element: unknown): [string, string] => [
          `${withoutBrackets(name)}[]`,
          textOf(element),
        ]);
      }
    }
    if (isNested(value)) return pairsBelow(value, [...path, key]);
    return [[path.length === 0 ? name : bracketed([...path, name]), textOf(value)]];
  });
}

function bracketed(path: readonly string[]): string {
  return path.map(withoutBrackets).reduce((name, segment) => `${name}[${segment}]`);
}

function withoutBrackets(name: string): string {
  return name.endsWith('[]') ? name.slice(0, -2) : name;
}

/** Lists and plain records are entered; everything else is one value. */
function isNested(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value)) return true;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}

function textOf(value: unknown): string {
  return value instanceof Date ? value.toISOString() : String(value);
}

/** Percent-encoding of a query by axios 1.x: space is `+`, `+` is `%2B`, and `:`, `$` and `,` stay. */
export function encodeQuery(pairs: readonly (readonly [string, string])[]): string {
  return pairs.map((pair) => pair.map(encode).join('=')).join('&');
}

const kept: Readonly<Record<string, string>> = { '%3A': ':', '%24': '$', '%2C': ',', '%20': '+' };

function encode(text: string): string {
  return encodeURIComponent(text).replace(/%(?:3A|24|2C|20)/g, (code) => kept[code] ?? code);
}
