import { describe, expect, test } from 'vitest';
import { composeCallLog, type LogParts, labelsIn } from '../../src/app-connect/compose.ts';
import type { LogFormat } from '../../src/profile/types.ts';

const formats: LogFormat[] = ['text/plain', 'text/html', 'text/markdown'];
const link = 'https://recordings.example/1';
const created: LogParts = {
  note: 'Asked for a quote',
  sessionId: 's-1',
  subject: 'Quote',
  contactNumber: '+14155550100',
  direction: 'Outbound',
  startTime: Date.UTC(2026, 2, 1, 21, 5, 7),
  durationSeconds: 3725,
  result: 'Call connected',
};

test('plain text has a line per label', () => {
  expect(composeCallLog('text/plain', { ...created, recordingLink: link, aiNote: 'Wants one\n' })).toBe(
    `- Note: Asked for a quote
- Session Id: s-1
- Summary: Quote
- Contact Number: +14155550100
- Date/Time: 2026-03-01 09:05:07 PM
- Duration: 1 hour, 2 minutes, 5 seconds
- Result: Call connected
- Call recording link: ${link}

- AI Note:
Wants one
--- END
`,
  );
});

test('HTML has list items, an anchor for the recording and headings in bold', () => {
  expect(
    composeCallLog('text/html', { note: 'N', result: 'Missed', recordingLink: link, aiNote: 'a\nb' }),
  ).toBe(
    `<b>Agent notes</b><br>N<br><br><b>Call details</b><br><li><b>Result</b>: Missed</li><li><b>Call recording link</b>: <a target="_blank" href="${link}">open</a></li><div><b>AI Note</b><br>a<br>b</div><br>`,
  );
});

test('Markdown has headings and bold labels', () => {
  expect(composeCallLog('text/markdown', { note: 'N', result: 'Missed', transcript: 'T' })).toBe(
    '## Agent notes\nN\n\n## Call details\n**Result**: Missed\n### Transcript\nT\n',
  );
});

test('times follow the offset of the user, noon and midnight are twelve', () => {
  const at = (startTime: string, utcOffsetMinutes?: number) =>
    composeCallLog('text/plain', { startTime, ...(utcOffsetMinutes !== undefined && { utcOffsetMinutes }) });
  expect(at('2026-03-01T23:30:00Z', 60)).toBe('- Date/Time: 2026-03-02 12:30:00 AM\n');
  expect(at('2026-03-01T12:00:00Z')).toBe('- Date/Time: 2026-03-01 12:00:00 PM\n');
});

test('durations leave out what is zero', () => {
  const of = (durationSeconds: number) => composeCallLog('text/plain', { durationSeconds });
  expect([0, 1, 60, 7200].map(of)).toEqual(
    ['0 seconds', '1 second', '1 minute', '2 hours'].map((said) => `- Duration: ${said}\n`),
  );
});

describe.each(formats)('in %s', (format) => {
  test('later updates come in once and leave the rest alone', () => {
    let text = `${composeCallLog(format, created)}\nedited in the CRM`;
    for (const added of [
      { recordingLink: '(pending...)' },
      { recordingLink: link },
      { aiNote: 'AI' },
      { aiNote: 'AI again' },
    ]) {
      text = composeCallLog(format, added, text);
    }
    for (const part of [created.note, 'edited in the CRM', link, 'AI again']) expect(text).toContain(part);
    const counts = labelsIn(format, text);
    expect(Object.values(counts)).toEqual(Object.keys(counts).map(() => 1));
    expect(Object.keys(counts).length).toBeGreaterThanOrEqual(9);
  });

  test('the same parts written again change nothing that a label counts', () => {
    const text = composeCallLog(format, { ...created, recordingLink: link, aiNote: 'AI', transcript: 'T' });
    const again = composeCallLog(format, { ...created, note: 'other' }, text);
    expect(labelsIn(format, again)).toEqual(labelsIn(format, text));
    expect(again).not.toContain('Asked for a quote');
  });

  test('a dollar sign in a note is text', () => {
    const text = composeCallLog(format, created);
    expect(composeCallLog(format, { note: "costs $& or $' or $1" }, text)).toContain("costs $& or $' or $1");
  });

  test('labels that stand twice are counted', () => {
    const text = composeCallLog(format, { result: 'x', aiNote: 'AI' });
    const labels = labelsIn(format, text + text);
    expect(labels).toEqual({ Result: 2, 'AI Note': 2 });
  });

  test('nothing given is nothing written', () => {
    expect(composeCallLog(format, {}, 'kept')).toBe('kept');
    expect(labelsIn(format, 'free text')).toEqual({});
  });
});

test('labels that a CRM escaped are not found', () => {
  const text = composeCallLog('text/html', created).replaceAll('<', '&lt;');
  expect(labelsIn('text/html', text)).toEqual({});
});
