import { defineCheck } from '../define-check.ts';
import { links } from '../links.ts';
import { missFrom } from '../outcome-facts.ts';
import { Unanswerable } from '../unanswerable.ts';

export default defineCheck({
  id: 'lookup.speed',
  item: 'phone-lookup',
  level: 'info',
  title: 'tells how long a search takes',
  why: 'A call pop has the length of a ring, about six seconds.',
  remedy: {
    vendor: 'Index the column that is searched.',
    integrator: 'Search few formats and fields: each is one more request at every call.',
  },
  judged: {
    asks: 'Nothing more: all searches of the run so far, as this machine saw them.',
    pass: 'always. The median and the slowest are shown',
  },
  links: [links.contactMatching],
  operations: ['findContact'],
  needs: ['phone matrix', 'negative controls', 'lookup by E.164'],
  async observe(
    { operations: { transport } },
    have,
  ): Promise<{ searches: number; medianMs: number; slowestMs: number }> {
    const { last } = have['lookup by E.164'];
    if (last.kind !== 'ok') throw new Unanswerable(missFrom(last, 'lookup.e164'));
    const times = transport.exchanges
      .filter(({ intent, response }) => intent === 'findContact' && response && response.status < 400)
      .map(({ timing }) => Math.round(timing.totalMs))
      .sort((one, other) => one - other);
    const slowestMs = times.at(-1);
    if (slowestMs === undefined)
      throw new Unanswerable({ verdict: 'blocked', by: 'lookup.e164', reason: 'no search was answered' });
    return { searches: times.length, medianMs: times[times.length >> 1] ?? slowestMs, slowestMs };
  },
  judge({ searches, medianMs, slowestMs }) {
    return {
      verdict: 'pass',
      summary: `median ${medianMs} ms, slowest ${slowestMs} ms, of ${searches} searches`,
    };
  },
});
