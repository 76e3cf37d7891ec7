import type { RecordId } from '../../crm/types.ts';
import { defineCheck } from '../define-check.ts';
import { links } from '../links.ts';
import { missFrom, outcomeFacts } from '../outcome-facts.ts';
import { Unanswerable } from '../unanswerable.ts';
import { leaves } from './leaves.ts';

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
    asks: 'Looked for in this order: `contactIdPath` of `getCallLog`, the id of the contact anywhere in the raw answer, `listCallLogs`.',
    pass: 'one of them shows the contact',
    fail: 'another contact, or none, is named',
    notDescribed: 'none of the three shows anything',
  },
  links: [links.loggingCalls],
  operations: ['getCallLog', 'createCallLog'],
  needs: ['crm', 'read call log'],
  async observe({ settled }, have): Promise<Facts> {
    const { crm, 'read call log': read } = have;
    const { contact, id } = read.specimen;
    const contactId = String(contact.id);
    if (read.outcome.kind === 'ok') {
      const { contactId: mapped, raw } = read.outcome.value;
      const inRecord = standsIn(raw, contact.id);
      // A path that finds nothing, beside an id that is there, is a slip of the profile.
      if (mapped !== undefined && (mapped !== null || !inRecord)) {
        const linked = mapped !== null && String(mapped) === contactId;
        return { contactId, seenBy: 'mapped', linked, instead: linked ? null : String(mapped ?? 'nobody') };
      }
      if (inRecord) return { contactId, seenBy: 'raw', linked: true, instead: null };
    }
    if (crm.describes('listCallLogs')) {
      const holds = (ids: readonly RecordId[]) => ids.some((one) => String(one) === String(id));
      const { answer: list } = await settled(
        () => crm.listCallLogs(contact.id),
        (one) => one.kind !== 'trouble' && (one.kind !== 'ok' || holds(one.value)),
      );
      if (list.kind !== 'ok') {
        const { message, status } = outcomeFacts(list);
        const reason = `the contact's list of records could not be read: ${message || `HTTP ${status}`}`;
        throw new Unanswerable({ verdict: 'inconclusive', by: null, reason });
      }
      const linked = holds(list.value);
      const instead = linked ? null : `${list.value.length} other records`;
      return { contactId, seenBy: 'list', linked, instead };
    }
    if (read.outcome.kind !== 'ok')
      throw new Unanswerable(missFrom(outcomeFacts(read.outcome), 'activity.read'));
    throw new Unanswerable({
      verdict: 'not-described',
      by: null,
      reason:
        'the record does not show its contact: add operations.getCallLog.responseMapping.contactIdPath, or operations.listCallLogs',
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

/** The id as a value of the answer. A short one (`1`) proves something only under a key that speaks of a person. */
function standsIn(raw: unknown, id: RecordId): boolean {
  return leaves(raw).some(
    ([path, value]) =>
      String(value) === String(id) &&
      (String(id).length >= 6 || /contact|person|people|party|parent|lead|customer|who|relat/i.test(path)),
  );
}
