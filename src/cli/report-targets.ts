import { appendFile, open, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { nearest } from '../profile/suggest.ts';
import type { Report } from '../report/types.ts';
import { type RenderOptions, type ReporterName, reporters } from '../reporters/index.ts';
import { whyNotWritten } from './broken-output.ts';
import { UsageError } from './failure.ts';
import { writableFolder } from './folder.ts';
import { type FileRead, refuseOverwriting } from './overwriting.ts';

/** Where something goes, and in which format: to a file, or to stdout. */
export interface Target<Format extends string> {
  format: Format;
  file: string | null;
}

export type ReportTarget = Target<ReporterName>;

/**
 * The `--report` options, for a report. Without one for stdout the screen goes there. Annotations for GitHub may stand
 * beside another report on stdout: the runner picks them out.
 * @param read what the command reads, and must not be overwritten
 * @throws {UsageError} for an unknown format, two reports in one place, or what cannot be written: before the run
 */
export async function reportTargets(
  texts: readonly string[],
  read: readonly FileRead[],
): Promise<ReportTarget[]> {
  const targets = await targetsOf(texts, reporters, read, ['github']);
  if (targets.some(({ format }) => format === 'github')) await writableSummary();
  return targets;
}

/** The same for any table of formats that has a `console`. @param beside formats that may share stdout */
export async function targetsOf<Format extends string>(
  texts: readonly string[],
  formats: Readonly<Record<Format, unknown>>,
  read: readonly FileRead[],
  beside: readonly string[] = [],
): Promise<Target<Format | 'console'>[]> {
  const isFormat = (name: string): name is Format => Object.hasOwn(formats, name);
  const targets = texts.map((text): Target<Format | 'console'> => {
    const [format = '', ...rest] = text.split('=');
    if (!isFormat(format)) {
      const near = nearest(format, Object.keys(formats));
      throw new UsageError(
        `--report ${text}: there is no format "${format}"`,
        `${near ? `Did you mean ${near}? ` : ''}Formats: ${Object.keys(formats).join(', ')}.`,
      );
    }
    const file = rest.join('=');
    if (rest.length > 0 && file === '') throw new UsageError(`--report ${text}: expected a file after the =`);
    return { format, file: file === '' ? null : file };
  });
  const onStdout = targets.filter(({ file }) => file === null);
  if (onStdout.filter(({ format }) => !beside.includes(format)).length > 1) {
    throw new UsageError(
      'only one report can go to stdout',
      'Give the others a file: --report json=report.json',
    );
  }
  const taken = new Set<string>();
  for (const { format, file } of targets) {
    if (file === null) continue;
    await refuseOverwriting(`--report ${format}=${file}`, file, read);
    await writable(file);
    const place = await placeOf(file);
    if (taken.has(place)) {
      throw new UsageError(
        `two reports cannot be written to one file: ${file}`,
        'Give each --report a file of its own.',
      );
    }
    taken.add(place);
  }
  return onStdout.length > 0 ? targets : [...targets, { format: 'console', file: null }];
}

async function writable(file: string): Promise<void> {
  const there = await stat(file).catch(() => null);
  if (there?.isDirectory())
    throw new UsageError(
      `the report cannot be written to ${file}: that is a folder`,
      `Name a file: ${join(file, 'report.json')}`,
    );
  // A report takes the place of what has its name: of a device such as /dev/null, for every program.
  if (there && !there.isFile())
    throw new UsageError(
      `the report cannot be written to ${file}: that is no ordinary file`,
      'Name a file, or leave out the = and what follows for stdout.',
    );
  const folder = dirname(await placeOf(file));
  try {
    await writableFolder(folder);
  } catch {
    throw new UsageError(
      `the report cannot be written to ${file}`,
      `Expected a folder that can be written: ${folder}`,
    );
  }
}

/** Where a link leads, so that the link stays; of a file that is not there yet, where its folder leads. */
async function placeOf(file: string): Promise<string> {
  return realpath(file).catch(async () => {
    const folder = dirname(resolve(file));
    return join(await realpath(folder).catch(() => folder), basename(file));
  });
}

/** GitHub names a file for the summary of the job; elsewhere there is none. */
function summaryFile(): string | undefined {
  return process.env.GITHUB_STEP_SUMMARY || undefined;
}

async function writableSummary(): Promise<void> {
  const file = summaryFile();
  if (file === undefined) return;
  try {
    await (await open(file, 'a')).close();
  } catch {
    throw new UsageError(
      `the summary of the job cannot be written to ${file}`,
      'Expected in GITHUB_STEP_SUMMARY a file that can be written; unset it to go without a summary.',
    );
  }
}

/**
 * Writes every target; for GitHub the summary of the job as well.
 * @param source the file from which the report came, if it was a file
 */
export async function writeReports(
  report: Report,
  targets: readonly ReportTarget[],
  source?: string,
): Promise<void> {
  const savedAs = targets.find(({ format, file }) => format === 'json' && file !== null)?.file ?? source;
  const more = savedAs ? { savedAs } : {};
  await writeTargets(targets, (format, options) => reporters[format].render(report, { ...options, ...more }));
  const summary = summaryFile();
  if (summary !== undefined && targets.some(({ format }) => format === 'github')) {
    await appendFile(summary, await reporters.markdown.render(report, { ...plain, ...more }));
  }
}

/**
 * Writes files whole or not at all: a reader never sees half a report.
 * @throws {UsageError} where one could not be written, once the others are
 */
export async function writeTargets<Format extends string>(
  targets: readonly Target<Format>[],
  render: (format: Format, options: RenderOptions) => Promise<string>,
): Promise<void> {
  const missed: string[] = [];
  for (const { format, file } of targets) {
    const text = await render(format, file === null ? terminal() : plain);
    if (file === null) {
      process.stdout.write(text.endsWith('\n') ? text : `${text}\n`);
      continue;
    }
    const place = await placeOf(file);
    const temporary = join(dirname(place), `.${basename(place)}.${process.pid}.tmp`);
    try {
      await writeFile(temporary, text);
      await rename(temporary, place);
    } catch (error) {
      await rm(temporary, { force: true }).catch(() => {});
      missed.push(`the report could not be written to ${file}: ${whyNotWritten(error)}`);
    }
  }
  if (missed.length > 0) throw new UsageError(missed.join('\n'));
}

const plain: RenderOptions = { colour: false, width: 100, unicode: true };

/** How this terminal shows text. */
export function terminal(): RenderOptions {
  const { stdout, env } = process;
  const colour =
    Boolean(env.FORCE_COLOR && env.FORCE_COLOR !== '0') || (stdout.isTTY === true && env.TERM !== 'dumb');
  return {
    colour: colour && !env.NO_COLOR,
    width: Math.max(40, stdout.columns ?? 100),
    unicode: env.TERM !== 'linux' && !/^(C|POSIX)$/.test(env.LC_ALL ?? ''),
  };
}
