import type { Report } from './types.ts';

/**
 * The command that asks one requirement again and says what has become of it.
 * @param savedAs the JSON file in which the report lies
 */
export function commandToAskAgain(report: Report, id: string, savedAs?: string): string {
  return wordsToAskAgain(report, id, savedAs).join(' ');
}

/** The same word by word, each as a shell takes it. */
export function wordsToAskAgain(report: Report, id: string, savedAs = 'report.json'): string[] {
  return [...wordsToCheckAgain(report), '--only', id, '--against', savedAs].map(inShell);
}

/** The command that asks everything again. */
export function commandToCheckAgain(report: Report): string {
  return wordsToCheckAgain(report).map(inShell).join(' ');
}

function wordsToCheckAgain({ run, profile }: Report): string[] {
  return ['crm-ready', ...(run.command ?? ['check', '--profile', profile.path ?? profile.file])];
}

/** A word for a POSIX shell: as it is where nothing in it has a meaning there, else in single quotes. */
function inShell(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
