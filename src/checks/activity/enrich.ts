import { composeCallLog, type LogParts, labelsIn } from '../../app-connect/compose.ts';
import { defaultLogFormat, type LogRecord } from '../../crm/types.ts';
import type { Outcome } from '../../operation/types.ts';
import { defineCheck } from '../define-check.ts';
import { links } from '../links.ts';
import { judgeFailure, type OutcomeFacts, outcomeFacts } from '../outcome-facts.ts';
import { Unanswerable } from '../unanswerable.ts';
import { contains, textOf } from './text.ts';
import { roomFor } from './text-facts.ts';

interface Facts {
  /** The first step that did not go through. */
  stopped: { step: string; answer: OutcomeFacts } | null;
  lost: string[];
  /** Labels that stand there more than once. */
  repeated: string[];
  /** Labels that were written and are not found again as they were. */
  unfound: string[];
  /** The last line break does not come back, so that what is added next stands on the last line. */
  trimmed: boolean;
  /** No line break of the first text comes back, so that all stands on one line. Absent in older reports. */
  flattened?: boolean;
}

const firstNote = 'the note of the first log';
const byEdit = 'the edit by the user';
const byRecording = 'the recording link';
const byAi = 'the AI note';
/** What only updates bring. */
const afterwards = [byEdit, byRecording, byAi];

const unstoredUpdates = {
  vendor:
    'Store each update under the id that it names, or refuse it: never answer with success to one that is dropped or kept elsewhere.',
  integrator: 'Mend activity.update first: none of the updates is in the record.',
};

