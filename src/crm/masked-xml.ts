/** The key of the text of an element that has attributes or children as well. */
export const textKey = '#text';

interface Element {
  /** Without its prefix. */
  name: string;
  /** The tags as they were written; `close` is empty where the element is. */
  open: string;
  close: string;
  /** Texts are as they were written, with their entities. */
  parts: (Element | string)[];
}

/** Elements and attributes of one name are a list; `{call: {'@id': '7', subject: 'Call'}}`. */
type Read = string | { [key: string]: Read | Read[] };

/**
 * XML with other texts in it, and all else as it was written.
 * @param mask gets the document as an object, and gives back one of the same shape
 * @returns null: no XML, not quite, or a page of HTML
 */
export function maskedXml(xml: string, mask: (document: object) => unknown): string | null {
  const document = readXml(xml);
  if (!document) return null;
  const { prolog, root } = document;
  const read = { [root.name]: objectOf(root) };
  const masked = mask(read);
  const shape = (value: unknown) =>
    JSON.stringify(value, (_key, one) => (typeof one === 'string' ? '' : one));
  // A name or a number was the name of an element.
  if (shape(masked) !== shape(read)) return null;
  return prolog + written(root, within(masked, root.name));
}

const token =
  /<\?[^<>?]*\?>|<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>|<\/[\w:.-]+\s*>|<[\w:.-]+(?:\s+[\w:.-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*\s*\/?>|[^<]+/y;
const attribute = /([\w:.-]+)(\s*=\s*)(?:"([^"]*)"|'([^']*)')/g;
const page = /^(html|head|title|body|div|span|p|br|b|i|a|ul|ol|li|table|form|center|font|pre|h\d)$/i;

/** Its elements. Comments and instructions speak of nothing that anybody needs, and may name anybody. */
function readXml(xml: string): { prolog: string; root: Element } | null {
  const top: Element = { name: '', open: '', close: '', parts: [] };
  const path = [top];
  token.lastIndex = 0;
  for (let at = 0; at < xml.length; at = token.lastIndex) {
    const text = token.exec(xml)?.[0];
    const parent = path.at(-1);
    if (text === undefined || !parent) return null;
    if (/^<[?!](?!\[)/.test(text)) continue;
    if (text.startsWith('</')) {
      if (parent === top || tagOf(parent.open) !== tagOf(text)) return null;
      parent.close = text;
      path.pop();
    } else if (text.startsWith('<') && !text.startsWith('<!')) {
      const element = { name: localName(tagOf(text)), open: text, close: '', parts: [] };
      parent.parts.push(element);
      if (!text.endsWith('/>')) path.push(element);
    } else parent.parts.push(text);
  }
  const [root, ...others] = top.parts.filter((part) => typeof part !== 'string' || part.trim() !== '');
  if (path.length > 1 || typeof root !== 'object' || others.length > 0 || page.test(root.name)) return null;
  return { prolog: /^\s*<\?xml\b[^<>?]*\?>\s*/.exec(xml)?.[0] ?? '', root };
}

function objectOf({ open, parts }: Element): Read {
  const children = parts.filter((part) => typeof part !== 'string');
  const fields = new Map<string, Read[]>();
  const add = (key: string, value: Read) => fields.set(key, [...(fields.get(key) ?? []), value]);
  for (const [, name = '', , one, other] of open.matchAll(attribute))
    if (!name.startsWith('xmlns')) add(attributeKey(name), plain(one ?? other ?? ''));
  for (const child of children) add(child.name, objectOf(child));
  const text = textOf(parts);
  if (fields.size === 0) return text;
  if (text.trim() !== '') add(textKey, text);
  return Object.fromEntries(
    [...fields].map(([key, [one = '', ...more]]) => [key, more.length > 0 ? [one, ...more] : one]),
  );
}

/** The element with the texts of its masked object. */
function written({ open, close, parts }: Element, masked: unknown): string {
  const counts = new Map<string, number>();
  const next = (key: string): unknown => {
    const value = within(masked, key);
    const at = counts.get(key) ?? 0;
    counts.set(key, at + 1);
    return Array.isArray(value) ? value[at] : value;
  };
  const tag = open.replace(attribute, (pair, name: string, equals: string, one?: string, other?: string) => {
    if (name.startsWith('xmlns')) return pair;
    const shown = String(next(attributeKey(name)));
    return shown === plain(one ?? other ?? '') ? pair : `${name}${equals}"${escaped(shown)}"`;
  });
  const text = textOf(parts);
  const shown = typeof masked === 'string' ? masked : (within(masked, textKey) ?? text);
  const texts = shown === text ? null : [escaped(String(shown))];
  const inner = parts.map((part) => {
    if (typeof part !== 'string') return written(part, next(part.name));
    return texts && part.trim() !== '' ? (texts.shift() ?? '') : part;
  });
  return `${tag}${inner.join('')}${close}`;
}

function within(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;
}

function tagOf(text: string): string {
  return /^<\/?([\w:.-]+)/.exec(text)?.[1] ?? '';
}

function localName(tag: string): string {
  return tag.split(':').at(-1) ?? tag;
}

function attributeKey(name: string): string {
  return `@${localName(name)}`;
}

function textOf(parts: Element['parts']): string {
  return parts
    .flatMap((part) =>
      typeof part !== 'string' ? [] : part.startsWith('<![CDATA[') ? part.slice(9, -3) : plain(part),
    )
    .join('');
}

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function plain(text: string): string {
  return text.replace(
    /&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w+));/gi,
    (whole, decimal?: string, hex?: string, name = '') => {
      const code = decimal ? Number(decimal) : hex ? Number.parseInt(hex, 16) : null;
      if (code === null) return entities[name as string] ?? whole;
      return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    },
  );
}

function escaped(text: string): string {
  return text.replace(
    /[&<>"]/g,
    (sign) => `&${Object.keys(entities).find((name) => entities[name] === sign)};`,
  );
}
