import type { LogFormat } from '../profile/types.ts';
import { blockLabel, detailsMark, type Label, lineLabel, linkLabel, noteLabel } from './log-labels.ts';
import { dateTimeText, durationText } from './log-text.ts';

/** What App Connect writes into a call log's text. What is absent or '' stays as it is in the text. */
export interface LogParts {
  note?: string;
  sessionId?: string;
  /** The call's own subject, under the label `Summary`. */
  subject?: string;
  /** The contact's number. HTML calls it the caller's or the recipient's, by `direction`. */
  contactNumber?: string;
  direction?: 'Inbound' | 'Outbound';
  /** Unix milliseconds, ISO 8601 or a Date. */
  startTime?: string | number | Date;
  /** The user's offset from UTC for the start time. Default 0. */
  utcOffsetMinutes?: number;
  durationSeconds?: number;
  result?: string;
  recordingLink?: string;
  voicemailLink?: string;
  aiNote?: string;
  transcript?: string;
}

/** The labels in the order in which App Connect writes them, each with the text it gets. */
function labelled(format: LogFormat, parts: LogParts): [Label, string | undefined][] {
  const { startTime, utcOffsetMinutes = 0, durationSeconds } = parts;
  return [
    [noteLabel(format), parts.note],
    [lineLabel(format, { text: 'Session Id' }), parts.sessionId],
    [lineLabel(format, { text: 'Summary' }), parts.subject],
    [contactLabel(format, parts.direction), parts.contactNumber],
    [
      lineLabel(format, { text: 'Date/Time', html: 'Date/time' }, 'line'),
      startTime === undefined ? undefined : dateTimeText(startTime, utcOffsetMinutes),
    ],
    [
      lineLabel(format, { text: 'Duration' }, 'no-hyphen'),
      durationSeconds === undefined ? undefined : durationText(durationSeconds),
    ],
    [lineLabel(format, { text: 'Result' }, 'no-hyphen'), parts.result],
    [linkLabel(format, 'Call recording link'), parts.recordingLink],
    [linkLabel(format, 'Voicemail recording link'), parts.voicemailLink],
    [blockLabel(format, 'AI Note'), parts.aiNote?.replace(/\n+$/, '')],
    [blockLabel(format, 'Transcript'), parts.transcript],
  ];
}

function contactLabel(format: LogFormat, direction: LogParts['direction']): Label {
  const html = direction === 'Outbound' ? 'Recipient phone number' : 'Caller phone number';
  return lineLabel(format, { text: 'Contact Number', html }, 'no-hyphen-break');
}

/**
 * The text of a call log as App Connect composes it: every part under its label, put in the place of what stands under
 * that label in `existing`, added where the label is not found. That is how a recording link or an AI note, which
 * arrive later, come into a log. Parts of its own (call journey, RingSense) are not written.
 */
export function composeCallLog(format: LogFormat, parts: LogParts, existing = ''): string {
  return labelled(format, parts).reduce((body, [label, text]) => {
    if (text === undefined || text === '') return body;
    // By function: `$&` in a note is text. App Connect itself takes it for a pattern and garbles such a note.
    return label.found.test(body)
      ? body.replace(label.found, () => label.replace(text))
      : label.add(body, text);
  }, existing);
}

/**
 * How often each of App Connect's labels stands in a text: `{ Note: 1, Duration: 2 }`. A label that does not stand
 * there is left out, and one that the CRM escaped or rewrote does not stand there.
 */
export function labelsIn(format: LogFormat, text: string): Record<string, number> {
  const labels = [...labelled(format, { direction: 'Inbound' }).map(([label]) => label)];
  if (format === 'text/html') labels.push(contactLabel(format, 'Outbound'));
  const marks = new Map(labels.map(({ name, mark }) => [name, mark]));
  const details = detailsMark(format);
  if (details) marks.set('Call details', details);
  const counts = [...marks].map(([name, mark]): [string, number] => [name, [...text.matchAll(mark)].length]);
  return Object.fromEntries(counts.filter(([, count]) => count > 0));
}
