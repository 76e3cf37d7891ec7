import { spawn } from 'node:child_process';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cleanEnvironment, type Ended, root } from '../cli/command.ts';

/** Runs the text of a shell step in a folder, with an `npx` that starts this crm-ready in place of a published one. */
export async function inBash(script: string, cwd: string, env: Record<string, string>): Promise<Ended> {
  const bin = join(cwd, 'bin');
  await mkdir(bin, { recursive: true });
  await writeFile(
    join(bin, 'npx'),
    `#!/bin/sh\n[ "$1" = --yes ] && shift\ncase "$1" in crm-ready@*) shift ;; *) exit 127 ;; esac\nexec '${process.execPath}' '${join(root, 'bin/crm-ready.js')}' "$@"\n`,
  );
  await chmod(join(bin, 'npx'), 0o755);
  const clean = cleanEnvironment({ env });
  // As GitHub, GitLab and Jenkins start it: a step ends where a command fails.
  const child = spawn('bash', ['--noprofile', '--norc', '-e', '-o', 'pipefail', '-c', script], {
    cwd,
    env: { ...clean, PATH: `${bin}:${clean.PATH}` },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said.stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said.stderr += text;
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, ...said }));
  });
}
