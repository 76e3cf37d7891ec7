/** A real browser that looks at pages served from this machine. */

import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(
  (path) => existsSync(path),
);

export const hasBrowser = executablePath !== undefined;
/** What a test's title says where there is none. */
export const browserNote = hasBrowser
  ? ''
  : ' (not looked at: run tests/browser/prepare.sh to install chromium)';

export async function launch(): Promise<Browser> {
  if (executablePath === undefined) throw new Error('no browser: run tests/browser/prepare.sh');
  return chromium.launch({ executablePath, args: ['--no-sandbox'] });
}

export interface Visit {
  page: Page;
  /** Every address that the page asked for, its own first. `data:` asks nobody. */
  requests: string[];
  /** What the page wrote to the console: violations of its policy among it. */
  complaints: string[];
  close(): Promise<void>;
}

/** Opens a page as a web server would send it, and writes down what it does. */
export async function visit(
  browser: Browser,
  html: string,
  options: BrowserContextOptions = {},
): Promise<Visit> {
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(html);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const requests: string[] = [];
  const complaints: string[] = [];
  page.on('request', (request) => {
    if (!request.url().startsWith('data:')) requests.push(request.url());
  });
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('dialog', (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  return {
    page,
    requests,
    complaints,
    async close() {
      await context.close();
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}
