import { isAuthorizationCode } from '../../auth/sign-in.ts';
import { defineCheck } from '../define-check.ts';
import { links } from '../links.ts';
import { Unanswerable } from '../unanswerable.ts';
import { scopesAsked, scopesGranted, scopesNeeded } from './scopes-told.ts';

export default defineCheck({
  id: 'beyond.scopes',
  item: 'beyond',
  level: 'info',
  title: 'tells which OAuth scopes were granted, and which an operation needs',
  why: 'With a scope too few, users can connect and then find that nothing is logged; with one too many, their administrators refuse.',
  remedy: {
    vendor:
      'Name the scopes that were granted in the token response, and the ones that are wanted in a 403 (`WWW-Authenticate: Bearer error="insufficient_scope", scope="…"`).',
    integrator: 'Ask for the scopes that the operations need, and for no others.',
  },
  judged: {
    asks: 'Nothing is sent: the token response and the answers of this run are looked at (`scope`; `WWW-Authenticate`; `X-Accepted-OAuth-Scopes`; `requiredScopes` and the like in a refusal).',
    pass: 'always: what was granted of what the profile asks for, and what the answers say that each operation needs',
    notApplicable: 'no OAuth login, and no answer speaks of scopes',
  },
  links: [links.tokenResponse, links.bearerErrors],
  needs: ['first answer'],
  phase: 'last',
  async observe({ operations: { transport }, profile: { auth } }) {
    const needed = scopesNeeded(transport.exchanges);
    const granted = scopesGranted(transport.exchanges);
    const asked = isAuthorizationCode(auth) ? scopesAsked(auth.scope) : null;
    if (asked === null && granted === null && needed.length === 0) {
      throw new Unanswerable({
        verdict: 'not-applicable',
        by: null,
        reason: 'no OAuth login, and no answer speaks of scopes',
      });
    }
    return { asked, granted, needed };
  },
  judge({ asked, granted, needed }) {
    const withheld = granted === null ? [] : (asked ?? []).filter((scope) => !granted.includes(scope));
    const has =
      granted === null
        ? `the token response names no scopes${asked?.length ? `, so that those asked for count as granted: ${asked.join(', ')}` : ''}`
        : granted.length === 0
          ? 'no scope was granted'
          : `granted: ${granted.join(', ')}`;
    const wants = needed.map(({ operation, scopes, refused }) => {
      const verb = refused ? 'is refused for want of' : 'names';
      return `${operation} ${verb} ${scopes.join(', ')}`;
    });
    return {
      verdict: 'pass',
      summary: [
        has,
        ...(withheld.length > 0 ? [`asked for, and not granted: ${withheld.join(', ')}`] : []),
        ...(wants.length > 0 ? wants : ['no answer tells what an operation needs']),
      ].join('; '),
    };
  },
});
