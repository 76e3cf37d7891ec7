import { describe, expect, test } from 'vitest';
import type { Report } from '../../../src/report/types.ts';
import { renderHtml } from '../../../src/reporters/html.tsx';
import { renderVendor } from '../../../src/reporters/vendor.tsx';
import { check, checks, exchange, report } from '../sample.ts';
import { bad, good, interrupted, unmeasured } from '../sample-reports.ts';
import { hostileReport, payloads } from './hostile.ts';
import { words } from './words.ts';

const kinds = Object.entries({ good, bad, interrupted, unmeasured });
const both = [
  ['report', renderHtml],
  ['packet', renderVendor],
] as const;

describe.each(both)('the %s', (_, render) => {
  test.each(kinds)('of a %s run has each id once, and each of its links leads somewhere', (_kind, shown) => {
    const html = render(shown);
    const ids = [...html.matchAll(/ id="([^"]*)"/g)].map(([, id = '']) => id);
    expect(ids).toEqual([...new Set(ids)]);
    const targets = [...html.matchAll(/ href="#([^"]*)"/g)].map(([, target = '']) => target);
    expect(targets.filter((target) => !ids.includes(target))).toEqual([]);
  });

  test('holds no script, no inline style, and a policy that lets nothing in', () => {
    const html = render(bad);
    expect(html).not.toMatch(/<script|<iframe|javascript:| on\w+="| style="/i);
    expect(html).toMatch(
      /http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-[\w+/]+='; img-src data:; base-uri 'none'; form-action 'none'"/,
    );
    expect(html.indexOf('Content-Security-Policy')).toBeLessThan(html.indexOf('<style>'));
  });

  test('has no element that a hostile CRM wrote, and hides none of its characters', () => {
    const html = render(hostileReport());
    expect(payloads.length).toBeGreaterThanOrEqual(20);
    expect(html).not.toMatch(/<script|<iframe|<img|<object|<form|<base|<video|<math/i);
    expect(html).not.toMatch(/(?![\n\t\u200C\u200D])[\p{Cc}\p{Cf}]/u);
    expect(html).toContain('\\u{202E}&gt;tpircs'.replace('&gt;', '>'));
  });

  test('of an endless text stays small', () => {
    const endless = report(checks({ 'user.name': { verdict: 'fail', summary: 'x'.repeat(1_000_000) } }));
    expect(render(endless).length).toBeLessThan(400_000);
  });
});

describe('the report', () => {
  test.each(kinds)('of a %s run has every requirement, under its id', (_, shown) => {
    const html = renderHtml(shown);
    for (const { id } of shown.checks) expect(html).toContain(` id="${id}"`);
  });

  test('opens with the CRM, the result and why, the score and how much is measured', () => {
    expect(words(first(renderHtml(bad)))).toMatch(
      /Acme CRM Not ready Connect does not work\. .*4 March 2026, 09:15 UTC.*https:\/\/api\.acme\.example as Dana Reyes.* \d+ of 100 \d+ % measured/,
    );
  });

  test('names the three things to change first, the worst before the others', () => {
    const section = /<section class="first".*?<\/section>/s.exec(renderHtml(bad))?.[0] ?? '';
    const ids = [...section.matchAll(/<code>([^<]+)<\/code>/g)].map(([, id]) => id);
    expect(ids).toHaveLength(3);
    expect(ids[0]).toBe('oauth.code-exchange');
    expect(words(section)).toContain('breaks “Connect”');
  });

  test('says where a caution comes from', () => {
    const html = words(renderHtml(bad));
    expect(html).toContain('a wrong credential gets a 200 (see user.validates)');
  });

  test('has nothing to change where all is met, and says so', () => {
    expect(words(renderHtml(good))).toContain('Nothing to change All that was measured is met.');
  });

  test('names the way round for the integrator beside the remedy for the vendor', () => {
    const html = words(finding('oauth.code-exchange', renderHtml(bad)));
    expect(html).toContain('CRM vendor make PKCE optional');
    expect(html).toContain('Integrator, until then a code connector that overrides the token request');
    expect(html).toContain('Expected 200 with an access token');
    expect(html).toContain('Observed 400 invalid_request');
    expect(html).toContain('--profile profiles/acme.yaml --only oauth.code-exchange');
    expect(html).toContain('It keeps from being asked: oauth.refresh');
  });

  test('shows the requests behind a finding with answer, timing and curl', () => {
    const html = finding('oauth.code-exchange', renderHtml(bad));
    expect(html).toContain('POST https://api.acme.example/oauth/token');
    expect(html).toContain('the whole body has 70,000 characters');
    expect(html).toContain('31 ms in all');
    expect(html).toContain('curl --globoff');
  });

  test('shows a matrix as a table with words in every cell, and once more in sentences', () => {
    const html = renderHtml(bad);
    expect(html.match(/<table class="heat">/g)).toHaveLength(1);
    const cells = [...html.matchAll(/<td class="cell ([\w-]+)">.*?<span class="unseen">([^<]+)</g)];
    expect(cells).toHaveLength(36);
    expect(cells[0]?.slice(1)).toEqual(['hit', 'found']);
    expect(html).toContain('Asked as (415) …, found: (415) 555-0126; not found: +14155550123, ');
  });

  test('does not score what lies beyond the six items', () => {
    expect(words(renderHtml(good))).toContain('Beyond the six not scored');
  });

  test('says why something is not measured', () => {
    const html = words(renderHtml(bad));
    expect(html).toContain('blocked: Needs an access token (see oauth.code-exchange)');
    expect(html).toContain('not described: Add operations.createMessageLog to the profile');
    expect(words(renderHtml(unmeasured))).toContain('No score Nothing was measured.');
  });

  test('keeps a waived finding in sight, with the reason', () => {
    const html = renderHtml(bad);
    const { summary } = bad.checks.find(({ verdict }) => verdict === 'waived') ?? { summary: '?' };
    expect(words(html).toLowerCase()).toContain(`waived: ${summary.toLowerCase()}`);
  });

  test('tells that a run was not whole', () => {
    expect(renderHtml(interrupted)).toContain('The run was interrupted');
    const partial = { ...good, run: { ...good.run, only: ['user.name'], readOnly: true } };
    expect(renderHtml(partial)).toContain('Only user.name was asked.');
    expect(renderHtml(partial)).toContain('Read-only: nothing was written');
  });

  test('makes a link only of an address of the web', () => {
    const links = [
      { title: 'RFC', url: 'https://www.rfc-editor.org/rfc/rfc6749' },
      { title: 'trap', url: 'javascript:alert(1)' },
    ];
    const html = finding('user.name', renderHtml(report([check('user.name', { verdict: 'fail', links })])));
    expect(html).toContain(
      '<a href="https://www.rfc-editor.org/rfc/rfc6749" rel="noopener noreferrer">RFC</a>',
    );
    expect(html).toContain('<li>trap</li>');
  });

  test('lists what is left in the CRM, and remarks on the profile', () => {
    const html = words(renderHtml(bad));
    expect(html).toContain('2 test records are left in the CRM');
    expect(html).toContain('drops an empty number');
  });
});

