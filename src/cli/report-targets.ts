import { access, constants, mkdir, rename, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { nearest } from '../profile/suggest.ts';
import type { Report } from '../report/types.ts';
import { isReporterName, type RenderOptions, type ReporterName, reporters } from '../reporters/index.ts';
import { UsageError } from './failure.ts';

/** Where a report goes: to a file, or to stdout. */
export interface ReportTarget {
  format: ReporterName;
  file: string | null;
}

/**
 * The `--report` options. Without one for stdout the screen goes there.
 * @throws {UsageError} for an unknown format, two reports on stdout, or a folder that cannot be written: before the run
 */
export async function reportTargets(texts: readonly string[]): Promise<ReportTarget[]> {
  const targets = texts.map((text): ReportTarget => {
    const [format = '', ...rest] = text.split('=');
    if (!isReporterName(format)) {
      const near = nearest(format, Object.keys(reporters));
      throw new UsageError(
        `--report ${text}: there is no format "${format}"`,
        `${near ? `Did you mean ${near}? ` : ''}Formats: ${Object.keys(reporters).join(', ')}.`,
      );
    }
    const file = rest.join('=');
    if (rest.length > 0 && file === '') throw new UsageError(`--report ${text}: expected a file after the =`);
    return { format, file: file === '' ? null : file };
  });
  const onStdout = targets.filter(({ file }) => file === null);
  if (onStdout.length > 1) {
    throw new UsageError(
      'only one report can go to stdout',
      'Give the others a file: --report json=report.json',
    );
  }
  for (const { file } of targets) if (file !== null) await writable(file);
  return onStdout.length === 1 ? targets : [...targets, { format: 'console', file: null }];
}

async function writable(file: string): Promise<void> {
  const folder = dirname(resolve(file));
  const there = await stat(file).catch(() => null);
  if (there?.isDirectory())
    throw new UsageError(
      `the report cannot be written to ${file}: that is a folder`,
      `Name a file: ${join(file, 'report.json')}`,
    );
  try {
    await mkdir(folder, { recursive: true });
    await access(folder, constants.W_OK);
  } catch {
    throw new UsageError(
      `the report cannot be written to ${file}`,
      `Expected a folder that can be written: ${folder}`,
    );
  }
}

/** Writes files whole or not at all: a reader never sees half a report. */
export async function writeReports(report: Report, targets: readonly ReportTarget[]): Promise<void> {
  for (const { format, file } of targets) {
    const text = await reporters[format].render(report, file === null ? terminal() : plain);
    if (file === null) {
      process.stdout.write(text.endsWith('\n') ? text : `${text}\n`);
      continue;
    }
    const temporary = join(dirname(resolve(file)), `.${basename(file)}.${process.pid}.tmp`);
    await writeFile(temporary, text);
    await rename(temporary, resolve(file));
  }
}

const plain: RenderOptions = { colour: false, width: 100, unicode: true };

function terminal(): RenderOptions {
  const { stdout, env } = process;
  const colour =
    Boolean(env.FORCE_COLOR && env.FORCE_COLOR !== '0') || (stdout.isTTY === true && env.TERM !== 'dumb');
  return {
    colour: colour && !env.NO_COLOR,
    width: Math.max(40, stdout.columns ?? 100),
    unicode: env.TERM !== 'linux' && !/^(C|POSIX)$/.test(env.LC_ALL ?? ''),
  };
}
