import type { CheckDefinition } from '../checks/define-check.ts';
import type { OperationName, Profile } from '../profile/types.ts';
import type { Judgement } from '../report/types.ts';

interface Unasked {
  judgement: Judgement;
  blockedBy: string | null;
}

/** The requirement that an operation belongs to: where it is missing, this one says so, and others are blocked by it. */
const owner: Partial<Record<OperationName, string>> = {
  getUserInfo: 'user.name',
  findContact: 'lookup.e164',
  createContact: 'contact.create',
  createCallLog: 'activity.create',
  getCallLog: 'activity.read',
  updateCallLog: 'activity.update',
  createMessageLog: 'activity.message',
  updateMessageLog: 'activity.message-update',
  findContactWithName: 'beyond.name-search',
  getUserList: 'beyond.user-list',
  upsertCallDisposition: 'beyond.dispositions',
};

function optedOut({ id, item }: CheckDefinition, { optOut }: Profile): string | null {
  const reason = optOut[id] ?? optOut[item];
  return reason === undefined ? null : `left out by the profile: ${reason}`;
}

function onlyReads({ writes = false }: CheckDefinition, readOnly: boolean): string | null {
  return writes && readOnly ? 'read-only: nothing is written, so this is not measured' : null;
}

/** Why a check is not to be asked: the profile says so, or it writes and nothing may be written. null: it may be. */
export function leftOut(check: CheckDefinition, profile: Profile, readOnly: boolean): string | null {
  return optedOut(check, profile) ?? onlyReads(check, readOnly);
}

/**
 * What there is to say of a check without asking anything: the profile leaves it out, or does not describe it, or it
 * writes in a run that only reads. @returns null when it is asked
 */
export function judgeUnasked(check: CheckDefinition, profile: Profile, readOnly: boolean): Unasked | null {
  const open = (summary: string | null): Unasked | null =>
    summary === null ? null : { judgement: { verdict: 'inconclusive', summary }, blockedBy: null };
  return (
    open(optedOut(check, profile)) ?? judgeUndescribed(check, profile) ?? open(onlyReads(check, readOnly))
  );
}

/**
 * What there is to say of a check whose operations the profile does not describe (a gap of the profile) or declares as
 * not supported (an answer, with its reason). @returns null when all of them are described
 */
function judgeUndescribed({ id, level, operations = [] }: CheckDefinition, profile: Profile): Unasked | null {
  const missing = operations.filter(
    (name) => (profile.operations[name]?.kind ?? 'notSupported') === 'notSupported',
  );
  const own = missing.find((name) => owner[name] === id);
  const name = own ?? missing[0];
  if (name === undefined) return null;
  const declared = profile.operations[name];
  const reason = declared?.kind === 'notSupported' ? declared.reason : null;
  if (own === undefined) {
    const summary =
      reason === null ? `the profile does not describe ${name}` : `${name} is not supported: ${reason}`;
    return { judgement: { verdict: 'blocked', summary }, blockedBy: owner[name] ?? null };
  }
  if (reason === null) {
    return {
      judgement: {
        verdict: 'not-described',
        summary: `the profile does not say how: add operations.${name}`,
      },
      blockedBy: null,
    };
  }
  // What is shown and not judged has been answered, by the profile.
  if (level === 'info') {
    return { judgement: { verdict: 'pass', summary: `not supported: ${reason}` }, blockedBy: null };
  }
  return {
    judgement: {
      verdict: 'fail',
      summary: `not supported: ${reason}`,
      expected: `a CRM that can: ${name}`,
      observed: `declared by the profile: ${reason}`,
    },
    blockedBy: null,
  };
}
