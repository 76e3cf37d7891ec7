import { isSecretName } from '../../http/secret-names.ts';
import { mark } from '../../http/secret-places.ts';
import { contains } from './text.ts';

/** Every leaf of an answer with its path (`data.items.0.id`). */
export function leaves(value: unknown, path = ''): [string, unknown][] {
  if (typeof value !== 'object' || value === null) return [[path, value]];
  return Object.entries(value).flatMap(([key, inner]) => leaves(inner, path === '' ? key : `${path}.${key}`));
}

export interface LeafChange {
  path: string;
  before: string;
  /** null: gone. */
  after: string | null;
}

/** Times of modification, versions and counters: they change with every update, and ought to. */
const changesAnyway =
  /modif|updat|chang|edit|version|revision|etag|_rev\b|sequence|counter|lastActivity|touched|timestamp/i;

/**
 * What changed between two reads of a record, but for what changes anyway and what the update itself wrote.
 * @param written texts that the update named: a leaf that contained the old or contains the new one is its business
 */
export function unnamedChanges(before: unknown, after: unknown, written: readonly string[]): LeafChange[] {
  const now = new Map(leaves(after));
  // An empty text stands in every other.
  const named = written.filter((one) => one.trim() !== '');
  return leaves(before).flatMap(([path, old]): LeafChange[] => {
    const value = now.get(path);
    if (Object.is(old, value) || changesAnyway.test(path)) return [];
    if ([old, value].some((text) => named.some((one) => contains(text, one)))) return [];
    const shown = isSecretName(path.split('.').at(-1) ?? '') ? () => mark : clip;
    return [{ path, before: shown(old), after: now.has(path) ? shown(value) : null }];
  });
}

function clip(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
