import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { compareReports } from '../../../src/report/compare.ts';
import { mergeReports } from '../../../src/report/merge.ts';
import type { Report } from '../../../src/report/types.ts';
import { renderComparisonHtml } from '../../../src/reporters/comparison/html.tsx';
import { renderHtml } from '../../../src/reporters/html.tsx';
import { renderOverviewHtml } from '../../../src/reporters/overview/html.tsx';
import { renderVendor } from '../../../src/reporters/vendor.tsx';
import { browserNote, hasBrowser, launch, type Visit, visit } from '../../browser/browser.ts';
import { checkSandbox } from '../../harness.ts';
import { bad, interrupted, good as met, unmeasured } from '../sample-reports.ts';
import { hostileReport } from './hostile.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const faults = ['search-exact', 'update-ignored', 'pkce-demanded', 'logout-does-nothing'];

const unfold = `document.querySelectorAll('details').forEach((details) => { details.open = true; })`;

const overviewOf = (...reports: Report[]) => renderOverviewHtml(mergeReports(reports));
const comparisonOf = (before: Report, after: Report) => renderComparisonHtml(compareReports(before, after));

const screens = [
  { width: 1280, colorScheme: 'light' },
  { width: 1280, colorScheme: 'dark' },
  { width: 375, colorScheme: 'light' },
  { width: 375, colorScheme: 'dark' },
] as const;

