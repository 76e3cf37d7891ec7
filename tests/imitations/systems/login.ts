import { createHash } from 'node:crypto';
import { HttpResponse, http } from 'msw';
import type { Door } from '../door.ts';

export interface LoginHabits {
  /** Where a request carries its session. */
  carriedBy: { header: string; scheme?: string } | { query: string };
  /** vtiger: MD5 of a challenge and the key, in place of the key itself. */
  challenge?: boolean;
  /** A second header that must be there as well. */
  application?: { header: string; id: string };
  logout:
    | 'revokes'
    /** Answers 500, and the session works on. */
    | 'fails'
    /** Ends what renews the session, and answers 204: the session works on. */
    | 'leaves-access'
    /** Revokes, and answers neither a result nor an error. */
    | 'says-nothing'
    | 'absent';
  /** What a wrong name or password is answered with. */
  refuse: () => Response;
}

export const person = { IMITATION_USER: 'ida.imitation', IMITATION_PASSWORD: 'Correct-Horse-0420' };

/** A name and a password give a session. */
export function loginDoor(habits: LoginHabits): Door {
  const { carriedBy, application } = habits;
  const sessions = new Set<string>();
  const challenges = new Set<string>();
  let opened = 0;

  const sessionIn = (request: Request): string => {
    const given =
      'query' in carriedBy
        ? new URL(request.url).searchParams.get(carriedBy.query)
        : request.headers.get(carriedBy.header)?.replace(carriedBy.scheme ?? '', '');
    return given ?? '';
  };
  const isProof = (proof: unknown): boolean =>
    habits.challenge
      ? [...challenges].some((challenge) => proof === digest(challenge + person.IMITATION_PASSWORD))
      : proof === person.IMITATION_PASSWORD;

  return {
    secrets: { ...person, ...(application && { IMITATION_APP: application.id }) },
    routes: [
      http.get('*/api/challenge', () => {
        const challenge = `challenge-${challenges.size + 1}-f00d`;
        challenges.add(challenge);
        return HttpResponse.json({ success: true, challenge });
      }),
      http.post('*/api/login', async ({ request }) => {
        const { user, password } = (await request.json()) as { user?: unknown; password?: unknown };
        if (user !== person.IMITATION_USER || !isProof(password)) return habits.refuse();
        const session = digest(`session ${++opened}`);
        sessions.add(session);
        return HttpResponse.json({ success: true, session, renewal: digest(`renewal ${opened}`) });
      }),
      http.post('*/api/logout', ({ request }) => {
        const session = sessionIn(request);
        if (!sessions.has(session)) return;
        switch (habits.logout) {
          case 'fails':
            return new HttpResponse(null, { status: 500 });
          case 'leaves-access':
            return new HttpResponse(null, { status: 204 });
          case 'absent':
            return;
        }
        sessions.delete(session);
        return HttpResponse.json(habits.logout === 'revokes' ? {} : { jsonrpc: '2.0', id: null });
      }),
    ],
    look(request) {
      const session = sessionIn(request);
      if (session === '') return 'missing';
      const known = application === undefined || request.headers.get(application.header) === application.id;
      return known && sessions.has(session) ? 'good' : 'wrong';
    },
  };
}

function digest(text: string): string {
  return createHash('md5').update(text).digest('hex');
}
