import { spawn } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { parse } from 'yaml';
import type { Report } from '../../src/report/types.ts';
import { root } from '../harness.ts';

export interface CommandOptions {
  /** Files in the folder in which the command runs, by name. They are inputs: nobody looks for secrets in them. */
  files?: Record<string, string>;
  env?: Record<string, string>;
  /** What `XDG_STATE_HOME` holds before the command runs, by path. */
  state?: Record<string, string>;
  /** Input files that only their owner may read. */
  private?: string[];
  /** Where secrets belong, by the beginning of the path within the home: nobody looks for them there. */
  keeps?: string;
}

export interface Ran {
  code: number | null;
  stdout: string;
  stderr: string;
  /** Everything that the command said or wrote: streams, reports, ledgers, temporary files. */
  everything: string;
  /** The ledgers that are left, by path within `XDG_STATE_HOME`. */
  state: Record<string, string>;
  /** `report.json`, where the command wrote one. */
  report: Report | null;
}

/** Runs the built command as a user does, in a home of its own, with `DEBUG` on, and collects all that it leaves. */
export async function crmReady(args: string[], options: CommandOptions = {}): Promise<Ran> {
  const home = await mkdtemp(join(tmpdir(), 'crm-ready-secrets-'));
  const [work, state, temporary] = ['work', 'state', 'tmp'].map((name) => join(home, name)) as [
    string,
    string,
    string,
  ];
  try {
    for (const folder of [work, state, temporary]) await mkdir(folder);
    for (const [name, text] of Object.entries(options.files ?? {})) await writeFile(join(work, name), text);
    for (const [name, text] of Object.entries(options.state ?? {})) {
      await mkdir(join(state, name, '..'), { recursive: true });
      await writeFile(join(state, name), text);
    }
    for (const name of options.private ?? []) await chmod(join(work, name), 0o600);
    const { code, stdout, stderr } = await start(args, work, {
      PATH: process.env.PATH ?? '',
      HOME: home,
      TMPDIR: temporary,
      XDG_STATE_HOME: state,
      DEBUG: 'crm-ready',
      ...options.env,
    });
    const inputs = new Set(Object.keys(options.files ?? {}).map((name) => join(work, name)));
    const isKept = (file: string) =>
      options.keeps !== undefined && relative(home, file).startsWith(options.keeps);
    const written = (await filesIn(home)).filter((file) => !inputs.has(file) && !isKept(file));
    const texts = await Promise.all(written.map((file) => readFile(file, 'utf8')));
    const named = written.map((file, index): [string, string] => [relative(home, file), texts[index] ?? '']);
    const report = named.find(([name]) => name === 'work/report.json')?.[1];
    return {
      code,
      stdout,
      stderr,
      everything: [stdout, stderr, ...named.flat()].join('\n'),
      state: Object.fromEntries(
        named.flatMap(([name, text]) => (name.startsWith('state/') ? [[name.slice(6), text]] : [])),
      ),
      report: report === undefined ? null : (JSON.parse(report) as Report),
    };
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}

/** `crm-ready check` of a profile, with the screen and every report that shows evidence. Records are kept, so that the ledger is there to be read. */
export function checkOf(
  profile: object,
  env: Record<string, string>,
  { args = [], files = {} }: { args?: string[]; files?: Record<string, string> } = {},
): Promise<Ran> {
  return crmReady(
    [
      ...['check', '-p', 'profile.json', '--revoke-wait', '0', '--keep'],
      ...['json=report.json', 'html=report.html', 'vendor=vendor.html'].flatMap((to) => ['--report', to]),
      ...args,
    ],
    { files: { 'profile.json': JSON.stringify(profile), ...files }, env },
  );
}

function start(
  args: string[],
  cwd: string,
  env: Record<string, string>,
): Promise<{ code: number | null; stdout: string; stderr: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(root, 'bin/crm-ready.js'), ...args], {
      cwd,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const stdout: string[] = [];
    const stderr: string[] = [];
    child.stdout.setEncoding('utf8').on('data', (text: string) => stdout.push(text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => stderr.push(text));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout: stdout.join(''), stderr: stderr.join('') }));
  });
}

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  return entries.flatMap((entry) => (entry.isFile() ? [join(entry.parentPath, entry.name)] : []));
}

type Document = Record<string, unknown> & { operations: Record<string, object>; requestDefaults: object };

const reference = parse(await readFile(join(root, 'profiles/reference-api-key.yaml'), 'utf8')) as Document;

/** The reference profile for a CRM at this URL, with other parts in place of its own. */
export function profileFor(
  url: string,
  { operations = {}, requestDefaults = {}, ...parts }: Partial<Document> & Record<string, unknown>,
): Document {
  return {
    ...reference,
    settle: 0.2,
    ...parts,
    requestDefaults: { baseUrl: `${url}/api`, timeoutSeconds: 60, ...requestDefaults },
    operations: { ...reference.operations, ...operations },
  };
}
