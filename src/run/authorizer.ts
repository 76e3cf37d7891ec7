import type { OAuthClient } from '../auth/oauth/client.ts';
import { type Authorizer, silentAuthorizer } from '../auth/oauth/grants.ts';
import type { Transport } from '../http/types.ts';

/** How codes are obtained with somebody's help. */
type Person = (client: OAuthClient) => Authorizer;

/** A code by the server itself; where a page for a person answers, by that person if there is one. */
export function authorizer(
  transport: Transport,
  client: OAuthClient,
  person: Person | undefined,
): Authorizer {
  const silent = silentAuthorizer(transport, client);
  return async (request) => {
    const outcome = await silent(request);
    if (outcome.kind !== 'page' || !person) return outcome;
    // Where login pages are described and do not fit, that is what somebody must hear of.
    return outcome.problem === undefined ? person(client)(request) : outcome;
  };
}

/** A person logs in once at a time, however many requirements wait for a code. */
export function oneAtATime(person: Person): Person {
  let last: Promise<unknown> = Promise.resolve();
  return (client) => (request) => {
    const turn = last.then(() => person(client)(request));
    last = turn.catch(() => {});
    return turn;
  };
}
