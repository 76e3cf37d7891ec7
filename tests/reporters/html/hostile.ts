/** What a CRM could answer to get at the reader of a report, and a report that is full of it. */

import type { Report } from '../../../src/report/types.ts';
import { checks, exchange, report } from '../sample.ts';

const beacon = 'http://127.0.0.1:9/owned';

export const payloads: readonly string[] = [
  '<script>window.owned = 1</script>',
  '</style><script>window.owned = 2</script>',
  '</pre></details></main><script>window.owned = 3</script>',
  `<img src=x onerror="window.owned = 4">`,
  `<img src="${beacon}">`,
  `<svg onload="window.owned = 5"><animate onbegin="window.owned = 6" attributeName=x dur=1s>`,
  `<iframe src="${beacon}"></iframe>`,
  `<iframe srcdoc="<script>parent.owned = 7</script>"></iframe>`,
  `<link rel=stylesheet href="${beacon}">`,
  `<style>@import url(${beacon}); body { background: url(${beacon}) }</style>`,
  `<meta http-equiv="refresh" content="0;url=${beacon}">`,
  `<base href="${beacon}">`,
  `<form action="${beacon}"><input autofocus onfocus="window.owned = 8"></form>`,
  `<object data="${beacon}"></object><embed src="${beacon}">`,
  `" onmouseover="window.owned = 9" autofocus onfocus="window.owned = 10" x="`,
  `' onclick='window.owned = 11' x='`,
  'javascript:window.owned = 12',
  'JaVaScRiPt\u0009:alert(13)//https://example.com',
  'data:text/html,<script>window.opener.owned = 14</script>',
  '\u202E>tpircs<\u2066\u0000\u001b[2J]]> --><!-- <![CDATA[ {{7*7}} &lt;script&gt; \u{E0041}',
  `<a href="javascript:window.owned = 15" ping="${beacon}">click</a><video poster="${beacon}"><audio src="${beacon}">`,
  '<details open ontoggle="window.owned = 16"><math><mtext></form><form><mglyph><style></math>',
];

/** Every payload in every place that a CRM, or somebody who tampers with a saved report, can write to. */
export function hostileReport(): Report {
  const all = payloads.join('\n');
  const exchanges = payloads.flatMap((payload, index) => [
    {
      ...exchange,
      id: 2 * index + 1,
      intent: payload,
      request: {
        method: payload,
        url: `https://x.example/${payload}`,
        headers: { [payload]: payload },
        body: payload,
      },
      response: { status: 200, headers: { [payload]: payload, 'x-request-id': payload }, body: payload },
    },
    {
      ...exchange,
      id: 2 * index + 2,
      startedAt: payload,
      request: { method: 'GET', url: payload, headers: {} },
      response: undefined,
      error: { code: payload as 'timeout', message: payload },
    },
  ]);
  const said = {
    title: all,
    why: all,
    summary: all,
    expected: all,
    observed: all,
    remedy: { vendor: all, integrator: all },
    cautions: [all],
    links: payloads.map((payload) => ({ title: payload, url: payload })),
    exchanges: exchanges.map(({ id }) => id),
    facts: {
      extraFormats: [...payloads],
      matrix: {
        stored: payloads.map((payload) => ({ format: payload, text: payload, e164: payload })),
        queried: payloads.map((payload) => ({ format: payload, label: payload })),
        cells: payloads.map(() => payloads.map(() => 'miss')),
      },
    },
  };
  const hostile = report(
    checks({
      'lookup.any-format': { verdict: 'warn', ...said },
      'oauth.code-exchange': { verdict: 'fail', ...said, facts: null },
      'user.name': { ...said, facts: null },
      'activity.message': { verdict: 'blocked', blockedBy: all, summary: all },
    }),
    {
      // A saved report can hold what the types of a recorded exchange do not allow.
      exchanges: exchanges as unknown as Report['exchanges'],
      notes: [...payloads],
      leftovers: payloads.map((payload) => ({ kind: payload, id: payload, name: payload, reason: payload })),
      profile: { name: all, hash: all, host: all, file: all, language: 'crm-ready' },
    },
  );
  hostile.run = { ...hostile.run, user: all, id: all, seed: all, region: all, startedAt: all, only: [all] };
  hostile.items = hostile.items.map((item) => ({ ...item, title: all }));
  for (const feature of Object.values(hostile.features)) feature.cautions.push(all);
  return hostile;
}
