import type { AuthorizerFor } from '../auth/oauth/grants-for-codes.ts';
import { type SignIn, type SignInOptions, signIn } from '../auth/sign-in.ts';
import { inPlaceOf } from '../auth/stored/keeper.ts';
import { Crm } from '../crm/crm.ts';
import type { Ownership } from '../crm/privacy.ts';
import type { OperationContext } from '../operation/step.ts';

/**
 * Signs in, and tries a stored access token before anything is said of the CRM: a token that somebody obtained some
 * time ago may have been ended since. Where it is refused with a 401, its refresh token is spent.
 */
export async function signInTried(
  context: OperationContext,
  own: Ownership,
  first: AuthorizerFor,
  options: SignInOptions,
): Promise<SignIn> {
  const { keeper } = options;
  const stored = await signIn(context, first, options);
  const refused = await refusalOf(stored, context, own);
  if (refused === null) return stored;
  const { accessToken } = stored.session?.tokens ?? {};
  if (refused !== 401 || !keeper || !stored.spendable || accessToken === undefined)
    return ended(stored, refused);
  const renewed = await signIn(context, first, { ...options, keeper: inPlaceOf(accessToken, keeper) });
  // Another run may have been first: what that one kept is tried as well.
  const again = await refusalOf(renewed, context, own);
  return again === null ? renewed : ended(renewed, again);
}

/** The status with which a stored access token is refused; null: it is not, or it is the CRM's newest. */
async function refusalOf(
  { session, notSpent }: SignIn,
  context: OperationContext,
  own: Ownership,
): Promise<number | null> {
  if (!session || notSpent === undefined) return null;
  const crm = new Crm(context, session, own);
  if (!crm.describes('getUserInfo')) return null;
  const outcome = await crm.getUserInfo({ emptyBody: false });
  return outcome.kind === 'refused' && [401, 403].includes(outcome.status) ? outcome.status : null;
}

function ended(signedIn: SignIn, status: number): SignIn {
  const reason = `the stored login is refused (HTTP ${status}; ${signedIn.notSpent}): log in again (crm-ready login)`;
  return { ...signedIn, session: null, failure: { requirement: 'oauth.refresh', kind: 'person', reason } };
}
