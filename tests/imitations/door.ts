import type { RequestHandler } from 'msw';

/** How one gets into an imitated CRM. */
export interface Door {
  /** Environment variables of the profile: what a person who may enter knows. */
  secrets: Record<string, string>;
  /** Log-in, tokens, log-out: answered before any credential is looked at. */
  routes: RequestHandler[];
  look(request: Request): 'good' | 'wrong' | 'missing';
}

const apiKey = 'key-of-an-imitation';

/**
 * A key in a header.
 * @param scheme what stands before it: `Bearer `
 */
export function keyDoor(header = 'x-api-key', scheme = ''): Door {
  return {
    secrets: { IMITATION_KEY: apiKey },
    routes: [],
    look({ headers }) {
      const given = headers.get(header);
      if (given === null || given === '') return 'missing';
      return given === `${scheme}${apiKey}` ? 'good' : 'wrong';
    },
  };
}
