import type { Crm } from '../../crm/crm.ts';
import type { Outcome } from '../../operation/types.ts';
import type { Refusals } from '../current-user/specimens.ts';
import type { OutcomeFacts } from '../outcome-facts.ts';
import type { UnknownNumber } from '../phone-lookup/specimens.ts';
import { Unanswerable } from '../unanswerable.ts';

/**
 * A call that shows whether a session is alive: the current-user call, or a search for a number that nobody has.
 * @throws {Unanswerable} where no call of the profile tells a good credential from a wrong one
 */
export function signOfLife(
  crm: Crm,
  { operation, wrong }: Refusals,
  { phoneNumber }: UnknownNumber,
): () => Promise<Outcome<unknown>> {
  // A call that lets a wrong credential in cannot show that a right one has died.
  if (operation === 'getUserInfo' && wrong.kind === 'refused' && !signsInAgain(crm))
    return () => crm.getUserInfo();
  const asked = crm.toSeeRefusals();
  if (!crm.describes('findContact')) {
    const reason = 'no call of the profile tells a good credential from a wrong one';
    throw new Unanswerable({ verdict: 'blocked', by: 'user.validates', reason });
  }
  return () => asked.findContact({ text: phoneNumber, e164: phoneNumber });
}

/** Where getUserInfo is the login: it gives another key for the one that was typed, which no logout ends. */
function signsInAgain({ session: { proxy } }: Crm): boolean {
  return proxy.authType === 'apiKey' && proxy.accessToken !== undefined;
}

/** Not sent at all, for want of requests or of time: so it will be with every further one. */
export function isHeldBack({ kind, status, exchange }: OutcomeFacts): boolean {
  return kind === 'trouble' && status === null && exchange === null;
}

/** Seconds by which the CRM may have begun to count before us. */
const margin = 2;

/**
 * Whether a token that is found dead may have died by itself.
 * @param dead when it was found dead, in seconds
 * @param expires when it was due to expire, counted from the same moment
 */
export function diedOfAge(dead: number, expires: number): boolean {
  return dead > expires - margin;
}
