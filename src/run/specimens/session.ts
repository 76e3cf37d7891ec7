import { isDeepStrictEqual } from 'node:util';
import { obtainGrant } from '../../auth/oauth/grants.ts';
import { signInAgain } from '../../auth/sign-in.ts';
import type { CurrentUser, Refusals } from '../../checks/current-user/specimens.ts';
import { signOfLife } from '../../checks/logout/alive.ts';
import type { Logout, SecondSession } from '../../checks/logout/specimens.ts';
import { whyNoCode } from '../../checks/oauth/own-code.ts';
import { answered, askWithBadInput, outcomeFacts } from '../../checks/outcome-facts.ts';
import { Crm } from '../../crm/crm.ts';
import { sideBySide } from '../../http/context.ts';
import type { Outcome } from '../../operation/types.ts';
import type { Profile } from '../../profile/types.ts';
import { signInTried } from '../sign-in.ts';
import { type Makers, miss } from './kit.ts';

/** How the run comes by its session, and what the CRM says to it. */
export const sessionMakers = {
  'sign-in': ({ operations, own, authorizerFor, authorizerAgain, keeper }) =>
    signInTried(operations, own, authorizerFor, { again: authorizerAgain, keeper }),

  session: async ({ get }) => {
    const { session, failure, notSpent } = await get('sign-in');
    if (session) return session;
    if (failure?.kind === 'person') {
      const advice = notSpent === undefined ? ': log in first (crm-ready login), or hand in a token' : '';
      throw miss('inconclusive', null, `${failure.reason}${advice}`);
    }
    throw miss(
      'blocked',
      failure?.requirement ?? 'auth.accepted',
      failure?.reason ?? 'there is no credential',
    );
  },

  'oauth client': async ({ get, authorizerAgain }) => {
    const { client } = await get('sign-in');
    if (!client) throw miss('not-applicable', null, 'the credential is no OAuth credential');
    return { client, authorizer: authorizerAgain(client) };
  },

  'spare grant': async ({ get, operations: { transport } }) => {
    const [{ grants, token, session, failure, notSpent }, { client, authorizer }] = await Promise.all([
      get('sign-in'),
      get('oauth client'),
    ]);
    if (token) {
      // The refresh that the run began with is what is judged.
      await get('sign-in', 'evidence');
      return { kind: 'refreshed', token };
    }
    const last = grants.at(-1);
    if (!last) {
      if (failure?.kind === 'person') throw miss('inconclusive', null, failure.reason);
      if (session) {
        const reason = notSpent ?? 'the token was handed in: refreshing might replace the one you keep';
        throw miss('inconclusive', null, reason);
      }
      throw miss('blocked', 'oauth.authorize', 'no authorization was had');
    }
    if (last.authorization.kind === 'page') throw miss('inconclusive', null, whyNoCode(last.authorization));
    if (last.authorization.kind !== 'code')
      throw miss('blocked', 'oauth.authorize', 'no authorization code was had');
    if (last.token?.kind !== 'answered' || !last.token.tokens)
      throw miss('blocked', 'oauth.code-exchange', 'no token was had');
    const grant = await obtainGrant(transport, client, authorizer, last.variant);
    const { authorization } = grant;
    if (authorization.kind === 'page') throw miss('inconclusive', null, whyNoCode(authorization));
    return { kind: 'grant', grant };
  },

  'current user': async ({ get, operations, own, profile }): Promise<CurrentUser> => {
    const session = await get('session');
    const crm = new Crm(operations, session, own);
    if (!crm.describes('getUserInfo')) throw miss('not-described', null, 'add operations.getUserInfo');
    if (!startsWithGet(profile)) {
      const outcome = await crm.getUserInfo({ emptyBody: false });
      return { withBody: null, withoutBody: outcomeFacts(outcome), outcome, emptyBody: true };
    }
    const first = await crm.getUserInfo({ emptyBody: true });
    const withBody = outcomeFacts(first);
    if (first.kind === 'ok') {
      const again = await crm.getUserInfo({ emptyBody: true });
      const unread = again.kind === 'ok' ? null : await unreadBody(crm, again);
      if (unread) return { ...unread, outcome: first, again, emptyBody: false };
      return { withBody, withoutBody: null, outcome: first, again, emptyBody: true };
    }
    const second = await crm.getUserInfo({ emptyBody: false });
    const withoutBody = outcomeFacts(second);
    if (second.kind !== 'ok') return { withBody, withoutBody, outcome: first, emptyBody: true };
    // What failed once may have had any reason (a token that is not known everywhere yet, say); only what fails with
    // the body again is the body's doing.
    const again = await crm.getUserInfo({ emptyBody: true });
    const outcome = again.kind === 'ok' ? again : second;
    return { withBody: outcomeFacts(again), withoutBody, outcome, emptyBody: again.kind === 'ok' };
  },

  'first answer': async ({ get, operations, own, numbers }) => {
    const session = await get('session');
    const crm = new Crm(operations, session, own);
    if (crm.describes('getUserInfo')) return outcomeFacts((await get('current user', 'evidence')).outcome);
    const number = numbers.draw();
    const ask = async (through: Crm) =>
      outcomeFacts(await through.findContact({ text: number, e164: number }));
    const first = await ask(crm);
    if (first.kind !== 'refused' || first.unmasked || [401, 403].includes(first.status ?? 0)) return first;
    // Some say "nobody has this number" with a 404: a wrong credential is then answered in another way.
    return { ...first, wrong: await ask(crm.through(session.as('tampered'))) };
  },

  crm: async ({ get, operations, own }) => {
    const session = await get('session');
    const crm = new Crm(operations, session, own);
    if (!crm.describes('getUserInfo')) {
      // Without a current-user call the credential shows its worth with the first other request.
      const first = await get('first answer', 'evidence');
      if (first.kind === 'refused' && (first.status === 401 || first.status === 403))
        throw miss('blocked', 'auth.accepted', first.message || `HTTP ${first.status}`);
      return crm;
    }
    const user = await get('current user');
    if (user.outcome.kind !== 'ok') throw miss('blocked', 'auth.accepted', said(user.outcome));
    return crm.withKeyOf(user.outcome.answer).knowing(user.outcome.value.id, user.emptyBody);
  },

  'user zone': async ({ get }) => {
    const crm = await get('crm');
    if (!crm.describes('getUserInfo')) return null;
    const { outcome } = await get('current user');
    return outcome.kind === 'ok' ? outcome.value.timezone : null;
  },

  refusals: async ({ get, numbers, profile }): Promise<Refusals> => {
    const crm = await get('crm');
    const wrong = crm.through(crm.session.as('tampered'));
    const missing = crm.through(crm.session.as('absent'));
    const asked = crm.describes('getUserInfo') ? 'getUserInfo' : 'findContact';
    if (!crm.describes(asked)) throw miss('not-described', null, 'add operations.getUserInfo');
    if (profile.auth.type === 'none' && Object.keys(profile.secrets).length === 0) {
      throw miss('inconclusive', null, 'the profile names no credential that could be left out');
    }
    const number = numbers.draw();
    const ask = (through: Crm): Promise<Outcome<unknown>> =>
      asked === 'getUserInfo' ? through.getUserInfo() : through.findContact({ text: number, e164: number });
    const [wrongAnswer, missingAnswer] = await sideBySide([wrong, missing], async (through) => {
      return askWithBadInput(
        () => ask(through),
        () => ask(crm),
      );
    });
    if (!wrongAnswer || !missingAnswer) throw new Error('both were asked');
    const { outcome } = wrongAnswer;
    const wrongLocation = outcome.kind === 'refused' ? (outcome.answer.headers.location ?? null) : null;
    return { operation: asked, wrong: wrongAnswer.facts, wrongLocation, missing: missingAnswer.facts };
  },

  'second session': async ({ get, operations, authorizerAgain, profile }): Promise<SecondSession> => {
    const [crm, signedIn] = await Promise.all([get('crm'), get('sign-in')]);
    if (!crm.session.obtained) {
      if (isPersonal(profile)) throw miss('not-applicable', null, 'a personal credential has no sessions');
      throw miss('inconclusive', null, 'the credential was handed in, so no second session was signed in');
    }
    const again = await signInAgain(operations, { ...signedIn, session: crm.session }, authorizerAgain);
    if (again.kind === 'page') throw miss('inconclusive', null, whyNoCode(again));
    if (again.kind === 'none') {
      throw miss('inconclusive', null, `a second session could not be had: ${again.reason}`);
    }
    const { session } = again;
    const first = await crm.session.fresh();
    if (isDeepStrictEqual(session.variables, first.variables)) {
      throw miss('not-applicable', null, 'a second sign-in gives the same token: there is no other session');
    }
    const [refusals, unknown] = await Promise.all([get('refusals'), get('unknown number')]);
    const [second, firstAnswer] = await sideBySide([crm.through(session), crm], (through) =>
      signOfLife(through, refusals, unknown)(),
    );
    if (second?.kind !== 'ok' || !firstAnswer) {
      throw miss('inconclusive', null, 'the second session was not accepted');
    }
    return { session, firstAlive: firstAnswer.kind !== 'refused' };
  },

  logout: async ({ get, peek, profile, settings, clock }): Promise<Logout> => {
    const crm = await get('crm');
    const second = await peek('second session');
    // A session that the second sign-in has ended cannot be seen to die.
    const current = second?.firstAlive === false ? second.session : await crm.session.fresh();
    const described = profile.operations.unAuthorize;
    if (isPersonal(profile) && !crm.describes('unAuthorize')) return { kind: 'by design' };
    if (described === undefined) throw miss('not-described', null, 'add operations.unAuthorize');
    if (described.kind !== 'notSupported' && !current.obtained && !settings.revokeShared) {
      throw miss('inconclusive', null, 'the credential was handed in: --revoke-shared would revoke it');
    }
    const ended = current.ended();
    if (ended !== null) throw miss('inconclusive', null, ended);
    // From here on nothing is renewed: a token must be seen to die, and not of old age.
    const session = (await current.fresh({ leftMs: settings.revokeWaitSeconds * 1000 })).pinned();
    const outcome = outcomeFacts(await crm.through(session).endSession());
    return { kind: 'asked', outcome, session, at: clock.now() };
  },
} satisfies Partial<Makers>;

