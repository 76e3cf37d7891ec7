import { type Document, isAlias, isMap, isScalar, isSeq, type Node } from 'yaml';
import type { Position } from './types.ts';

export type Path = readonly (string | number)[];

/** Where the parts of a document stand in its file. */
export interface Locator {
  /** Of a key (or a list's element); of the nearest parent that exists otherwise. */
  keyAt(path: Path): Position;
  /** Of a value; of the nearest parent that exists otherwise. */
  valueAt(path: Path): Position;
  /** Of a place inside a text value, by line and column within the text; of the value where that cannot be told. */
  insideAt(path: Path, line: number, column: number): Position;
}

/** A path as people write it: `operations.findContact.requests[0].url`. A key that is no plain word stands in quotes. */
export function dotted(path: Path): string {
  return path.reduce<string>((text, segment) => {
    if (typeof segment === 'number') return `${text}[${segment}]`;
    const key = /^[^\s.[\]"]+$/.test(segment) ? segment : JSON.stringify(segment);
    return text === '' ? key : `${text}.${key}`;
  }, '');
}

interface Found {
  key: Node | null;
  value: Node | null;
}

/** @param at turns an offset in `text` into a line and a column, both from 1 */
export function createLocator(
  document: Document.Parsed,
  text: string,
  at: (offset: number) => Position,
): Locator {
  const follow = (path: Path): Found => {
    let found: Found = { key: null, value: document.contents };
    for (const segment of path) {
      const next = child(found.value, segment, document);
      if (!next) break;
      found = next;
    }
    return found;
  };
  const startOf = (...nodes: (Node | null)[]): Position =>
    at(nodes.find((node) => node?.range)?.range?.[0] ?? 0);
  return {
    keyAt: (path) => {
      const { key, value } = follow(path);
      return startOf(key, value);
    },
    valueAt: (path) => {
      const { key, value } = follow(path);
      return startOf(value, key);
    },
    insideAt: (path, line, column) => {
      const { key, value } = follow(path);
      const offset = isScalar(value) ? offsetInside(value, text, line, column) : null;
      return offset === null ? startOf(value, key) : at(offset);
    },
  };
}

function child(node: Node | null, segment: string | number, document: Document.Parsed): Found | null {
  const parent = isAlias(node) ? (node.resolve(document) ?? null) : node;
  if (isSeq<Node>(parent)) {
    const item = typeof segment === 'number' ? parent.items[segment] : undefined;
    return item ? { key: item, value: item } : null;
  }
  if (!isMap<Node, Node | null>(parent)) return null;
  const own = parent.items.findLast(({ key }) => isScalar(key) && String(key.value) === String(segment));
  if (own) return own;
  for (const { key, value } of parent.items) {
    if (!isScalar(key) || key.source !== '<<') continue;
    for (const merged of isSeq<Node>(value) ? value.items : [value]) {
      const inherited = child(merged, segment, document);
      if (inherited) return inherited;
    }
  }
  return null;
}

/** Only where the file shows the text as it is: no escapes, no folded lines. */
function offsetInside(scalar: Node, text: string, line: number, column: number): number | null {
  if (!isScalar(scalar) || typeof scalar.value !== 'string' || !scalar.range) return null;
  const [start, end] = scalar.range;
  const written = text.slice(start, end);
  const wanted = scalar.value.split('\n')[line - 1];
  if (wanted === undefined) return null;
  if (scalar.type === 'BLOCK_LITERAL') {
    // The first line of the token is the header: `|`.
    const lines = written.split('\n');
    const indent = lines[line]?.indexOf(wanted) ?? -1;
    if (indent < 0 || wanted === '') return null;
    const before = lines.slice(0, line).reduce((sum, each) => sum + each.length + 1, 0);
    return start + before + indent + column - 1;
  }
  if (line !== 1) return null;
  if (written === scalar.value) return start + column - 1;
  return written.slice(1, -1) === scalar.value ? start + column : null;
}
