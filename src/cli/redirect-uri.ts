import type { OAuthClient } from '../auth/oauth/client.ts';
import { isLoopback } from '../auth/oauth/loopback.ts';
import { UsageError } from './failure.ts';

/** Some servers take only `localhost`, others only `127.0.0.1`: `--redirect-uri` says which. */
const usual = 'http://localhost:8765/callback';

/** How the callback of a login reaches this command. */
export interface Redirect {
  uri: string;
  listen: boolean;
  /** The person pastes the callback's address. */
  paste: boolean;
}

/**
 * The redirect URI of a login: the one that was named; the profile's own, where it points at this machine, or where the
 * callback is pasted anyway; else the usual one.
 * @throws {UsageError} for a redirect URI on which nobody here can listen
 */
export function redirectFor(client: OAuthClient, named: string | undefined, paste: boolean): Redirect {
  if (named !== undefined) {
    if (!URL.canParse(named) || !/^https?:$/.test(new URL(named).protocol)) {
      throw new UsageError(`--redirect-uri ${named}: expected an address`, `Such as ${usual}`);
    }
    if (!isLoopback(named) && !paste) {
      throw new UsageError(
        `--redirect-uri ${named}: nobody can listen there from this machine`,
        `Name a loopback address such as ${usual}, or add --paste.`,
      );
    }
    if (!paste && new URL(named).port === '0')
      throw new UsageError(`--redirect-uri ${named}: expected a port from 1`, `Such as ${usual}`);
    return { uri: named, listen: !paste, paste };
  }
  const own = client.redirectUri;
  if (paste) return { uri: own, listen: false, paste };
  return { uri: isLoopback(own) ? own : usual, listen: true, paste };
}
