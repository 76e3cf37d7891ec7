import { defineCheck } from '../define-check.ts';
import { links } from '../links.ts';
import { asksOAuth } from './facts.ts';
import { codeOf } from './grant-of.ts';

export default defineCheck({
  id: 'oauth.state',
  item: 'oauth',
  level: 'must',
  title: 'returns state unchanged, beside the code',
  why: 'App Connect puts the platform name into state and reads it from the callback: without it nobody knows which CRM the code is for.',
  remedy: {
    vendor:
      'Copy the state parameter from the authorization request to the redirect, character for character.',
    integrator: 'None in proxy mode: the client needs the state that it sent.',
  },
  judged: {
    asks: 'Code and state are read from the `Location` that points at the redirect URI.',
    pass: '`state` is the same, character for character',
    fail: '`state` is missing or changed',
    inconclusive: 'the login page needs a person, or a token was handed in, so that no code was seen',
  },
  links: [links.auth, links.authorizationResponse],
  asks: asksOAuth,
  needs: ['sign-in', 'oauth client'],
  async observe(_context, have) {
    const authorization = codeOf(have['sign-in']);
    return { sent: have['oauth client'].client.state, returned: authorization.state };
  },
  judge({ sent, returned }) {
    if (returned === sent) return { verdict: 'pass', summary: 'state came back unchanged' };
    const expected = `state=${sent}`;
    const observed = returned === null ? 'no state in the callback' : `state=${returned}`;
    return {
      verdict: 'fail',
      summary: returned === null ? 'state is dropped' : 'state is changed',
      expected,
      observed,
    };
  },
});
