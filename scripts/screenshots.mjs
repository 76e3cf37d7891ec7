/**
 * Makes what the documentation shows of the HTML report: two screenshots (docs/images/report-good.png and
 * report-bad.png) and the page of a bad CRM (docs/examples/bad-crm.html), from real runs of the demo. `npm run build`
 * and tests/browser/prepare.sh first. Seed and faults are fixed; times, ids and the port are not.
 */
import { spawnSync } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const root = fileURLToPath(new URL('..', import.meta.url));
const images = join(root, 'docs/images');
const runs = [
  { name: 'good', faults: [], page: join(root, '.tmp/good-crm.html'), status: 0 },
  {
    name: 'bad',
    faults: ['search-exact', 'update-ignored', 'pkce-demanded', 'logout-does-nothing'],
    page: join(root, 'docs/examples/bad-crm.html'),
    status: 1,
  },
];

function check({ faults, page, status }) {
  const args = ['demo', '--seed', 'picture', '--revoke-wait', '5', '--report', `html=${page}`];
  const run = spawnSync(
    process.execPath,
    ['bin/crm-ready.js', ...args, ...faults.flatMap((name) => ['--fault', name])],
    { cwd: root, encoding: 'utf8' },
  );
  if (run.status !== status) throw new Error(`crm-ready demo ended with ${run.status}\n${run.stderr}`);
}

await mkdir(images, { recursive: true });
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
for (const run of runs) {
  check(run);
  const page = await browser.newPage({ viewport: { width: 1120, height: 840 } });
  await page.goto(pathToFileURL(run.page).href);
  // The first screen ends where the checklist begins.
  const { y } = await page.locator('.overview').boundingBox();
  const clip = { x: 0, y: 0, width: 1120, height: Math.round(y - 24) };
  await page.screenshot({ path: join(images, `report-${run.name}.png`), clip, fullPage: true });
  await page.close();
}
await browser.close();
