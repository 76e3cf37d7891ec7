import { isSameId } from '../../crm/ids.ts';
import { asId } from '../../crm/read-answer.ts';
import type { RecordId } from '../../crm/types.ts';
import { defineCheck } from '../define-check.ts';
import { links } from '../links.ts';
import { missFrom, outcomeFacts } from '../outcome-facts.ts';
import { Unanswerable } from '../unanswerable.ts';
import { inWords, lastKey, leaves } from './leaves.ts';
import { unknownLike } from './unknown-like.ts';

interface Facts {
  contactId: string;
  /** `mapped`: contactIdPath; `list`: the contact's activities; `raw`: the id stands in the answer. */
  seenBy: 'mapped' | 'list' | 'raw';
  linked: boolean;
  /** What the mapped path gave instead. */
  instead: string | null;
}

export default defineCheck({
  id: 'activity.linked',
  item: 'activity',
  level: 'must',
  title: 'shows the record as belonging to the contact',
  why: 'A call that is logged to nobody is found by nobody.',
  remedy: {
    vendor: 'Store the contact that the creation names, and return it with the record.',
    integrator: 'Link the record in a second request (`steps` in the profile, a connector with code).',
  },
  judged: {
    asks: 'Looked for in this order: `contactIdPath` of `getCallLog`, the id of the contact anywhere in the raw answer, `listCallLogs`. An id of less than six characters, or one that the record has as well, counts only under a key that names a contact: `contactId`, `person.id`.',
    pass: 'one of them shows the contact',
    inconclusive: 'only the list has the record, and has it for a contact that does not exist, too',
    fail: 'another contact, or none, is named',
    notDescribed: 'none of the three shows anything',
  },
  links: [links.loggingCalls],
  operations: ['getCallLog', 'createCallLog'],
  needs: ['crm', 'read call log'],
  async observe({ settled, profile, seed }, have): Promise<Facts> {
    const { crm, 'read call log': read } = have;
    const { contact, id } = read.specimen;
    const contactId = String(contact.id);
    const not = (seenBy: Facts['seenBy'], instead: string): Facts => {
      if (!read.specimen.fixture || profile.fixtures.callLog?.contactId !== undefined)
        return { contactId, seenBy, linked: false, instead };
      const reason = 'read-only: say whose the record is under fixtures.callLog.contactId';
      throw new Unanswerable({ verdict: 'inconclusive', by: null, reason });
    };
    if (read.outcome.kind === 'ok') {
      const { contactId: mapped, raw } = read.outcome.value;
      const inRecord = standsIn(raw, contactId, String(id));
      // A path that finds nothing, beside an id that is there, is a slip of the profile.
      if (mapped !== undefined && (mapped !== null || !inRecord)) {
        if (!isSameId(mapped, contact.id)) return not('mapped', String(mapped ?? 'nobody'));
        return { contactId, seenBy: 'mapped', linked: true, instead: null };
      }
      if (inRecord) return { contactId, seenBy: 'raw', linked: true, instead: null };
    }
    if (crm.describes('listCallLogs')) {
      const holds = (ids: readonly RecordId[]) => ids.some((one) => isSameId(one, id));
      const { answer: list } = await settled(
        () => crm.listCallLogs(contact.id),
        (one) => one.kind !== 'trouble' && (one.kind !== 'ok' || holds(one.value)),
      );
      if (list.kind !== 'ok') {
        const { message, status } = outcomeFacts(list);
        const reason = `the contact's list of records could not be read: ${message || `HTTP ${status}`}`;
        throw new Unanswerable({ verdict: 'inconclusive', by: null, reason });
      }
      if (!holds(list.value)) return not('list', `${list.value.length} other records`);
      const nobodys = await crm.listCallLogs(unknownLike(contact.id, seed));
      if (nobodys.kind === 'trouble')
        throw new Unanswerable({ verdict: 'inconclusive', by: null, reason: nobodys.message });
      if (nobodys.kind === 'ok' && holds(nobodys.value)) {
        const reason =
          'the list of a contact that does not exist has the record, too: it shows of nobody whose it is';
        throw new Unanswerable({ verdict: 'inconclusive', by: null, reason });
      }
      return { contactId, seenBy: 'list', linked: true, instead: null };
    }
    if (read.outcome.kind !== 'ok')
      throw new Unanswerable(missFrom(outcomeFacts(read.outcome), 'activity.read'));
    throw new Unanswerable({
      verdict: 'not-described',
      by: null,
      reason:
        'nothing in the record is surely the id of its contact: add operations.getCallLog.responseMapping.contactIdPath, or operations.listCallLogs',
    });
  },
  judge({ contactId, seenBy, linked, instead }) {
    const by = {
      mapped: 'the record names the contact',
      list: "it is in the contact's list",
      raw: "the contact's id stands in the record",
    };
    if (linked) return { verdict: 'pass', summary: by[seenBy] };
    return {
      verdict: 'fail',
      summary: 'the record does not belong to the contact',
      expected: `the contact ${contactId}`,
      observed: instead ?? 'nobody',
    };
  },
});

/** A key that names the one whom a call is with, or the id of that one. */
const ofPerson =
  /(?<![a-z])(contact|person|people|party|parties|partner|lead|who|related)s?(_?to)?(_?ids?)?$/i;

/** Whether the contact's id is a value of the answer, and can be nothing else there. */
function standsIn(raw: unknown, contactId: string, recordId: string): boolean {
  const found = leaves(raw).filter(([, value]) => isSameId(asId(value), contactId));
  // A short id (`1`) may be anything's, and the same number may be the record's own.
  if (contactId.length >= 6 && contactId !== recordId) return found.length > 0;
  return found.some(([path]) => {
    const keys = /^_?ids?$/i.test(lastKey(path)) ? path.split('.') : [lastKey(path)];
    return keys.some((key) => ofPerson.test(inWords(key)));
  });
}
