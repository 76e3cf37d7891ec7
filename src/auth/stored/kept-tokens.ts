import type { OperationContext } from '../../operation/step.ts';
import type { OAuthClient } from '../oauth/client.ts';
import { type Renewal, tokenCredential } from '../oauth/credential.ts';
import { refresh } from '../oauth/grants.ts';
import { describeRefusal, nothing, type Obtained, renewedBy, type SignInFailure } from '../obtained.ts';
import type { NotRenewed } from '../session.ts';
import { type Kept, messageOf, type Refresh, type TokenKeeper } from './keeper.ts';

/** Tokens of an earlier login, refreshed where they need it; only their keeper spends the refresh token. */
export async function fromKeeper(
  { profile, transport }: OperationContext,
  client: OAuthClient,
  keeper: TokenKeeper,
): Promise<Obtained> {
  let way = client.clientAuth;
  const spend: Refresh = ({ refreshToken, clientAuth }) => {
    way = clientAuth;
    // Neither Ctrl-C nor a deadline may lose the refresh token that takes its place.
    return refresh(transport, client, refreshToken, { clientAuth, toTheEnd: true });
  };
  const renewal: Renewal = async ({ accessToken }) => {
    try {
      const { tokens, answer, notSpent } = await keeper.give(accessToken, spend);
      if (tokens) return { kind: 'renewed', value: tokens };
      return answer ? renewedBy(answer) : notRenewed(notSpent ?? 'there is no token', 'never');
    } catch (error) {
      return notRenewed(messageOf(error), 'later');
    }
  };
  let kept: Kept;
  try {
    kept = await keeper.give(null, spend);
  } catch (error) {
    // Nothing was sent: the run can only say so.
    const notSpent = messageOf(error);
    return { ...nothing, client, credential: null, notSpent, failure: ours(notSpent) };
  }
  const refused =
    kept.answer?.kind === 'answered' && !kept.answer.tokens ? describeRefusal(kept.answer) : null;
  const token = refused === null ? kept.answer : null;
  // A stored refresh token that is refused may have been spent elsewhere: that is no answer of the CRM to App Connect.
  const notSpent = refused === null ? kept.notSpent : `the stored refresh token is refused (${refused})`;
  const base = {
    grants: [],
    token,
    client: { ...client, clientAuth: way },
    ...(notSpent && { notSpent }),
    ...(kept.spendable && { spendable: true }),
  };
  if (kept.tokens) {
    // What somebody obtained before, or keeps for the next run, counts as handed in.
    const credential = tokenCredential(profile, client, kept.tokens, false, renewal);
    return { ...base, failure: null, credential };
  }
  if (kept.answer?.kind === 'trouble') {
    const { message } = kept.answer;
    return {
      ...base,
      credential: null,
      failure: { requirement: 'oauth.refresh', kind: 'trouble', reason: message },
    };
  }
  const ended = `the stored login has ended (${notSpent ?? 'its access token has expired'})`;
  const reason = `${ended}: log in again (crm-ready login)`;
  return { ...base, credential: null, failure: ours(reason) };
}

function notRenewed(reason: string, again: NotRenewed['again']): NotRenewed {
  return { kind: 'not renewed', reason, again };
}

/** Not the CRM's: somebody must do something here. */
function ours(reason: string): SignInFailure {
  return { requirement: 'oauth.refresh', kind: 'person', reason };
}
