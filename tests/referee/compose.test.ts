import { beforeAll, describe, expect, test } from 'vitest';
import { composeCallLog, type LogParts } from '../../src/app-connect/compose.ts';
import type { LogFormat } from '../../src/profile/types.ts';
import { type Engine, isInstalled, loadEngine } from './engine.ts';
import { withoutReferee } from './without-referee.ts';

/** One update of the text: by App Connect, or by somebody in the CRM. */
type Step = LogParts | ((text: string) => string);

const created: LogParts = {
  note: 'Asked for a quote\n\nand a - second - one',
  sessionId: 's-4711',
  subject: 'Quote',
  contactNumber: '+14155550100',
  direction: 'Outbound',
  startTime: Date.UTC(2026, 2, 1, 21, 5, 7),
  utcOffsetMinutes: 60,
  durationSeconds: 3725,
  result: 'Call connected',
};
const link = 'https://recordings.example/1?a=b&c=d';
const edit = (text: string): string => `${text}\nedited in the CRM`;

const sequences: Record<string, Step[]> = {
  'create, recording link, AI note, transcript': [
    created,
    { recordingLink: '(pending...)' },
    { recordingLink: link },
    { aiNote: 'Wants a quote\n- by Friday\n\n' },
    { transcript: 'A: hi\r\nB: hello\n' },
  ],
  'every part twice': [
    { ...created, recordingLink: link, voicemailLink: link, aiNote: 'one', transcript: 'one' },
    {
      ...created,
      ...{
        note: 'second',
        sessionId: 's-2',
        subject: 'Second',
        contactNumber: '+14155550101',
        durationSeconds: 1,
      },
      ...{
        result: 'Missed',
        recordingLink: `${link}2`,
        voicemailLink: 'later',
        aiNote: 'two\nlines',
        transcript: 'two',
      },
    },
  ],
  'an edit in the CRM between the updates': [
    created,
    edit,
    { recordingLink: link },
    edit,
    { aiNote: 'AI' },
    edit,
    { note: 'third', durationSeconds: 60, result: 'Voicemail', startTime: '2026-03-01T00:00:00+02:00' },
    { aiNote: 'AI again', transcript: 'T' },
  ],
  'the details come first, the note later': [
    { durationSeconds: 0, result: 'Missed', startTime: Date.UTC(2026, 0, 1, 12, 0, 0), direction: 'Inbound' },
    { contactNumber: '+14155550100', direction: 'Inbound' },
    { note: 'late' },
    { note: 'later\n- Result: of a note' },
    { result: 'No-answer' },
    { result: 'Busy' },
  ],
  'only late parts, in a text that somebody wrote': [
    () => 'free text',
    { recordingLink: link },
    { aiNote: 'AI' },
    { note: 'N' },
    { subject: 'S', sessionId: '1' },
  ],
  'a CRM that trims the text': [
    created,
    (text) => text.trim(),
    { recordingLink: link },
    (text) => text.trim(),
    { aiNote: 'AI', durationSeconds: 7200 },
    (text) => text.trim(),
    { aiNote: 'AI 2', note: 'N 2' },
  ],
  'the details stand in a list': [
    () => '<ul><li><b>Result</b>: x</li></ul>',
    { recordingLink: link, result: 'y' },
  ],
  'the heading of the details comes first': [
    () => '## Call details\n**Result**: x\n',
    { note: 'N', result: 'y' },
  ],
};
const formats: LogFormat[] = ['text/plain', 'text/html', 'text/markdown'];

describe("our log text and App Connect's", () => {
  if (!isInstalled()) return withoutReferee();

  let engine: Engine;
  beforeAll(() => {
    engine = loadEngine();
  });

  for (const format of formats) {
    test.each(Object.entries(sequences))(`are the same in ${format}: %s`, (_, steps) => {
      let text = '';
      for (const step of steps) {
        if (typeof step === 'function') {
          text = step(text);
          continue;
        }
        const ours = composeCallLog(format, step, text);
        expect(ours).toBe(engine.composeCallLog(engineParams(format, step, text)));
        text = ours;
      }
    });
  }
});

function engineParams(logFormat: LogFormat, parts: LogParts, existingBody: string): Record<string, unknown> {
  const { contactNumber, sessionId, direction, durationSeconds, utcOffsetMinutes = 0, ...shared } = parts;
  const offset = `+${String(Math.floor(utcOffsetMinutes / 60)).padStart(2, '0')}:00`;
  return {
    ...shared,
    logFormat,
    existingBody,
    duration: durationSeconds,
    callLog: { sessionId, direction },
    contactInfo: contactNumber === undefined ? null : { phoneNumber: contactNumber },
    user: {
      timezoneOffset: offset,
      userSettings: { addCallSessionId: { value: true }, addCallLogContactNumber: { value: true } },
    },
  };
}
