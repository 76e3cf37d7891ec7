import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { catalogue } from '../src/checks/index.ts';
import { loadProfile, parseProfile } from '../src/profile/load.ts';
import { planRun } from '../src/run/plan.ts';
import { root } from './harness.ts';

const read = (file: string) => readFileSync(join(root, file), 'utf8');
const pages = ['.', 'docs', 'docs/checks'].flatMap((folder) =>
  readdirSync(join(root, folder)).flatMap((name) =>
    name.endsWith('.md') ? [normalize(`${folder}/${name}`)] : [],
  ),
);

describe('README.md', () => {
  const readme = read('README.md');

  test('has a quick start of two lines, each complete in itself', () => {
    const section = /^## Quick start\n([\s\S]*?)^## /m.exec(readme)?.[1] ?? '';
    const blocks = [...section.matchAll(/^```\w*\n([\s\S]*?)^```$/gm)].map(([, block = '']) => block);
    expect(blocks.map((block) => block.trimEnd().split('\n'))).toEqual([
      ['npm ci && npm run demo', 'npm ci && npm test'],
    ]);
  });

  test('shows a profile that loads', async () => {
    const profile = /^```yaml\n(crmReady[\s\S]*?)^```$/m.exec(readme)?.[1] ?? '';
    const { notes } = await parseProfile(profile, 'README.md', { env: { ACME_API_KEY: 'fake' } });
    expect(notes).toEqual([]);
  });

  test('counts the requirements rightly', () => {
    expect(readme).toContain(`${catalogue.length} in all`);
  });

  test('tells rightly how much a full check creates', async () => {
    const secrets = { REFERENCE_CLIENT_ID: 'fake', REFERENCE_CLIENT_SECRET: 'fake' };
    const profile = await loadProfile(join(root, 'profiles/reference.yaml'), { env: secrets });
    const created = (lookup: 'full' | 'essential') =>
      planRun(profile, { only: null, readOnly: false, lookup }).creates;
    // Of the contacts of five countries as many again are made where the first do not do, and up to two of a bad number where it is taken.
    // One more contact, at home and abroad, shows whether it is the format that is refused.
    expect(created('full')).toEqual({ contacts: 20 + 5 + 2 + 2, callLogs: 9, messageLogs: 1 });
    expect(created('essential').contacts).toBe(11 + 2 + 1);
    expect(readme).toContain('creates 20 contacts, 9 call records and one message record');
    expect(readme).toContain('makes do with 11 contacts');
  });
});

test('the pages of the requirements are what the catalogue says (else: npm run build && node scripts/docs-checks.mjs)', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, ['scripts/docs-checks.mjs', '--print'], {
    cwd: root,
    maxBuffer: 16 * 1024 * 1024,
  });
  const written = JSON.parse(stdout) as Record<string, string>;
  expect(Object.keys(written)).toHaveLength(catalogue.length + 1);
  for (const [name, text] of Object.entries(written)) expect(read(`docs/${name}`), name).toBe(text);
  const there = readdirSync(join(root, 'docs/checks')).map((name) => `checks/${name}`);
  expect(new Set(['checks.md', ...there])).toEqual(new Set(Object.keys(written)));
});

describe('links between pages', () => {
  test.each(pages)('%s links to files and headings that exist', (page) => {
    // Neither code nor addresses elsewhere.
    const prose = read(page).replace(/^```[\s\S]*?^```$/gm, '');
    const targets = [...prose.matchAll(/\]\((?!https?:)([^)\s]+)\)/g)].map(([, target = '']) => target);
    const broken = targets.filter((target) => {
      const [path = '', heading] = target.split('#');
      const file = path === '' ? page : normalize(join(dirname(page), path));
      if (!existsSync(join(root, file))) return true;
      return heading !== undefined && !anchors(read(file)).includes(heading);
    });
    expect(broken).toEqual([]);
  });
});

/** The anchors that GitHub gives the headings of a page. */
function anchors(page: string): string[] {
  const headings = [...page.replace(/^```[\s\S]*?^```$/gm, '').matchAll(/^#+ (.+)$/gm)];
  return headings.map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\w\- ]/g, '')
      .replaceAll(' ', '-'),
  );
}