export default defineCheck({
  id: 'activity.enrich',
  item: 'activity',
  level: 'must',
  title: "survives App Connect's real sequence: log, edit by the user, recording link, AI note",
  why: 'Each arrives as an update of its own, which reads the text, adds to it and writes it back: what the CRM rewrites in between is lost or doubled.',
  remedy: {
    vendor: 'Keep the text as it was written, line breaks and markup included.',
    integrator:
      'Choose the log format (plain, HTML, Markdown) that the field keeps; write to a field that is not rewritten.',
  },
  judged: {
    asks: 'On a second call: an edit of the note as a user makes it, then the recording link with the final length and result, then an AI note, each as read, compose, write. What was written last is waited for until the settle time is over.',
    pass: 'every part is there at the end, and each label once, as App Connect looks for it',
    fail: 'a part is lost, a label stands there twice or is not found again (escaped, glued to another line), or a step is refused',
  },
  links: [links.loggingCalls, links.composer],
  operations: ['updateCallLog', 'getCallLog', 'createCallLog'],
  needs: ['crm', 'contact', 'second call log', 'long call log'],
  writes: true,
  requests: 6,
  async observe({ profile, settled, operations: { runId } }, have): Promise<Facts> {
    const { crm, contact, 'long call log': long } = have;
    const { id, draft } = have['second call log'];
    const format = profile.meta.logFormat ?? defaultLogFormat;
    const edit = `${runId} edited`;
    const link = 'https://rec.example/1';
    const aiNote = `${runId} AI`;
    const change = { subject: draft.subject, note: draft.note, call: draft.call, contactId: contact.id };

    const stop = (step: string, outcome: Outcome<unknown>): Facts => ({
      stopped: { step, answer: outcomeFacts(outcome) },
      lost: [],
      repeated: [],
      unfound: [],
      trimmed: false,
    });
    let patient = true;
    /** What was written last may need a while; once it did not come, the rest is not waited for. */
    const readUntil = async (part: string): Promise<Outcome<LogRecord>> => {
      const shows = (one: Outcome<LogRecord>) => one.kind === 'ok' && contains(textOf(one.value), part);
      const ask = () => crm.getCallLog(id, contact.id);
      const answer = patient ? (await settled(ask, shows)).answer : await ask();
      patient &&= shows(answer);
      return answer;
    };

    // The user goes on with the note; where the last line ends is for App Connect to find again.
    let written = draft.details.replace(draft.note, () => `${draft.note}, ${edit}`);
    const byUser = await crm.updateCallLog(id, { ...change, details: written, existing: draft.details });
    if (byUser.kind !== 'ok') return stop(byEdit, byUser);
    const edited = written;
    const seconds = draft.call.durationSeconds;
    const { result } = draft.call;
    const updates: { step: string; after: string; sent: Partial<LogParts>; parts: LogParts }[] = [
      // Length and result are final only now: App Connect writes them in the place of what it finds, or adds them.
      {
        step: byRecording,
        after: edit,
        sent: { recordingLink: link },
        parts: { durationSeconds: seconds + 1, result },
      },
      { step: byAi, after: link, sent: { aiNote }, parts: { durationSeconds: seconds + 1, result } },
    ];
    for (const { step, after, sent, parts } of updates) {
      const read = await readUntil(after);
      if (read.kind !== 'ok') return stop(`reading before ${step}`, read);
      const existing = textOf(read.value);
      written = composeCallLog(format, { ...parts, ...sent }, existing);
      const update = await crm.updateCallLog(id, { ...change, ...sent, details: written, existing });
      if (update.kind !== 'ok') return stop(step, update);
    }
    const end = await readUntil(aiNote);
    if (end.kind !== 'ok') return stop('reading at the end', end);
    const text = textOf(end.value);
    const pieces = {
      [firstNote]: draft.note,
      [byEdit]: edit,
      'the result': result,
      [byRecording]: link,
      [byAi]: aiNote,
    };
    const lost = Object.entries(pieces).flatMap(([what, part]) => (contains(text, part) ? [] : [what]));
    // Without all of it nothing can be said: how much a field holds is for activity.long to find.
    const room = roomFor(long, profile);
    if (lost.length > 0 && written.length > room) {
      const reason = `a text of ${written.length} characters does not come back whole`;
      throw new Unanswerable({ verdict: 'blocked', by: 'activity.long', reason });
    }
    const found = labelsIn(format, text);
    const labels = labelsIn(
      format,
      composeCallLog(format, { ...updates[1]?.parts, recordingLink: link, aiNote }, draft.details),
    );
    return {
      stopped: null,
      lost,
      repeated: Object.entries(found).flatMap(([label, count]) => (count > 1 ? [label] : [])),
      unfound: Object.keys(labels).filter((label) => found[label] === undefined),
      trimmed: /\n$/.test(written) && !/\n$/.test(text),
      flattened: edited.trimEnd().includes('\n') && !text.trimEnd().includes('\n'),
    };
  },
  judge({ stopped, lost, repeated, unfound, trimmed, flattened = false }) {
    const expected = 'every part is there at the end, each label once';
    if (stopped) {
      const judgement = judgeFailure(stopped.answer, stopped.step, expected);
      return judgement.verdict === 'fail'
        ? {
            ...judgement,
            summary: `stopped at ${stopped.step}: ${judgement.summary}`,
            remedy: {
              vendor: 'Let a record be read and changed as often as something is added to it.',
              integrator: 'Mend activity.read and activity.update first: each step is one of the two.',
            },
          }
        : judgement;
    }
    const observed = [
      ...(lost.length > 0 ? [`lost: ${lost.join(', ')}`] : []),
      ...(repeated.length > 0 ? [`more than once: ${repeated.join(', ')}`] : []),
      ...(unfound.length > 0 ? [`not found again by App Connect: ${unfound.join(', ')}`] : []),
    ].join('; ');
    if (observed !== '') {
      const unstored = afterwards.every((part) => lost.includes(part)) && !lost.includes(firstNote);
      const glued = flattened
        ? ' (line breaks are lost, which puts all on one line)'
        : ' (the last line break is dropped, which glues lines together)';
      const why = trimmed || flattened ? glued : '';
      return {
        verdict: 'fail',
        summary: `${observed}${why}`,
        expected,
        observed,
        ...(unstored && { remedy: unstoredUpdates }),
      };
    }
    return { verdict: 'pass', summary: 'edit, recording link and AI note are all there, each label once' };
  },
});
