import { nearest } from './suggest.ts';

/** A path in an answer, as its keys; numbers index lists. */
type Path = (string | number)[];

const mostPaths = 2_000;
const mostLevels = 10;

/** Every place that holds a value, and every list, with what stands there. Of a list the first element stands for all. */
function* paths(value: unknown, path: Path = []): Generator<[Path, unknown]> {
  if (typeof value !== 'object' || value === null || path.length > mostLevels) {
    if (path.length > 0) yield [path, value];
  } else if (Array.isArray(value)) {
    yield [path, value];
    if (value.length > 0) yield* paths(value[0], [...path, 0]);
  } else {
    for (const [key, entry] of Object.entries(value)) {
      if (!isPersonal(key, entry)) yield* paths(entry, [...path, key]);
    }
  }
}

/** A map that is keyed by name, e-mail address or phone number: no path that anybody means, and nobody's business. */
function isPersonal(key: string, value: unknown): boolean {
  return /\d{7}/.test(key) || (typeof value === 'object' && value !== null && /[\s@+]/.test(key));
}

function written(path: Path): string {
  return path
    .map((key, index) => {
      if (typeof key === 'number') return `[${key}]`;
      const name = /^[A-Za-z_]\w*$/.test(key) ? key : JSON.stringify(key);
      return index === 0 ? name : `.${name}`;
    })
    .join('');
}

/** The keys that an expression names, of its first alternative: `body.data[0].id || body.id` gives body, data, id. */
function keysOf(expression: string): string[] {
  const first = expression.split('||')[0] ?? '';
  return [...first.matchAll(/"((?:[^"\\]|\\.)*)"|[A-Za-z_$@][\w$@-]*/g)].map((match) => match[1] ?? match[0]);
}

function plain(key: string | undefined): string {
  return (key ?? '').toLowerCase().replace(/[-_$@]/g, '');
}

function namesOf(path: Path): string[] {
  return path.filter((key) => typeof key === 'string');
}

/** From 0 (not meant) upwards: the last key counts most, then how many of the other keys are shared. */
function score(path: Path, wanted: string[]): number {
  const names = namesOf(path);
  const [last, wantedLast] = [names.at(-1) ?? '', wanted.at(-1) ?? ''];
  const within = wanted.every((key, index) => plain(names[index]) === plain(key));
  // What lies beneath the place that was meant is near to it, whatever it is called.
  const close = Math.max(closeness(last, wantedLast), within ? 2 : 0);
  if (close === 0) return 0;
  const others = new Set(wanted.slice(0, -1).map(plain));
  const shared = names.slice(0, -1).filter((name) => others.has(plain(name))).length;
  // A shallow place first, when all else is equal: the answer's own id before that of a part.
  return close + shared / (others.size + names.length) - path.length / 1_000;
}

function closeness(name: string, wanted: string): number {
  if (name === wanted) return 4;
  const [one, other] = [plain(name), plain(wanted)];
  if (one === '' || other === '') return 0;
  if (one === other) return 3;
  if (one.endsWith(other) || other.endsWith(one)) return 2;
  return nearest(wanted, [name]) !== null ||
    (Math.min(one.length, other.length) > 3 && (one.includes(other) || other.includes(one)))
    ? 1
    : 0;
}

/**
 * The paths in an answer that were most likely meant by an expression that finds nothing there, best first, as JMESPath.
 * Only paths are given, never values.
 * @param root what the expression starts from
 * @param wanted the expression
 * @param options.fits whether a value is of the kind that is looked for; default: any is
 */
export function nearestPaths(
  root: unknown,
  wanted: string,
  { limit = 3, fits = () => true }: { limit?: number; fits?: (value: unknown) => boolean } = {},
): string[] {
  return ranked(root, keysOf(wanted), fits).slice(0, limit).map(written);
}

/**
 * Of these paths the best that ends in the very key that the expression ends in, whatever its case; null: none does.
 * `body.data.id` means `body.id` where that is there, and never `body.contactId`.
 */
export function namesake(root: unknown, wanted: string, fits: (value: unknown) => boolean): string | null {
  const keys = keysOf(wanted);
  const name = keys.at(-1)?.toLowerCase();
  const found = ranked(root, keys, fits).find((path) => String(path.at(-1)).toLowerCase() === name);
  return found ? written(found) : null;
}

/** Best first. */
function ranked(root: unknown, wanted: string[], fits: (value: unknown) => boolean): Path[] {
  if (wanted.length === 0) return [];
  const found: { path: Path; score: number }[] = [];
  let seen = 0;
  for (const [path, value] of paths(root)) {
    seen += 1;
    if (seen > mostPaths) break;
    const points = fits(value) ? score(path, wanted) : 0;
    if (points > 0) found.push({ path, score: points });
  }
  return found.sort((one, other) => other.score - one.score).map(({ path }) => path);
}