describe.skipIf(!hasBrowser)(`in a browser${browserNote}`, () => {
  let browser: Browser;
  /** Every kind of page. */
  let pages: [name: string, html: string][];
  /** The same parts, fewer of each: axe needs minutes for hundreds of requests that look alike. */
  let shortPages: [name: string, html: string][];

  beforeAll(async () => {
    browser = await launch();
    const good = (await checkSandbox([])).report;
    const faulty = (await checkSandbox(faults)).report;
    const short = { ...faulty, exchanges: faulty.exchanges.slice(0, 12) };
    pages = [
      ['good report', renderHtml(good)],
      ['faulty report', renderHtml(faulty)],
      ['faulty packet', renderVendor(faulty)],
      ['sample report', renderHtml(bad)],
      ['sample packet', renderVendor(bad)],
      ['overview', overviewOf(good, faulty, bad, unmeasured, interrupted)],
      ['comparison', comparisonOf(good, faulty)],
    ];
    shortPages = [
      ['report', renderHtml(short)],
      ['packet', renderVendor(short)],
      ['unmeasured report', renderHtml(unmeasured)],
      ['overview', overviewOf(met, bad, unmeasured, interrupted)],
      ['comparison', comparisonOf(met, bad)],
    ];
  });
  afterAll(() => browser.close());

  test.each(screens)(
    'axe finds nothing serious at $width pixels, $colorScheme',
    async ({ width, colorScheme }) => {
      for (const [name, html] of shortPages) {
        await seen(
          html,
          { viewport: { width, height: 812 }, colorScheme, bypassCSP: true },
          async ({ page }) => {
            // What is folded away is looked at as well.
            await page.evaluate(unfold);
            await page.evaluate(axe);
            const { violations } = await page.evaluate<AxeResults>(
              `axe.run({ resultTypes: ['violations'] })`,
            );
            expect(violations.map(({ id, nodes }) => `${name}: ${id} ${nodes[0]?.html}`)).toEqual([]);
          },
        );
      }
    },
    240_000,
  );

  test('no page scrolls sideways on a phone, folded or not', async () => {
    const hostile = hostileReport();
    const wide = [
      ['hostile', renderHtml(hostile)],
      ['hostile overview', overviewOf(hostile, bad)],
      ['hostile comparison', comparisonOf(bad, hostile)],
    ] as const;
    for (const [name, html] of [...pages, ...wide]) {
      await seen(html, { viewport: { width: 375, height: 812 } }, async ({ page }) => {
        const width = () => page.evaluate<number>('document.documentElement.scrollWidth');
        expect(await width(), name).toBe(375);
        await page.evaluate(unfold);
        expect(await width(), `${name}, unfolded`).toBe(375);
      });
    }
  });

  test('headings are in order, landmarks are there, and the skip link is the first stop', async () => {
    for (const [name, html] of pages) {
      await seen(html, {}, async ({ page }) => {
        const levels = await page.evaluate<number[]>(
          `[...document.querySelectorAll('h1, h2, h3, h4, h5, h6')].map((heading) => Number(heading.tagName[1]))`,
        );
        expect(
          levels.filter((level) => level === 1),
          name,
        ).toHaveLength(1);
        expect(levels[0]).toBe(1);
        for (const [index, level] of levels.entries()) {
          expect(level - (levels[index - 1] ?? 0), `${name}: heading ${index}`).toBeLessThanOrEqual(1);
        }
        expect(await page.getByRole('main').count()).toBe(1);
        expect(await page.getByRole('contentinfo').count()).toBe(1);
        await page.keyboard.press('Tab');
        expect(await page.evaluate<string>('document.activeElement.textContent')).toBe('Skip to the result');
      });
    }
  });

  test('a page asks nobody for anything, and breaks no rule of its own policy', async () => {
    for (const [name, html] of pages) {
      await seen(html, {}, async ({ page, requests, complaints }) => {
        await page.waitForLoadState('networkidle');
        expect(requests, name).toEqual([page.url()]);
        expect(complaints, name).toEqual([]);
      });
    }
  });

  test('its styles are let in by the policy', async () => {
    await seen(renderHtml(bad), {}, async ({ page }) => {
      expect(await page.evaluate<string>('getComputedStyle(document.body).margin')).toBe('0px');
    });
  });

  test('it is read and unfolded without JavaScript', async () => {
    await seen(renderHtml(bad), { javaScriptEnabled: false }, async ({ page }) => {
      expect(await page.locator('h1').textContent()).toBe('Acme CRM');
      const evidence = page.locator('[id="oauth.code-exchange"] .evidence');
      expect(await evidence.locator('.exchange').isVisible()).toBe(false);
      await evidence.locator('summary').first().click();
      await evidence.locator('.exchange > summary').click();
      expect(await evidence.locator('pre').first().textContent()).toContain(
        'POST https://api.acme.example/oauth/token',
      );
    });
  });

  test('a link to an exchange at the end of the page opens it', async () => {
    await seen(renderHtml(bad), {}, async ({ page }) => {
      await page.goto(`${page.url()}#exchange-14`);
      expect(await page.locator('#exchange-14').isVisible()).toBe(true);
    });
  });

  test.each([
    ['report', renderHtml],
    ['packet', renderVendor],
    ['overview', (report: Report) => overviewOf(report, bad)],
    ['comparison', (report: Report) => comparisonOf(bad, report)],
  ])('what a hostile CRM writes is text in the %s: nothing runs, nothing is fetched', async (_, render) => {
    await seen(render(hostileReport()), {}, async ({ page, requests, complaints }) => {
      await page.evaluate(unfold);
      await page.mouse.move(400, 400);
      await page.waitForLoadState('networkidle');
      expect(await page.evaluate('window.owned')).toBeUndefined();
      expect(requests).toEqual([page.url()]);
      expect(complaints).toEqual([]);
      const foreign =
        'script, img, iframe, object, embed, form, input, base, video, audio, math, [onclick], [onfocus]';
      expect(await page.locator(foreign).count()).toBe(0);
      const schemes = await page.evaluate<string[]>(
        `[...new Set([...document.querySelectorAll('a')].map((link) => link.protocol))]`,
      );
      expect(schemes).toEqual(['http:']);
    });
  });

  test('on paper a report is black on white, whole, and without the requests', async () => {
    await seen(renderHtml(bad), { colorScheme: 'dark' }, async ({ page }) => {
      await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
      expect(await page.evaluate<string>('getComputedStyle(document.body).backgroundColor')).toBe(
        'rgb(255, 255, 255)',
      );
      expect(await page.locator('.finding').first().isVisible()).toBe(true);
      expect(await page.locator('.exchange:visible').count()).toBe(0);
      expect((await page.pdf({ format: 'A4' })).byteLength).toBeGreaterThan(10_000);
    });
  });

  test('on paper an overview has all its columns, and its totals once, at the end', async () => {
    const many = Array.from({ length: 60 }, () => bad);
    await seen(overviewOf(...many), {}, async ({ page }) => {
      await page.setViewportSize({ width: 700, height: 900 });
      await page.emulateMedia({ media: 'print' });
      const [inner = 0, outer = 1] = await page.evaluate<number[]>(
        `[document.querySelector('.grid').scrollWidth, document.querySelector('main').clientWidth]`,
      );
      expect(inner).toBeLessThanOrEqual(outer);
      expect(await page.evaluate<string>(`getComputedStyle(document.querySelector('tfoot')).display`)).toBe(
        'table-row-group',
      );
    });
  });

  test('on paper a packet shows its requests, unfolded', async () => {
    await seen(renderVendor(bad), {}, async ({ page }) => {
      await page.emulateMedia({ media: 'print' });
      expect(await page.locator('.exchange pre').first().isVisible()).toBe(true);
    });
  });

  test('on paper the contents of a packet have room for a number of two digits', async () => {
    const [, packet = ''] = pages.find(([name]) => name === 'faulty packet') ?? [];
    await seen(packet, {}, async ({ page }) => {
      await page.emulateMedia({ media: 'print' });
      const [room = 0, number = 1] = await page.evaluate<number[]>(`(() => {
        const list = document.querySelector('.contents ol');
        const number = document.createElement('span');
        number.style.whiteSpace = 'pre';
        number.textContent = '10. ';
        list.querySelector('li').append(number);
        return [parseFloat(getComputedStyle(list).paddingInlineStart), number.getBoundingClientRect().width];
      })()`);
      expect(room).toBeGreaterThan(number);
    });
  });

  test('on paper the findings of a packet share pages, and a request stands beside its answer', async () => {
    const [, packet = ''] = pages.find(([name]) => name === 'faulty packet') ?? [];
    await seen(packet, {}, async ({ page }) => {
      const paper = await page.pdf({ format: 'A4' });
      const sheets = paper.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0;
      const findings = await page.locator('article').count();
      expect(findings).toBeGreaterThan(4);
      // With the long texts that App Connect writes among them.
      expect(sheets).toBeLessThan(findings * 1.6 + 1);
      await page.emulateMedia({ media: 'print' });
      const [request, answer] = await page.locator('.exchange figure').all();
      expect((await request?.boundingBox())?.y).toBe((await answer?.boundingBox())?.y);
    });
  });

  async function seen(
    html: string,
    options: Parameters<typeof visit>[2],
    look: (visit: Visit) => Promise<void>,
  ): Promise<void> {
    const visited = await visit(browser, html, options);
    try {
      await look(visited);
    } finally {
      await visited.close();
    }
  }
});
