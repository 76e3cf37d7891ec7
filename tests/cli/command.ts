import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { afterAll } from 'vitest';
import type { Report } from '../../src/report/types.ts';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';

/** Of the project. */
export const root = join(import.meta.dirname, '../..');

/** Everything that the tests of one file leave on disk. */
const base = mkdtempSync(join(tmpdir(), 'crm-ready-cli-'));
afterAll(() => rm(base, { recursive: true, force: true }));

/** A new empty folder. */
export function folder(): Promise<string> {
  return mkdtemp(join(base, 'f-'));
}

/** Draws numbers of which no two end alike, and none as a stranger's: the same run every time. */
export const steady = '--seed steady';

export interface CommandOptions {
  env?: Record<string, string>;
  /** Where the command runs. Default: the root of the project. */
  cwd?: string;
  /** `XDG_STATE_HOME`: where the ledgers lie. Default: a new empty folder. */
  state?: string;
  /** A file to write to in place of a pipe that the test reads. */
  stdout?: string;
  /** Let the test write to its stdin. Default: there is none. */
  stdin?: boolean;
}

export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

export interface Running {
  child: ChildProcess;
  ended: Promise<Ended>;
  /** What it has said so far. */
  said: { stdout: string; stderr: string };
}

/** Starts `crm-ready …` as a user does, without a terminal. Words are separated by spaces, or given as a list. */
export function start(line: string | readonly string[], options: CommandOptions = {}): Running {
  const words = typeof line === 'string' ? line.split(' ').filter(Boolean) : line;
  const file = options.stdout === undefined ? null : openSync(options.stdout, 'w');
  const child = spawn(process.execPath, [join(root, 'bin/crm-ready.js'), ...words], {
    cwd: options.cwd ?? root,
    env: cleanEnvironment(options),
    stdio: [options.stdin ? 'pipe' : 'ignore', file ?? 'pipe', 'pipe'],
  });
  if (file !== null) closeSync(file);
  const said = { stdout: '', stderr: '' };
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    said.stdout += text;
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said.stderr += text;
  });
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, ...said }));
  });
  return { child, ended, said };
}

/** Runs `crm-ready …` to its end. */
export function crmReady(line: string | readonly string[], options: CommandOptions = {}): Promise<Ended> {
  return start(line, options).ended;
}

/** Nothing of the environment in which the tests run, but for the way to programs. */
export function cleanEnvironment({ env, state }: CommandOptions): Record<string, string> {
  return {
    PATH: process.env.PATH ?? '',
    HOME: base,
    XDG_STATE_HOME: state ?? mkdtempSync(join(base, 'state-')),
    ...env,
  };
}

/** The environment variables that the reference profiles ask for. */
export function credentialsOf({ credentials }: Pick<Sandbox, 'credentials'>): Record<string, string> {
  const { clientId, clientSecret, apiKey } = credentials;
  return { REFERENCE_CLIENT_ID: clientId, REFERENCE_CLIENT_SECRET: clientSecret, REFERENCE_API_KEY: apiKey };
}

/** The ledgers that lie in a state folder, by the id of their run. */
export function ledgersIn(state: string): Map<string, string> {
  const runs = join(state, 'crm-ready', 'runs');
  let files: string[] = [];
  try {
    files = readdirSync(runs);
  } catch {
    // No run has written anything yet.
  }
  return new Map(
    files.map((file) => [file.replace('.jsonl', ''), readFileSync(join(runs, file), 'utf8')] as const),
  );
}

/**
 * Waits until a run has created several contacts and its message, and knows of the latter: a message whose answer did
 * not arrive cannot be found again, which has a test of its own.
 */
export function untilRecordsAreThere(sandbox: Sandbox, state: string): Promise<void> {
  return until('records of the run are there', () => {
    const [ledger = ''] = ledgersIn(state).values();
    return ledger.includes('"id":"M') && marksIn(sandbox).length >= 4;
  });
}

/** The mark of this tool in a text. One name of a full check is in no Latin letters, and bears the run's id alone. */
export const ownMark = /crm-ready|^Проверка 测试 /;

/** What a CRM holds of any run: names and subjects with the mark of this tool. */
export function marksIn(sandbox: Sandbox): string[] {
  const { contacts, activities, messages } = sandbox.state();
  const texts = [
    ...contacts.map(({ name }) => name),
    ...activities.map(({ subject }) => subject ?? ''),
    ...messages.flatMap(({ entries }) => entries.map(({ text }) => text)),
  ];
  return texts.filter((text) => ownMark.test(text));
}

/** Looks every few milliseconds until it holds. @throws {Error} after two minutes */
export async function until(what: string, holds: () => boolean): Promise<void> {
  const end = Date.now() + 120_000;
  while (!holds()) {
    if (Date.now() > end) throw new Error(`waited in vain until ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

const schema = JSON.parse(await readFile(join(root, 'schema/report.schema.json'), 'utf8')) as object;
const ajv = new Ajv({ allErrors: true, strict: false });
addFormats.default(ajv);
const validate = ajv.compile<Report>(schema);

/** A report from its text. @throws {Error} where it is not one JSON document that the published schema allows */
export function parseReport(text: string): Report {
  const report: unknown = JSON.parse(text);
  if (!validate(report)) throw new Error(ajv.errorsText(validate.errors));
  return report;
}
