import type { ErrorObject } from 'ajv';
import { dotted } from './locate.ts';
import type { Source } from './parse.ts';
import { didYouMean, nearest, oneOf } from './suggest.ts';
import type { Json, ProfileProblem } from './types.ts';

type Path = (string | number)[];
interface Violation {
  error: ErrorObject;
  path: Path;
}

/** Turns the schema's violations into problems for a person, without those that only follow from another. */
export function explainViolations(errors: readonly ErrorObject[], source: Source): ProfileProblem[] {
  const violations = errors
    // `if` says that a branch failed; the branch says why.
    .filter(
      ({ keyword, propertyName }) => keyword !== 'if' && keyword !== 'allOf' && propertyName === undefined,
    )
    .map((error): Violation => ({ error, path: pathOf(error.instancePath, source.document) }));
  return violations
    .filter((violation) => !violations.some((other) => other !== violation && follows(violation, other)))
    .map(({ error, path }) => ({ file: source.file, ...explain(error, path, source) }));
}

/** A wrong type makes the rest of a value meaningless; a misspelt key is missing under its right name. */
function follows({ error, path }: Violation, cause: Violation): boolean {
  if (cause.error.keyword === 'type' && cause.error !== error) {
    const beneath =
      path.length > cause.path.length && cause.path.every((segment, index) => path[index] === segment);
    if (beneath || (error.keyword !== 'type' && samePath(path, cause.path))) return true;
  }
  if (error.keyword !== 'required' || cause.error.keyword !== 'additionalProperties') return false;
  if (!samePath(path, cause.path)) return false;
  const unknown = String(cause.error.params.additionalProperty);
  return unknown in misplaced || nearest(unknown, [String(error.params.missingProperty)]) !== null;
}

function samePath(one: Path, other: Path): boolean {
  return one.length === other.length && one.every((segment, index) => segment === other[index]);
}

type Explained = Omit<ProfileProblem, 'file'>;

function explain(error: ErrorObject, path: Path, source: Source): Explained {
  const { keyword, params } = error;
  const schema = asSchema(error.parentSchema);
  const name = path.length === 0 ? 'the profile' : `\`${dotted(path)}\``;
  switch (keyword) {
    case 'additionalProperties':
      return unknownKey(String(params.additionalProperty), path, schema, source);
    case 'required': {
      const key = String(params.missingProperty);
      const { description } = asSchema(schema.properties?.[key]);
      return {
        ...source.keyAt(path),
        message: `${name} has no \`${key}\``,
        expected: `\`${key}\`${description ? `: ${description}` : ''}`,
        hint:
          key === 'auth'
            ? 'add `auth`; a CRM without any credential has `auth: { type: none }`'
            : `add \`${key}\``,
      };
    }
    case 'type':
      return wrongType(error, path, schema, source);
    case 'const':
    case 'enum': {
      const allowed: unknown[] = keyword === 'enum' ? params.allowedValues : [params.allowedValue];
      const names = allowed.map(String);
      const hint = typeof error.data === 'string' ? didYouMean(error.data, names) : undefined;
      return {
        ...source.valueAt(path),
        message: `${name} is ${shown(error.data, path)}`,
        expected: oneOf(names),
        ...(hint !== undefined && { hint }),
      };
    }
    case 'propertyNames': {
      const key = String(params.propertyName);
      return {
        ...source.keyAt([...path, key]),
        message: `\`${key}\` cannot be a name in ${name}`,
        expected: 'a letter, then letters, digits, hyphens and underscores: templates read it by this name',
      };
    }
    case 'minItems':
    case 'minProperties':
    case 'minLength':
      return {
        ...source.valueAt(path),
        message: `${name} is empty`,
        expected: schema.description ?? 'a value',
      };
    default:
      return {
        ...source.valueAt(path),
        message: `${name} is ${shown(error.data, path)}`,
        expected: [schema.description, limits(error)].filter(Boolean).join(' '),
      };
  }
}

function limits({ keyword, params }: ErrorObject): string {
  if ('comparison' in params) return `Must be ${params.comparison} ${params.limit}.`;
  return keyword === 'pattern' ? '' : `(${keyword})`;
}

/** Keys that exist, but not here. */
const misplaced: Record<string, { message: string; hint: string }> = {
  requests: {
    message: '`requests` is only for findContact and findContactWithName',
    hint: 'several requests in order are `steps`',
  },
  steps: {
    message: '`steps` stands inside a request',
    hint: '`steps` belongs beside the request, or beside `requests`',
  },
};

function unknownKey(key: string, path: Path, schema: Schema, source: Source): Explained {
  const known = Object.keys(schema.properties ?? {}).filter((name) => !name.startsWith('$'));
  const at = source.keyAt([...path, key]);
  const where = path.length === 0 ? 'at the top' : `in \`${dotted(path)}\``;
  const special = misplaced[key];
  if (special && path[0] === 'operations' && !known.includes(key)) {
    return { ...at, ...special, expected: oneOf(known) };
  }
  const several = ['requests', 'steps'].find((name) => known.includes(name));
  const inEach =
    several !== undefined && ['url', 'method', 'headers', 'query', 'body', 'auth', 'success'].includes(key);
  const hint = inEach ? `with \`${several}\`, \`${key}\` belongs into each of them` : didYouMean(key, known);
  return {
    ...at,
    message: `unknown key \`${key}\` ${where}`,
    expected: oneOf(known),
    ...(hint !== undefined && { hint }),
  };
}

function wrongType(error: ErrorObject, path: Path, schema: Schema, source: Source): Explained {
  const types: string[] = [error.params.type].flat();
  const expected = types.map((type) => typeNames[type] ?? type).join(' or ');
  const quotes = types.includes('string') && ['number', 'boolean'].includes(typeof error.data);
  return {
    ...source.valueAt(path),
    message: `\`${dotted(path)}\` is ${shown(error.data, path)}`,
    expected: `${expected}${schema.description ? `. ${schema.description}` : ''}`,
    ...(quotes && { hint: 'put it in quotes' }),
  };
}

const typeNames: Record<string, string> = {
  string: 'a text',
  object: 'keys and values',
  array: 'a list',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  null: 'nothing',
};

/** What was found. A text that may be a secret is not repeated. */
function shown(value: unknown, path: Path): string {
  if (value === null || value === undefined) return 'empty';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a map';
  if (typeof value === 'string') return mayBeSecret(value, path) ? 'a text' : `the text "${value}"`;
  return `${typeof value === 'number' ? 'the number ' : ''}${value}`;
}

function mayBeSecret(value: string, path: Path): boolean {
  const [top] = path;
  const choice = ['type', 'grant', 'encode', 'clientAuth'].includes(String(path.at(-1)));
  return value.length > 40 || (['auth', 'credentials', 'secrets'].includes(String(top)) && !choice);
}

interface Schema {
  description?: string;
  properties?: Record<string, unknown>;
}

function asSchema(value: unknown): Schema {
  return typeof value === 'object' && value !== null ? value : {};
}

/** A JSON pointer as a path; a segment is a number where the document has a list. */
function pathOf(pointer: string, document: Json): Path {
  let value: Json | undefined = document;
  return pointer
    .split('/')
    .slice(1)
    .map((encoded) => {
      const segment = encoded.replaceAll('~1', '/').replaceAll('~0', '~');
      const isIndex = Array.isArray(value);
      value = Array.isArray(value)
        ? value[Number(segment)]
        : typeof value === 'object' && value !== null
          ? value[segment]
          : undefined;
      return isIndex ? Number(segment) : segment;
    });
}
