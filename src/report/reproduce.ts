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
  const { command = ['check', '--profile', report.profile.path ?? report.profile.file] } = report.run;
  return ['crm-ready', ...command, '--only', id, '--against', savedAs].map(inShell);
}

/** A word for a POSIX shell: as it is where nothing in it has a meaning there, else in single quotes. */
function inShell(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
