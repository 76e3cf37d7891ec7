import type { ProfileProblem } from './types.ts';

/** A profile that cannot be used. Nothing was sent. Its message lists every problem, one after the other. */
export class ProfileError extends Error {
  /** By position in the file, without duplicates. */
  readonly problems: readonly ProfileProblem[];

  constructor(problems: readonly ProfileProblem[]) {
    const sorted = inOrder(problems);
    super(sorted.map(problemText).join('\n'));
    this.name = 'ProfileError';
    this.problems = sorted;
  }

  override toString(): string {
    return this.message;
  }
}

/** One problem as plain text: `file:line:column  message`, then what was expected and the next step, indented. */
function problemText({ file, line, column, message, expected, hint }: ProfileProblem): string {
  return [
    `${file}:${line}:${column}  ${message}`,
    ...(expected === undefined ? [] : [`    expected  ${expected}`]),
    ...(hint === undefined ? [] : [`    next      ${hint}`]),
  ].join('\n');
}

/** Sorted by position; of problems that say the same of the same place, the first. */
function inOrder(problems: readonly ProfileProblem[]): ProfileProblem[] {
  const seen = new Set<string>();
  return problems
    .filter(({ line, column, message }) => {
      const key = `${line}:${column}:${message}`;
      return !seen.has(key) && seen.add(key);
    })
    .toSorted((a, b) => a.line - b.line || a.column - b.column);
}
