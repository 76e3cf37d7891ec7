import type { CreatedCallLog, LongCallLog } from '../../checks/activity/specimens.ts';
import { contains, textOf } from '../../checks/activity/text.ts';
import { readsTimeByPosition, writtenText } from '../../checks/activity/written.ts';
import type { Crm } from '../../crm/crm.ts';
import { type CallLogDraft, type ContactInfo, defaultLogFormat, type LogRecord } from '../../crm/types.ts';
import { sideBySide } from '../../http/context.ts';
import type { Outcome } from '../../operation/types.ts';
import type { LogFormat } from '../../profile/types.ts';
import { poll } from '../clock.ts';
import { createCallLog, draftCall, type Special } from './call-log.ts';
import type { Kit, Makers } from './kit.ts';
import { findTextLimit } from './text-limit.ts';

const longText = 20_000;

/**
 * Calls that each show one thing, so that one damage does not hide another. All are made once two calls are known to
 * be kept apart: a CRM that merges calls would overwrite the records that others look at.
 */
export const probeCallMakers = {
  'direction call logs': async (kit) => {
    const [outbound, missed] = await createSideBySide(kit, [
      ['third call', { call: { direction: 'Outbound' } }],
      ['fourth call', { call: { durationSeconds: 0, result: 'Missed' } }],
    ]);
    if (!outbound || !missed) throw new Error('both were created');
    return { outbound, missed };
  },

  'timed call logs': async (kit) => {
    const startTime = tellingStart(kit.clock.now());
    const calls: [string, Special][] = [['call in UTC', { call: { startTime } }]];
    if (!readsTimeByPosition(kit.profile))
      calls.push(['call with an offset', { call: { startTime, utcOffsetMinutes: -300 } }]);
    const [utc, offset = null] = await createSideBySide(kit, calls);
    if (!utc) throw new Error('it was created');
    return { utc, offset };
  },

  'unicode call log': async (kit) => {
    const [log] = await createSideBySide(kit, [['call with characters', { text: characters }]]);
    if (!log) throw new Error('it was created');
    return log;
  },

  'markup call log': async (kit) => {
    const special = markup(kit.profile.meta.logFormat ?? defaultLogFormat);
    const [log] = await createSideBySide(kit, [['call with markup', special]]);
    if (!log) throw new Error('it was created');
    return log;
  },

  'long call log': async (kit): Promise<LongCallLog | null> => {
    // Others only ask it how much a field holds: no reason to write what must not be written.
    if (kit.profile.optOut['activity.long'] !== undefined) return null;
    const { contact } = await kit.get('second call log');
    const crm = await kit.get('crm');
    const created = await createCallLog(kit, longDraft(kit, contact, longText));
    const { read, empty } = await readLong(kit, crm, created, kit.profile.settleSeconds);
    const { afterSeconds, bodyFound } = await kit.get('read call log');
    // Where a short text does not come back either, the length is not what matters.
    if (!bodyFound || (created.outcome.kind !== 'refused' && !empty))
      return { ...created, read, limit: null };
    // How soon a short text came back is known: no need to wait out the settle limit for each of these.
    const patience = 1 + 2 * (afterSeconds ?? 0);
    const short = draftCall(kit, contact, 'second call');
    const limit = await findTextLimit(
      { accepted: writtenText(kit.profile, short).length, refused: longText },
      async (length) => {
        const tried = await createCallLog(kit, longDraft(kit, contact, length));
        if (tried.outcome.kind === 'refused') return false;
        if (tried.outcome.kind !== 'ok') return null;
        return empty ? !(await readLong(kit, crm, tried, patience)).empty : true;
      },
    );
    return { ...created, read, limit };
  },
} satisfies Partial<Makers>;

async function createSideBySide(kit: Kit, calls: readonly [string, Special][]): Promise<CreatedCallLog[]> {
  const { contact } = await kit.get('second call log');
  return sideBySide(calls, ([title, special]) => createCallLog(kit, draftCall(kit, contact, title, special)));
}

/** Few bytes, so that it fits where 255 bytes fit: each sign stands for a kind that is lost in a way of its own. */
const characters = 'Zoe\u0301 \u{1F600} \u{1F469}\u200d\u{1F467} שלום 東京\nline 2\n\nline 4';

/** The signs that mean something somewhere, and the parts of a log whose marks App Connect must find again. */
function markup(format: LogFormat): Special {
  const signs = `5 < 6 > 4 & "ok" 'yes'`;
  // In HTML an address in angle brackets is a tag, which no reader would see.
  if (format === 'text/plain') return { text: `${signs} Ann <ann@a.example>` };
  return { text: signs, parts: { recordingLink: 'https://a.example/1', aiNote: 'AI' } };
}

/** The latest moment, a day ago or more, whose day and month could be exchanged, and with seconds that could be lost. */
export function tellingStart(now: number): Date {
  const start = new Date(now - 86_400_000);
  while (start.getUTCDate() > 12 || start.getUTCDate() === start.getUTCMonth() + 1)
    start.setUTCDate(start.getUTCDate() - 1);
  start.setUTCHours(14, 41, 27, 0);
  return start;
}

/** A call whose text, as the profile writes it, has this length in characters. */
function longDraft(kit: Kit, contact: ContactInfo, length: number): CallLogDraft {
  const filled = (words: number): CallLogDraft => {
    const filler = 'and so on '.repeat(Math.ceil(words / 10)).slice(0, Math.max(0, words));
    return draftCall(kit, contact, 'long call', { text: `${filler}to the end` });
  };
  const rest = length - writtenText(kit.profile, filled(0)).length;
  return filled(rest);
}

/** The long text, read until something of it is there. */
async function readLong(
  kit: Kit,
  crm: Crm,
  { outcome, draft }: CreatedCallLog,
  seconds: number,
): Promise<{ read: Outcome<LogRecord> | null; empty: boolean }> {
  const id = outcome.kind === 'ok' ? outcome.value.id : null;
  if (id === null) return { read: null, empty: false };
  const { answer: read } = await poll(
    kit.clock,
    seconds,
    () => crm.getCallLog(id, draft.contact.id),
    (one) => one.kind === 'ok' && holdsText(one.value, draft),
  );
  return { read, empty: read.kind === 'ok' && !holdsText(read.value, draft) };
}

/** Whether anything of the text came back. Unmapped, it is looked for in the raw answer by its beginning. */
function holdsText(record: LogRecord, { note }: CallLogDraft): boolean {
  return textOf(record).trim() !== '' || contains(record.raw, note.slice(0, 30));
}
