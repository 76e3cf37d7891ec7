import { isRateLimit } from '../../http/retry.ts';
import { defineCheck } from '../define-check.ts';
import { links } from '../links.ts';
import { Unanswerable } from '../unanswerable.ts';
import { dailyQuota, limitHeaders, requestsPerCall } from './quota.ts';

/** What a day of logging is taken to be, for one account. */
const callsPerDay = 100;

export default defineCheck({
  id: 'beyond.rate-limits',
  item: 'beyond',
  level: 'info',
  title: 'tells how many requests it allows',
  why: 'App Connect neither waits nor repeats: at the limit, lookups fail and logs are lost.',
  remedy: {
    vendor: 'Send RateLimit and RateLimit-Policy headers, and Retry-After with a 429.',
    integrator: "Compare the vendor's published limits with what a day of logging needs.",
  },
  judged: {
    asks: 'Nothing is sent: the headers of all answers of this run are looked at (`RateLimit`, `RateLimit-Policy`, `X-RateLimit-…`, `Retry-After` …). A day of logging is taken to be 100 calls, each with a lookup, a log, and two updates (recording link, AI note) that read the record first.',
    pass: 'always: the headers, and what share of the tightest daily quota 100 calls need, where a header tells how long its limit holds (`X-RateLimit-Interval-Seconds` beside `X-RateLimit-Limit`, say)',
  },
  links: [links.rateLimits, links.tooManyRequests],
  needs: ['first answer'],
  phase: 'last',
  async observe({ operations: { transport }, profile }) {
    const answers = transport.exchanges.filter(({ response }) => response !== undefined);
    if (answers.length === 0)
      throw new Unanswerable({ verdict: 'inconclusive', by: null, reason: 'no request was answered' });
    const headers = limitHeaders(answers);
    return {
      answers: answers.length,
      refused: answers.filter(({ response }) => response && isRateLimit(response)).length,
      headers,
      requestsPerCall: requestsPerCall(profile),
      callsPerDay,
      dailyQuota: dailyQuota(headers),
    };
  },
  judge({ answers, refused, headers, requestsPerCall: each, callsPerDay: calls, dailyQuota: quota }) {
    const need = each * calls;
    const seen =
      headers.length === 0
        ? `no header tells of a limit in ${answers} answers`
        : headers.map(({ name, value }) => `${name}: ${value}`).join(', ');
    const share =
      quota === null
        ? headers.length === 0
          ? ''
          : '; how long the limit holds is not told'
        : `, ${percent(need / quota)} of what is allowed`;
    return {
      verdict: 'pass',
      summary: [
        seen,
        ...(refused > 0 ? [`${refused} requests were answered with 429, or with 403 and Retry-After`] : []),
        `${calls} calls a day, at ${each} requests each, are ${need.toLocaleString('en')} requests${share}`,
      ].join('; '),
    };
  },
});

function percent(share: number): string {
  const value = share * 100;
  return value > 0 && value < 0.1 ? 'less than 0.1 %' : `${Math.round(value * 10) / 10} %`;
}
