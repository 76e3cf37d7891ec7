import { composeCallLog, labelsIn } from '../../app-connect/compose.ts';
import { defaultLogFormat, type LogRecord } from '../../crm/types.ts';
import type { Outcome } from '../../operation/types.ts';
import { defineCheck } from '../define-check.ts';
import { links } from '../links.ts';
import { judgeFailure, type OutcomeFacts, outcomeFacts } from '../outcome-facts.ts';

interface Facts {
  /** The first step that did not go through. */
  stopped: { step: string; answer: OutcomeFacts } | null;
  lost: string[];
  /** Labels that stand there more than once. */
  repeated: string[];
}

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
  links: [links.loggingCalls, links.composer],
  operations: ['updateCallLog', 'getCallLog', 'createCallLog'],
  needs: ['crm', 'contact', 'second call log'],
  writes: true,
  async observe({ profile, operations: { runId } }, have): Promise<Facts> {
    const { crm, contact } = have;
    const { id, draft } = have['second call log'];
    const format = profile.meta.logFormat ?? defaultLogFormat;
    // All of it stays under 200 characters: a limit on the length is for activity.long to find.
    const edit = `${runId} edited`;
    const link = 'https://rec.example/1';
    const aiNote = `${runId} AI`;
    const lineBreak = format === 'text/html' ? '<br>' : '\n';
    const change = { subject: draft.subject, note: draft.note, call: draft.call, contactId: contact.id };

    const stop = (step: string, outcome: Outcome<unknown>): Facts => ({
      stopped: { step, answer: outcomeFacts(outcome) },
      lost: [],
      repeated: [],
    });
    const edited = `${draft.details}${lineBreak}${edit}`;
    const byUser = await crm.updateCallLog(id, { ...change, details: edited, existing: draft.details });
    if (byUser.kind !== 'ok') return stop('the edit by the user', byUser);
    const { durationSeconds } = draft.call;
    const updates = [
      // The length of the call is final only now: App Connect writes it once more, in the place of the first.
      {
        step: 'the recording link',
        sent: { recordingLink: link },
        parts: { durationSeconds: durationSeconds + 1 },
      },
      { step: 'the AI note', sent: { aiNote }, parts: {} },
    ];
    for (const { step, sent, parts } of updates) {
      const read = await crm.getCallLog(id, contact.id);
      if (read.kind !== 'ok') return stop(`reading before ${step}`, read);
      const existing = textOf(read.value);
      const details = composeCallLog(format, { ...parts, ...sent }, existing);
      const written = await crm.updateCallLog(id, { ...change, ...sent, details, existing });
      if (written.kind !== 'ok') return stop(step, written);
    }
    const end = await crm.getCallLog(id, contact.id);
    if (end.kind !== 'ok') return stop('reading at the end', end);
    const text = textOf(end.value);
    const parts = {
      'the note of the first log': draft.note,
      'the edit by the user': edit,
      'the recording link': link,
      'the AI note': aiNote,
    };
    return {
      stopped: null,
      lost: Object.entries(parts).flatMap(([what, part]) => (text.includes(part) ? [] : [what])),
      repeated: Object.entries(labelsIn(format, text)).flatMap(([label, count]) =>
        count > 1 ? [label] : [],
      ),
    };
  },
  judge({ stopped, lost, repeated }) {
    const expected = 'every part is there at the end, each label once';
    if (stopped) {
      const judgement = judgeFailure(stopped.answer, stopped.step, expected);
      return judgement.verdict === 'fail'
        ? { ...judgement, summary: `stopped at ${stopped.step}: ${judgement.summary}` }
        : judgement;
    }
    const observed = [
      ...(lost.length > 0 ? [`lost: ${lost.join(', ')}`] : []),
      ...(repeated.length > 0 ? [`more than once: ${repeated.join(', ')}`] : []),
    ].join('; ');
    if (observed !== '') return { verdict: 'fail', summary: observed, expected, observed };
    return { verdict: 'pass', summary: 'edit, recording link and AI note are all there, each label once' };
  },
});

function textOf({ fullBody, note }: LogRecord): string {
  return fullBody ?? note ?? '';
}
