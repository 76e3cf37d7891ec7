import type { OperationContext } from '../../operation/run.ts';
import type { OAuthClient } from '../oauth/client.ts';
import { type Renewal, tokenCredential } from '../oauth/credential.ts';
import { refresh } from '../oauth/grants.ts';
import { describeRefusal, type Obtained } from '../obtained.ts';
import type { Kept, Refresh, TokenKeeper } from './keeper.ts';

/** Tokens of an earlier login, refreshed where they need it; only their keeper spends the refresh token. */
export async function fromKeeper(
  { profile, transport }: OperationContext,
  client: OAuthClient,
  keeper: TokenKeeper,
): Promise<Obtained> {
  let way = client.clientAuth;
  const spend: Refresh = ({ refreshToken, clientAuth }) => {
    way = clientAuth;
    return refresh(transport, client, refreshToken, { clientAuth });
  };
  const kept = await keeper.give(null, spend).catch(keeperFailed);
  const renewal: Renewal = async ({ accessToken }) =>
    (await keeper.give(accessToken, spend).catch(keeperFailed)).tokens;
  const refused =
    kept.answer?.kind === 'answered' && !kept.answer.tokens ? describeRefusal(kept.answer) : null;
  const token = refused === null ? kept.answer : null;
  // A stored refresh token that is refused may have been spent elsewhere: that is no answer of the CRM to App Connect.
  const notSpent = refused === null ? kept.notSpent : `the stored refresh token is refused (${refused})`;
  const base = { grants: [], token, client: { ...client, clientAuth: way }, ...(notSpent && { notSpent }) };
  if (kept.tokens) {
    const credential = tokenCredential(profile, client, kept.tokens, keeper.obtained, renewal);
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
  return { ...base, credential: null, failure: { requirement: 'oauth.refresh', kind: 'person', reason } };
}

/** Nothing was sent: the run can only say so. */
function keeperFailed(error: unknown): Kept {
  const message = error instanceof Error ? error.message : String(error);
  return { tokens: null, answer: null, notSpent: message };
}