describe('the vendor packet', () => {
  test('has what the vendor must change and no word of the way round', () => {
    const html = renderVendor(bad);
    const ids = [...html.matchAll(/<article [^>]*id="([^"]+)"/g)].map(([, id]) => id);
    expect(ids).toEqual([
      'oauth.code-exchange',
      'user.validates',
      'lookup.any-format',
      'activity.create',
      'activity.long',
    ]);
    expect(html).not.toMatch(/work around|until then|code connector that overrides/);
    expect(html).not.toContain('activity.message');
  });

  test('leaves out what the vendor cannot change', () => {
    const remedy = { vendor: '', integrator: 'write a connector' };
    const html = renderVendor(report(checks({ 'auth.accepted': { verdict: 'fail', remedy } })));
    expect(html).not.toContain('id="auth.accepted"');
    expect(html).toContain('Nothing to change');
  });

  test('makes of each finding a message that is ready to be sent', () => {
    const html = finding('oauth.code-exchange', renderVendor(withRequestId()));
    const text =
      /<summary>The same as text.*?<pre>(.*?)<\/pre>/s.exec(html)?.[1]?.replaceAll('&quot;', '"') ?? '';
    const expected = [
      'Subject: Acme CRM: the token endpoint wants PKCE (oauth.code-exchange)',
      'We are connecting Acme CRM with RingCentral App Connect. On 4 March 2026, 09:15 UTC we asked https://api.acme.example',
      'Impact on users: App Connect’s “Connect” (sign in to the CRM from App Connect) does not work.',
      'Expected: 200 with an access token',
      'Observed: 400 invalid_request "code_verifier is required"',
      'Please change: make PKCE optional for confidential clients (RFC 7636 section 4.4.1)',
      '400 after 31 ms, x-request-id 7f3c-19',
      'authorization: [redacted]',
      '{\n  "error": "invalid_request"\n}',
      'To ask again: crm-ready check --profile profiles/acme.yaml --only oauth.code-exchange',
      '- RFC 7636 section 4.4.1: https://www.rfc-editor.org/rfc/rfc7636#section-4.4.1',
    ];
    for (const part of expected) expect(text).toContain(part);
    expect(words(html)).toContain('In your logs x-request-id: 7f3c-19');
  });

  test('of a good run has nothing to change', () => {
    expect(words(renderVendor(good))).toContain('Nothing to change');
  });

  test.each([
    [0, 'Nothing could be judged'],
    [40, 'Nothing to change so far'],
    [100, 'Nothing to change'],
  ])('without a finding, and %i %% measured, promises no more than that', (measuredPercent, title) => {
    expect(renderVendor({ ...good, measuredPercent })).toContain(`<h1>${title}</h1>`);
  });

  test.each<[string, Parameters<typeof checks>[0]]>([
    ['App Connect cannot do without it.', { 'user.name': { verdict: 'fail' } }],
    ['App Connect works without it, but with a loss.', { 'lookup.shared': { verdict: 'warn' } }],
    [
      'App Connect cannot do without 1 of them; 1 makes it work better.',
      { 'user.name': { verdict: 'fail' }, 'lookup.shared': { verdict: 'warn' } },
    ],
  ])('says %s', (sentence, said) => {
    expect(words(renderVendor(report(checks(said))))).toContain(sentence);
  });
});

function withRequestId(): Report {
  const { response } = exchange;
  if (response === undefined) throw new Error('the sample exchange has an answer');
  const headers = { ...response.headers, 'x-request-id': '7f3c-19' };
  return { ...bad, exchanges: [{ ...exchange, response: { ...response, headers } }] };
}

/** The first screen. */
function first(html: string): string {
  return /<header class="summary">.*?<\/header>/s.exec(html)?.[0] ?? '';
}

function finding(id: string, html: string): string {
  return html.split('<article ').find((part) => part.includes(` id="${id}"`)) ?? '';
}
