import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseProfile } from '../../src/profile/load.ts';
import { renderConsole } from '../../src/reporters/console.ts';
import { renderHtml } from '../../src/reporters/html.tsx';
import { renderJson } from '../../src/reporters/json.ts';
import { renderVendor } from '../../src/reporters/vendor.tsx';
import type { RunOptions } from '../../src/run/options.ts';
import { type Checked, checkProfile } from '../harness.ts';

export interface Inspected extends Omit<Checked, 'left'> {
  /** The reports that show evidence, and the screen. */
  shown: string;
  /** The same, and the ledger where the run left one. */
  everything: string;
  /** What a terminal gets. */
  screen: string;
}

/** The same as `checkOf`, within this process: faster, and without what only a command writes. */
export async function inspect(
  profile: object,
  env: Record<string, string>,
  options: Partial<RunOptions> = {},
): Promise<Inspected> {
  const state = await mkdtemp(join(tmpdir(), 'crm-ready-secrets-'));
  try {
    const parsed = await parseProfile(JSON.stringify(profile), 'profile.json', { env });
    const checked = await checkProfile(parsed, {
      env: { XDG_STATE_HOME: state },
      keep: true,
      revokeWaitSeconds: 0,
      ...options,
    });
    const entries = await readdir(state, { withFileTypes: true, recursive: true });
    const files = entries.filter((entry) => entry.isFile());
    const ledgers = await Promise.all(
      files.map(({ parentPath, name }) => readFile(join(parentPath, name), 'utf8')),
    );
    const screen = renderConsole(checked.report, { colour: false, width: 100, unicode: true });
    const { report } = checked;
    const shown = [renderJson(report), screen, renderHtml(report), renderVendor(report)].join('\n');
    return { ...checked, screen, shown, everything: [shown, ...ledgers].join('\n') };
  } finally {
    await rm(state, { recursive: true, force: true });
  }
}
