import type { Locator, Page } from 'playwright-core';
import { isAllowedHost } from '../../http/allowed-hosts.ts';
import type { Redaction } from '../../http/types.ts';
import type { LoginPage } from '../../profile/types.ts';
import { describeForms } from './filled-form.ts';
import { formsIn } from './forms.ts';
import { leadsTo } from './visitor.ts';

/** Where a real browser ended. What it sent leaves no exchanges behind: it goes its own way. */
type BrowserLanding = { kind: 'redirect-uri'; url: URL } | { kind: 'stuck'; url: string; problem: string };

export interface BrowserLogin {
  pages: readonly LoginPage[];
  /** Executable of Chromium or of a browser that is made from it. */
  browser: string;
  /** Where something may be typed in. */
  hosts: readonly string[];
}

/** Milliseconds that scripts may need until a page is there, and one that does not always come. */
const patience = { page: 15_000, optional: 4000, redirect: 15_000 };

/**
 * Fills in login pages that need scripts, in a browser without a window. A request to a redirect URI is stopped
 * before it is sent.
 * @param url the authorization request
 * @param ends the redirect URIs at which it stops
 */
export async function fillInBrowser(
  { pages, browser: executablePath, hosts }: BrowserLogin,
  url: string,
  ends: readonly string[],
  redaction: Redaction,
): Promise<BrowserLanding> {
  const { chromium } = await import('playwright-core');
  const browser = await chromium.launch({ executablePath, headless: true });
  try {
    const page = await browser.newPage();
    let redirected: URL | null = null;
    const session = await page.context().newCDPSession(page);
    // Not by Playwright's own routes: these do not see where a redirect leads.
    session.on('Fetch.requestPaused', ({ requestId, request }) => {
      const next = new URL(request.url);
      const stop = leadsTo(next, ends);
      if (stop) redirected = next;
      const answer = stop
        ? session.send('Fetch.failRequest', { requestId, errorReason: 'Aborted' })
        : session.send('Fetch.continueRequest', { requestId });
      answer.catch(() => {});
    });
    await session.send('Fetch.enable', {
      patterns: ends.map((end) => ({ urlPattern: `${withoutQuery(end).replace(/[*?\\]/g, '\\$&')}*` })),
    });
    const arrived = () => redirected;
    const stuck = async (problem: string): Promise<BrowserLanding> => {
      const forms = describeForms(await formsIn(await page.content(), page.url()));
      return { kind: 'stuck', url: page.url(), problem: redaction.text(`${problem}: ${forms}`) };
    };
    await page.goto(url, { waitUntil: 'domcontentloaded' }).catch((error: unknown) => {
      // What was stopped on purpose is no failure.
      if (!arrived()) throw error;
    });
    for (const [index, step] of pages.entries()) {
      const number = `login page ${index + 1} of the profile`;
      const ready = await until(
        step.optional ? patience.optional : patience.page,
        async () => arrived() !== null || (await fits(page, step)),
      );
      if (arrived()) break;
      if (!ready) {
        if (step.optional) continue;
        return await stuck(`${number}: the page has not what the step names`);
      }
      const server = new URL(page.url());
      if (Object.keys(step.fill).length > 0 && !isAllowedHost(server, hosts)) {
        return await stuck(
          `${number} is on ${server.host}, a host that the profile does not name (add it to \`hosts\` or \`allowHosts\`)`,
        );
      }
      await fillAndPress(page, step, redaction);
    }
    await until(patience.redirect, async () => arrived() !== null);
    const end = arrived();
    if (end) return { kind: 'redirect-uri', url: end };
    return await stuck('after the last login page of the profile came another page instead of the redirect');
  } finally {
    await browser.close();
  }
}

function withoutQuery(address: string): string {
  const { origin, pathname } = new URL(address);
  return `${origin}${pathname}`;
}

function within(page: Page, { form }: LoginPage): Locator {
  if (form === undefined) return page.locator('body');
  const value = JSON.stringify(form);
  return page.locator(`form[id=${value}], form[name=${value}], form[action=${value}]`).first();
}

function field(page: Page, step: LoginPage, name: string): Locator {
  return within(page, step)
    .locator(`[name=${JSON.stringify(name)}]`)
    .and(page.locator(':visible'))
    .first();
}

function button(page: Page, step: LoginPage): Locator {
  const root = within(page, step);
  const sends =
    'button:not([type=button]):not([type=reset]):visible, input[type=submit]:visible, input[type=image]:visible';
  if (step.submit === undefined) return root.locator(sends).first();
  const wanted = JSON.stringify(step.submit);
  const named = root.locator(
    `button[name=${wanted}], input[name=${wanted}], button[value=${wanted}], input[value=${wanted}]`,
  );
  // Pages with scripts like buttons that are none: whatever says that it is one, by its text.
  return named
    .or(root.getByRole('button', { name: step.submit, exact: true }))
    .and(page.locator(':visible'))
    .first();
}

async function fits(page: Page, step: LoginPage): Promise<boolean> {
  try {
    for (const name of Object.keys(step.fill))
      if ((await field(page, step, name).count()) === 0) return false;
    return step.submit === undefined || (await button(page, step).count()) > 0;
  } catch {
    // The page is being exchanged for the next one.
    return false;
  }
}

async function fillAndPress(page: Page, step: LoginPage, redaction: Redaction): Promise<void> {
  let last: Locator | null = null;
  for (const [name, value] of Object.entries(step.fill)) {
    last = field(page, step, name);
    const kind = await last.evaluate(({ tagName, type }: { tagName: string; type?: string }) =>
      tagName === 'SELECT' ? 'select' : (type ?? 'text'),
    );
    if (kind === 'password') redaction.add(value);
    if (kind === 'select') await last.selectOption(value);
    else if (kind === 'checkbox') await last.setChecked(value !== 'false' && value !== '');
    else if (kind === 'radio') await last.and(page.locator(`[value=${JSON.stringify(value)}]`)).check();
    else await last.fill(value);
  }
  const press = button(page, step);
  if ((await press.count()) > 0) await press.click({ noWaitAfter: true });
  else await last?.press('Enter', { noWaitAfter: true });
}

async function until(ms: number, holds: () => Promise<boolean>): Promise<boolean> {
  for (const end = Date.now() + ms; ; ) {
    if (await holds()) return true;
    if (Date.now() > end) return false;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
