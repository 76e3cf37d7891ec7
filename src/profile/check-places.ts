import { checkExpression } from './expression.ts';
import { asObject } from './json.ts';
import type { Source } from './parse.ts';
import { capturesOf, type Place, placesOf, type Scope } from './places.ts';
import { didYouMean, oneOf } from './suggest.ts';
import { checkTemplate, variablesOf } from './template.ts';
import type { Json, ProfileProblem } from './types.ts';
import { globalVariables, isKnown, operationsThatKnow, operationVariables } from './variables.ts';

/** What the document declares, by the name under which templates read it. */
interface Declared {
  secrets: string[];
  vars: string[];
  testData: string[];
  auth: string[];
}

/** Every template and every expression of the document: its syntax, its filters, and whether its variables exist. */
export function checkPlaces(source: Source): ProfileProblem[] {
  const declared = declaredIn(source.document);
  const reported = new Set<string>();
  return [...placesOf(source.document)].flatMap((place): ProfileProblem[] => {
    if (place.kind === 'template') {
      return templateProblems(place, declared, source).filter(({ message }) => {
        // A secret that is used in ten places is listed, or not, in one.
        const once = /^`(?:secrets|vars|testData)\./.test(message);
        return !once || (!reported.has(message) && reported.add(message));
      });
    }
    const problem = place.kind === 'expression' ? checkExpression(place.text) : regexProblem(place.text);
    if (problem === null) return [];
    return [
      {
        file: source.file,
        ...source.valueAt(place.path),
        message:
          place.kind === 'expression'
            ? `not a valid JMESPath: ${problem}`
            : `not a valid regular expression: ${problem}`,
        ...(place.kind === 'expression'
          ? {
              expected: 'a JMESPath over { status, headers, body, captures }, such as `body.items[0].id`',
              hint: 'keys with signs in them need double quotes: `body."first-name"`',
            }
          : { expected: 'a JavaScript regular expression whose first group is the value' }),
      },
    ];
  });
}

function declaredIn(document: Json): Declared {
  const { secrets, vars, testData, auth } = asObject(document);
  const { type, steps, discovers } = asObject(auth);
  const told = Array.isArray(discovers) ? discovers.filter((name) => typeof name === 'string') : [];
  return {
    secrets: Array.isArray(secrets) ? secrets.filter((name) => typeof name === 'string') : [],
    vars: Object.keys(asObject(vars)),
    testData: Object.keys(asObject(testData)),
    auth:
      type === 'login' ? capturesOf(steps) : type === 'oauth' ? ['accessToken', 'refreshToken', ...told] : [],
  };
}

function templateProblems(
  place: Place & { kind: 'template' },
  declared: Declared,
  source: Source,
): ProfileProblem[] {
  const at = (line: number, column: number) =>
    place.isKey ? source.keyAt(place.path) : source.insideAt(place.path, line, column);
  const syntax = checkTemplate(place.text);
  if (syntax) {
    const { message, line, column, hint } = syntax;
    return [
      {
        file: source.file,
        ...at(line, column),
        message: `not a valid template: ${message}`,
        expected: 'LiquidJS: `{{ variable | filter }}`',
        ...(hint !== undefined && { hint }),
      },
    ];
  }
  return variablesOf(place.text).flatMap(({ path, line, column }) => {
    const problem = unknownVariable(path, place.scope, declared);
    return problem ? [{ file: source.file, ...at(line, column), ...problem }] : [];
  });
}

type Unknown = { message: string; expected: string; hint?: string } | null;

function unknownVariable(path: (string | null)[], scope: Scope, declared: Declared): Unknown {
  const [root, name] = path;
  if (root === 'secrets' || root === 'vars') return undeclared(root, name, declared[root]);
  if (scope.kind !== 'load' && scope.kind !== 'session') {
    if (root === 'testData') return undeclared(root, name, declared.testData);
    if (root === 'captures' && scope.kind !== 'everywhere') return unknownCapture(name, scope);
  }
  if (root === 'auth' && scope.kind !== 'load' && scope.kind !== 'login') {
    const known = scope.kind === 'session' ? scope.captures : declared.auth;
    if (name === undefined || name === null || known.includes(name)) return null;
    const hint = didYouMean(name, known);
    return {
      message: `the credential has no \`auth.${name}\``,
      expected:
        known.length === 0
          ? 'a credential of type `login` (its captures) or `oauth`'
          : oneOf(known.map((each) => `auth.${each}`)),
      ...(hint !== undefined && { hint }),
    };
  }
  const known = namesIn(scope);
  if (isKnown(path, known)) return null;
  const text = path.map((segment) => segment ?? '*').join('.');
  return {
    message: `undefined variable \`${text}\`${placeName(scope)}`,
    expected: oneOf([...known, ...rootsIn(scope)], 40),
    ...withHint(hintFor(path, text, scope, known)),
  };
}

function withHint(hint: string | undefined): { hint?: string } {
  return hint === undefined ? {} : { hint };
}

function namesIn(scope: Scope): string[] {
  switch (scope.kind) {
    case 'load':
    case 'session':
      return [];
    case 'operation':
      return [...operationVariables[scope.operation], ...globalVariables].map(({ path }) => path);
    default:
      return globalVariables.map(({ path }) => path);
  }
}

function rootsIn(scope: Scope): string[] {
  const roots = ['secrets.*', 'vars.*'];
  if (scope.kind === 'load') return roots;
  if (scope.kind === 'session') return [...roots, 'auth.*'];
  const rest = [...roots, 'testData.*'];
  if (scope.kind === 'login') return [...rest, 'captures.*'];
  return scope.kind === 'operation' ? [...rest, 'auth.*', 'captures.*'] : [...rest, 'auth.*'];
}

function placeName(scope: Scope): string {
  return scope.kind === 'operation' ? ` in ${scope.operation}` : '';
}

function hintFor(path: (string | null)[], text: string, scope: Scope, known: string[]): string | undefined {
  const [root = null] = path;
  if (['apiKey', 'authHeader', 'secretKey', 'additionalInfo'].includes(root ?? '')) {
    return "this is a variable of App Connect's proxyConfig; here list an environment variable in `secrets` and write `{{ secrets.NAME }}`";
  }
  if (root === 'auth' || root === 'captures') {
    if (scope.kind === 'login') return 'a login step reads what earlier steps captured as `captures.name`';
    return 'this is rendered before anything is sent; put a captured base URL into the `url` of the operation: `{{ auth.name | raw }}/path`';
  }
  const near = didYouMean(text, known);
  if (near !== undefined) return near;
  const elsewhere = operationsThatKnow(path);
  if (elsewhere.length > 0) return `it is known in ${elsewhere.join(', ')}`;
  return 'values of your own go into `vars` or `testData`';
}

function undeclared(
  root: 'secrets' | 'vars' | 'testData',
  name: string | null | undefined,
  known: string[],
): Unknown {
  if (name === null || (name === undefined && root !== 'secrets')) return null;
  if (name === undefined) {
    return {
      message: 'a template reads all `secrets` at once',
      expected: 'one secret by its name: `secrets.NAME`',
    };
  }
  if (known.includes(name)) return null;
  const how = root === 'secrets' ? `add ${name} to \`secrets\`` : `add \`${name}\` to \`${root}\``;
  return {
    message: `\`${root}.${name}\` is used, but ${root === 'secrets' ? `${name} is not listed in` : 'not declared in'} \`${root}\``,
    expected:
      known.length === 0 ? `a top-level key \`${root}\`` : oneOf(known.map((each) => `${root}.${each}`)),
    hint: didYouMean(name, known) ?? how,
  };
}

function unknownCapture(
  name: string | null | undefined,
  scope: Scope & { captures: string[]; later?: string[] },
): Unknown {
  if (name === undefined || name === null || scope.captures.includes(name)) return null;
  const later = 'later' in scope && scope.later?.includes(name);
  const hint = later
    ? 'it is captured by this step or a later one: captures are read by the steps after them'
    : didYouMean(name, scope.captures);
  return {
    message: `no earlier step captures \`${name}\``,
    expected:
      scope.captures.length === 0
        ? 'a step before this one with `captures`'
        : oneOf(scope.captures.map((each) => `captures.${each}`)),
    ...withHint(hint),
  };
}

function regexProblem(text: string): string | null {
  try {
    new RegExp(text);
    return null;
  } catch (error) {
    return error instanceof Error
      ? error.message.replace(/^Invalid regular expression: /, '')
      : String(error);
  }
}