/** What a server says to a request line that begins with the body of the request before it. */
const notUnderstood: readonly (number | null)[] = [400, 405, 501, 505];

/**
 * A server that does not read the body of a GET takes it for the beginning of the next request on the connection.
 * @param again its answer to the second of two requests that are alike, of which it has accepted the first
 * @returns null: the second failed for another reason
 */
async function unreadBody(
  crm: Crm,
  again: Outcome<unknown>,
): Promise<Pick<CurrentUser, 'withBody' | 'withoutBody' | 'isUnread'> | null> {
  const withBody = outcomeFacts(again);
  if (!notUnderstood.includes(withBody.status)) return null;
  const without = await crm.getUserInfo({ emptyBody: false });
  return without.kind === 'ok' ? { withBody, withoutBody: outcomeFacts(without), isUnread: true } : null;
}

/** A credential that a person made for good, and that no sign-in gave. */
function isPersonal({ auth }: Profile): boolean {
  return ['none', 'apiKey', 'basic', 'bearer', 'headers'].includes(auth.type);
}

function startsWithGet({ operations, language }: Profile): boolean {
  const operation = operations.getUserInfo;
  if (operation?.kind !== 'sequence') return true;
  const first = operation.steps[0];
  return (
    first?.method === 'GET' &&
    (language === 'proxyConfig' || (first.body === undefined && first.bodyType !== 'none'))
  );
}

function said(outcome: Outcome<unknown>): string {
  return answered(outcomeFacts(outcome));
}
