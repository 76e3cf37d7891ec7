import { defineCheck } from '../define-check.ts';
import { links } from '../links.ts';
import { judgeText, observeText } from './text-facts.ts';

export default defineCheck({
  id: 'activity.unicode',
  item: 'activity',
  level: 'should',
  title: 'keeps emoji, combining marks, right-to-left text and line breaks',
  why: 'Notes are written on phones and in every language, and App Connect finds its own lines again by the line breaks.',
  remedy: {
    vendor: 'Store texts as UTF-8 with four bytes (MySQL: utf8mb4), and leave line breaks alone.',
    integrator: 'Write to another field, or convert what the field loses in a connector with code.',
  },
  judged: {
    asks: 'A call with emoji, a combining mark, right-to-left letters and line breaks in its note, composed in the log format.',
    pass: 'the text came back; a changed kind of line ending, composed accents and a trimmed last line break lose nothing. In HTML: whoever reads it sees the same',
    warn: 'what happened to the text is said; or such a text is refused',
    notDescribed: 'nothing is mapped, and the text is not found in the answer',
  },
  links: [links.composer, links.unicode],
  operations: ['getCallLog', 'createCallLog'],
  needs: ['crm', 'read call log', 'long call log', 'unicode call log'],
  writes: true,
  requests: 1,
  observe: (context, have) => observeText(context, have, have['unicode call log']),
  judge: (facts) => judgeText(facts, 'characters', 'a text with emoji, marks and line breaks'),
});
