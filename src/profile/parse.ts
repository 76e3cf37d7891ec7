import { type Document, isScalar, LineCounter, parseAllDocuments, visit } from 'yaml';
import { indentationProblem } from './indentation.ts';
import { createLocator, type Locator } from './locate.ts';
import type { Json, ProfileProblem } from './types.ts';

/** A parsed file: its value, and where each part of it stands. */
export interface Source extends Locator {
  /** As the caller named it: for messages. */
  file: string;
  document: Json;
}

/** Of a profile, in bytes. */
export const maxBytes = 1024 * 1024;
export const tooLarge = {
  line: 1,
  column: 1,
  message: 'the file is too large for a profile',
  expected: 'at most 1 MiB',
};
/** No CRM's body is nested like this; a parser that follows it runs out of stack. */
const maxDepth = 60;
const maxFlowDepth = 500;
const maxIndent = 500;

type Parsed = { source: Source; problems: ProfileProblem[] } | { source: null; problems: ProfileProblem[] };

/**
 * Reads a YAML 1.2 (or JSON) document. A byte order mark and CRLF line ends are fine and do not move positions.
 * @returns the source and its duplicate keys; or null and why there is nothing to go on with
 */
export function parseSource(text: string, file: string): Parsed {
  const refused = (problem: Omit<ProfileProblem, 'file'>): Parsed => ({
    source: null,
    problems: [{ file, ...problem }],
  });
  const start = { line: 1, column: 1 };
  if (Buffer.byteLength(text) > maxBytes) return refused(tooLarge);
  const yaml = text.replace(/^\uFEFF/, '');
  const binary = /[\0\uFFFD]/.exec(yaml);
  if (binary) {
    return refused({
      ...positionIn(yaml, binary.index),
      message: 'the file is not a text in UTF-8',
      expected: 'YAML or JSON in UTF-8',
      hint: 'save it as UTF-8 (not UTF-16)',
    });
  }
  const tooDeep = (position: { line: number; column: number }) =>
    refused({
      ...position,
      message: 'the document is nested too deeply',
      expected: `at most ${maxDepth} levels`,
    });
  const deep = deepNesting(yaml);
  if (deep !== null) return tooDeep(positionIn(yaml, deep));

  const lines = new LineCounter();
  const at = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return { line, column: col };
  };
  const documents = parseAllDocuments(yaml, {
    lineCounter: lines,
    prettyErrors: false,
    merge: true,
    uniqueKeys: false,
    stringKeys: true,
  });
  const [document, second] = 'empty' in documents ? [] : documents;
  if (!document || (document.contents === null && document.errors.length === 0)) return refused(emptyFile);
  const [syntax] = document.errors;
  if (syntax && /\.json$/i.test(file)) return refused({ ...at(syntax.pos[0]), ...brokenJson });
  if (syntax) {
    const indentation = indentationProblem(document.errors, yaml, at);
    return refused(indentation ?? { ...at(syntax.pos[0]), ...syntaxProblem(syntax.message) });
  }
  if (isScalar(document.contents) && document.contents.value === null && !second) return refused(emptyFile);
  if (second) {
    return refused({
      ...at(second.range[0]),
      message: 'the file holds several documents',
      expected: 'one document',
      hint: 'keep one profile per file: remove the line `---` that starts the second',
    });
  }
  const problems = [...tagProblems(document, at), ...aliasProblems(document, at)].map((problem) => ({
    file,
    ...problem,
  }));
  if (problems.length > 0) return { source: null, problems };
  let value: Json;
  try {
    value = plainCopy(document.toJS({ maxAliasCount: 100 }), 0);
  } catch (error) {
    if (error instanceof TooDeep) return tooDeep(start);
    if (!(error instanceof ReferenceError || error instanceof RangeError)) throw error;
    return refused({
      ...start,
      message: 'the aliases of the document expand to too much',
      expected: 'a few aliases (`*name`), not aliases of aliases',
    });
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return refused({
      ...at(document.contents?.range?.[0] ?? 0),
      message: `the document is ${Array.isArray(value) ? 'a list' : 'a single value'}, not a profile`,
      expected: 'keys and values that start with `crmReady: 1`',
    });
  }
  return {
    source: { file, document: value, ...createLocator(document, yaml, at) },
    problems: duplicateKeys(document, file, at),
  };
}

const emptyFile = {
  line: 1,
  column: 1,
  message: 'the file is empty',
  expected: 'a profile that starts with `crmReady: 1`',
  hint: 'docs/profile.md begins with the smallest one; profiles/ has models to copy',
};

