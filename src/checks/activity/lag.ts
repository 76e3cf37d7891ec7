import { defineCheck } from '../define-check.ts';
import { links } from '../links.ts';
import { Unanswerable } from '../unanswerable.ts';

export default defineCheck({
  id: 'activity.lag',
  item: 'activity',
  level: 'info',
  title: 'shows a new record after a while that is measured',
  why: 'App Connect reads a log before each update of it, and the first update may follow at once.',
  remedy: {
    vendor: 'Let a record be read as soon as its creation is answered.',
    integrator: 'A connector with code can wait before it reads.',
  },
  judged: {
    asks: 'Nothing more: the seconds from the answer to the creation until subject and note were read.',
    pass: 'always; the seconds are shown',
  },
  links: [links.loggingCalls],
  operations: ['getCallLog', 'createCallLog'],
  needs: ['read call log'],
  writes: true,
  async observe(_context, have): Promise<{ seconds: number }> {
    const { afterSeconds: seconds } = have['read call log'];
    if (seconds === null)
      throw new Unanswerable({
        verdict: 'blocked',
        by: 'activity.read',
        reason: 'the record does not come back',
      });
    return { seconds };
  },
  judge: ({ seconds }) => ({
    verdict: 'pass',
    summary:
      seconds < 0.05
        ? 'read at once'
        : `read ${seconds < 10 ? seconds.toFixed(1) : Math.round(seconds)} s after it was written`,
  }),
});
