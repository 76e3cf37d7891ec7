import { defineCheck } from '../define-check.ts';
import { links } from '../links.ts';
import { judgeText, observeText } from './text-facts.ts';

export default defineCheck({
  id: 'activity.markup',
  item: 'activity',
  level: 'should',
  title: 'keeps `< > & " \'`, and the markup of the log format',
  why: 'App Connect finds its own labels again by their markup; a label that was rewritten is written once more with every update.',
  remedy: {
    vendor: 'Store a text as it was written, and escape it where it is shown, not where it is stored.',
    integrator:
      'Choose the log format (plain, HTML, Markdown) whose marks the field keeps (`meta.logFormat`).',
  },
  judged: {
    asks: 'A call with `< > & " \'` in its note; in HTML and Markdown with a recording link and an AI note as well.',
    pass: 'the text came back. In HTML entities in the text are right: what counts is what a reader sees, and that App Connect finds its labels',
    warn: 'what happened to the text is said: escaped, tags removed or rewritten; or such a text is refused',
    notDescribed: 'nothing is mapped, and the text is not found in the answer',
  },
  links: [links.composer, links.escaping],
  operations: ['getCallLog', 'createCallLog'],
  needs: ['crm', 'read call log', 'long call log', 'markup call log'],
  writes: true,
  requests: 1,
  observe: (context, have) => observeText(context, have, have['markup call log']),
  judge: (facts) => judgeText(facts, 'markup', 'a text with markup'),
});