/** A JSON file is read as YAML, whose words do not fit it. */
const brokenJson = {
  message: 'not valid JSON',
  expected: 'every bracket, quotation mark and comma in its place, up to the end of the file',
};

function syntaxProblem(message: string): { message: string; expected: string; hint?: string } {
  if (/stringKeys/.test(message)) {
    return {
      message: 'a key is itself a map or a list',
      expected: 'keys that are plain words',
      hint: 'a text with `{{ … }}` in it needs quotes here: YAML takes the braces for maps',
    };
  }
  const firstLine = message.replace(/\s*\n[\s\S]*$/, '');
  const hint = syntaxHints.find(([pattern]) => pattern.test(message))?.[1];
  return {
    message: `not valid YAML: ${firstLine.charAt(0).toLowerCase()}${firstLine.slice(1)}`,
    expected: 'YAML 1.2 or JSON',
    ...(hint !== undefined && { hint }),
  };
}

const syntaxHints: [RegExp, string][] = [
  [
    /same column|without - indicator/i,
    'begin each item of a list with `- `, and what is no item in another column',
  ],
  [/tab/i, 'indent with spaces'],
  [/nested mappings|implicit key/i, 'put a value that contains `: ` or starts with `{` in quotes'],
  [/missing closing/i, 'close the quotation mark, or use the other kind of quotes around it'],
  [
    /flow (?:map|sequence)|block collection|expected .* end/i,
    'close the brace or bracket that was opened before this place',
  ],
];

type At = (offset: number) => { line: number; column: number };

function tagProblems(document: Document.Parsed, at: At) {
  return document.warnings
    .filter(({ code }) => code === 'TAG_RESOLVE_FAILED')
    .map(({ pos, message }) => ({
      ...at(pos[0]),
      message: `unknown tag ${message.replace(/^.*: /, '')}`,
      expected: 'plain YAML without tags of its own',
      hint: 'a value that starts with `!` needs quotes; values from outside are `{{ secrets.NAME }}` or `{{ vars.name }}`',
    }));
}

function aliasProblems(document: Document.Parsed, at: At) {
  const problems: Omit<ProfileProblem, 'file'>[] = [];
  visit(document, {
    Alias(_, alias) {
      if (alias.resolve(document)) return;
      problems.push({
        ...at(alias.range?.[0] ?? 0),
        message: `the alias *${alias.source} has no anchor before it`,
        expected: `&${alias.source} further up`,
        hint: 'a value that starts with `*` needs quotes',
      });
    },
  });
  return problems;
}

function duplicateKeys(document: Document.Parsed, file: string, at: At): ProfileProblem[] {
  const problems: ProfileProblem[] = [];
  visit(document, {
    Map(_, map) {
      const first = new Map<string, number>();
      for (const { key } of map.items) {
        if (!isScalar(key) || key.source === '<<') continue;
        const name = String(key.value);
        const offset = key.range?.[0] ?? 0;
        const before = first.get(name);
        if (before === undefined) {
          first.set(name, offset);
          continue;
        }
        problems.push({
          file,
          ...at(offset),
          message: `the key \`${name}\` stands twice`,
          expected: 'each key once',
          hint: `it stands first in line ${at(before).line}: remove one of the two`,
        });
      }
    },
  });
  return problems;
}

class TooDeep extends Error {}

/** A copy whose depth is bounded: an alias that stands inside its own anchor has no end. */
function plainCopy(value: unknown, depth: number): Json {
  if (depth > maxDepth) throw new TooDeep();
  if (Array.isArray(value)) return value.map((entry) => plainCopy(entry, depth + 1));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([key, entry]) => [key, plainCopy(entry, depth + 1)]),
    );
  }
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
}

/** Offset of nesting that would exhaust the parser itself, by brackets, indentation or `- - - -`; null: none. */
function deepNesting(text: string): number | null {
  const indented = new RegExp(`^(?: {${maxIndent}}|(?: *[-?] +){${maxFlowDepth}})`, 'm').exec(text);
  if (indented) return indented.index;
  let depth = 0;
  for (let offset = 0; offset < text.length; offset++) {
    const char = text[offset];
    if (char === '[' || char === '{') depth++;
    else if ((char === ']' || char === '}') && depth > 0) depth--;
    if (depth > maxFlowDepth) return offset;
  }
  return null;
}

function positionIn(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}
