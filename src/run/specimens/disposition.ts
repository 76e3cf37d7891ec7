import { unnamedChanges } from '../../checks/activity/leaves.ts';
import type { CallDisposition } from '../../checks/activity/specimens.ts';
import { outcomeFacts } from '../../checks/outcome-facts.ts';
import { isAnothersLog } from '../../crm/another.ts';
import { asObject } from '../../profile/json.ts';
import type { Profile } from '../../profile/types.ts';
import { poll } from '../clock.ts';
import { type Makers, miss } from './kit.ts';

/** The disposition of a call that the run made. */
export const dispositionMakers = {
  'call disposition': async ({ get, peek, clock, profile, marker }): Promise<CallDisposition> => {
    const crm = await get('crm');
    const { id, contact, fixture } = await get('call log');
    // Whoever compares this record before and after an update must have done so.
    for (const name of ['read call log', 'call log pair', 'updated call log'] as const)
      if ((await peek(name)) !== null) await get(name);
    const before = await crm.getCallLog(id, contact.id);
    if (before.kind === 'ok' && !fixture && isAnothersLog(before.value, contact.id, crm.isOwnText))
      throw miss('blocked', 'activity.read', 'the id that its creation gave is that of another record');
    const outcome = await crm.upsertCallDisposition(id, dispositionsOf(profile, marker));
    const answer = outcomeFacts(outcome);
    if (outcome.kind !== 'ok' || before.kind !== 'ok') return { answer, changes: null };
    const { raw } = before.value;
    const { answer: changes } = await poll(
      clock,
      profile.settleSeconds,
      async () => {
        const after = await crm.getCallLog(id, contact.id);
        return after.kind === 'ok' ? changesBetween(raw, after.value.raw) : null;
      },
      (found) => found !== null && found.length > 0,
    );
    return { answer, changes };
  },
} satisfies Partial<Makers>;

/** What changed, and what is new. */
function changesBetween(before: unknown, after: unknown): CallDisposition['changes'] {
  const added = unnamedChanges(after, before, []).filter((change) => change.after === null);
  return [
    ...unnamedChanges(before, after, []),
    ...added.map(({ path, before: value }) => ({ path, before: '', after: value })),
  ].slice(0, 20);
}

/** The profile's own under `testData.dispositions`; any other field that its templates name gets the run's marker. */
function dispositionsOf({ document, testData }: Profile, marker: string): Record<string, unknown> {
  const written = JSON.stringify(asObject(asObject(document).operations).upsertCallDisposition ?? '');
  const named = [...written.matchAll(/\bdispositions\.([\w-]+)/g)].flatMap(([, name]) => name ?? []);
  return { ...Object.fromEntries(named.map((name) => [name, marker])), ...asObject(testData.dispositions) };
}
