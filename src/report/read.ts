import { readFile, stat } from 'node:fs/promises';
import type { ValidateFunction } from 'ajv';
import { type Report, SCHEMA_VERSION } from './types.ts';

/** A file that is no report that can be used: what is wrong with it, and what to do. */
export class ReportFileError extends Error {
  readonly hint: string;
  constructor(file: string, problem: string, hint: string) {
    super(`${file}: ${problem}`);
    this.name = 'ReportFileError';
    this.hint = hint;
  }
}

// Compiled by scripts/compile-schemas.mjs, as for profiles: the same file from the sources and from the build.
const compiled = new URL(
  import.meta.url.endsWith('.ts') ? '../../dist/schema/report.js' : '../schema/report.js',
  import.meta.url,
);

/** The largest report that a run can write is far below; the wrong file may be a database dump. */
const maxBytes = 256 * 1024 * 1024;
const writeOne = 'Expected what `crm-ready check --report json=FILE` wrote.';

/**
 * Reads a saved report.
 * @throws {ReportFileError} when it cannot be read, is damaged, is of a newer version, or is something else
 */
export async function readReport(file: string): Promise<Report> {
  return parseReport(await textOf(file), file);
}

async function textOf(file: string): Promise<string> {
  try {
    const { size } = await stat(file);
    if (size > maxBytes) throw new ReportFileError(file, 'too large for a report', writeOne);
    return await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof ReportFileError) throw error;
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new ReportFileError(file, unreadable[code] ?? `the file cannot be read (${code})`, writeOne);
  }
}

/** Why a file cannot be read, by the code of the system. */
export const unreadable: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'this is a folder, not a file',
  EACCES: 'the file may not be read',
  ENOTDIR: 'a part of the path is not a folder',
};

/** The same for a text that is already in memory. */
export async function parseReport(text: string, file: string): Promise<Report> {
  const document = jsonOf(text, file);
  if (!isOurs(document))
    throw new ReportFileError(file, 'this is JSON, but no report of crm-ready', writeOne);
  const version = document.schemaVersion;
  if (typeof version === 'number' && version > SCHEMA_VERSION) {
    throw new ReportFileError(
      file,
      `the report has schema version ${version}, and this crm-ready reads up to ${SCHEMA_VERSION}`,
      `Update crm-ready: the report was written by a newer one${writtenBy(document)}.`,
    );
  }
  const validate = ((await import(/* @vite-ignore */ compiled.href)) as { default: ValidateFunction<Report> })
    .default;
  if (validate(document)) return document;
  const errors = validate.errors ?? [];
  const places = errors.slice(0, 3).map(({ instancePath, message }) => `${instancePath || '/'} ${message}`);
  const more = errors.length > 3 ? ` and ${errors.length - 3} more` : '';
  throw new ReportFileError(
    file,
    `the report is damaged: ${places.join('; ')}${more}`,
    'Take the file as crm-ready wrote it, or run the check again.',
  );
}

function jsonOf(text: string, file: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    const begins = text.trimStart();
    if (begins === '') throw new ReportFileError(file, 'the file is empty', writeOne);
    if (begins.startsWith('{') && begins.slice(0, 200).includes('"schemaVersion"')) {
      throw new ReportFileError(
        file,
        'the report is damaged: its JSON breaks off or is not whole',
        'Take the file as crm-ready wrote it, or run the check again.',
      );
    }
    throw new ReportFileError(file, 'this is not JSON', `${writeOne} Other formats cannot be read again.`);
  }
}

function isOurs(document: unknown): document is Record<string, unknown> {
  if (typeof document !== 'object' || document === null || Array.isArray(document)) return false;
  const { tool, schemaVersion } = document as Record<string, unknown>;
  const name = typeof tool === 'object' && tool !== null && 'name' in tool ? tool.name : undefined;
  return name === 'crm-ready' || (schemaVersion !== undefined && 'checks' in document);
}

function writtenBy({ tool }: Record<string, unknown>): string {
  const version = typeof tool === 'object' && tool !== null && 'version' in tool ? tool.version : undefined;
  return typeof version === 'string' && /^[\w.+-]{1,40}$/.test(version) ? ` (${version})` : '';
}
