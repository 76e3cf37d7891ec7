import { type AuthorizationOutcome, authorizationUrl, callback, isCallback } from './authorize.ts';
import type { OAuthClient } from './client.ts';
import type { Authorizer } from './grants.ts';
import { isLoopback, listenForCallback } from './loopback.ts';

/** How a person takes part in an authorization. */
export interface Attendance {
  /** Shows the address of the authorization request, and opens it where that is possible. */
  announce(url: string): void;
  /** Milliseconds until a login that is not finished is given up. */
  timeoutMs: number;
  /** Nobody is waited for once it is aborted. */
  signal?: AbortSignal;
  /** Listen on the redirect URI, where it is a loopback one. */
  listen: boolean;
  /** What is wrong with a callback, for the person who waits for it; null: nothing. */
  verify?: (outcome: AuthorizationOutcome) => string | null;
  /**
   * Reads the addresses that a person pastes.
   * @param take says what is wrong with an address; null: it is taken
   * @param ended nothing more will come
   * @returns stops reading
   */
  paste?: (take: (text: string) => string | null, ended: () => void) => () => void;
}

/** Obtains codes with a person's help: the callback comes to the loopback redirect URI, or is pasted. */
export function attendedAuthorizer(client: OAuthClient, attendance: Attendance): Authorizer {
  const { announce, timeoutMs, signal, listen, verify = () => null, paste } = attendance;
  return async (options) => {
    if (signal?.aborted) return interrupted;
    const redirectUri = options.redirectUri ?? client.redirectUri;
    const { promise, resolve } = deferred<AuthorizationOutcome>();
    const listens = listen && isLoopback(redirectUri);
    const take = (url: URL): string | null => {
      const outcome = callback(url, 0, 0);
      resolve(outcome);
      return outcome.kind === 'denied' ? outcome.error : verify(outcome);
    };
    const close = listens ? await listenForCallback(redirectUri, take) : () => {};
    if (typeof close === 'string') return trouble('protocol', close);
    const interrupt = () => resolve(interrupted);
    signal?.addEventListener('abort', interrupt);
    announce(authorizationUrl(client, options));
    const stop = paste?.(
      (text) => {
        const url = callbackUrl(text, redirectUri);
        if (typeof url === 'string') return url;
        take(url);
        return null;
      },
      () => {
        if (!listens) resolve(trouble('cancelled', 'the input ended before an address was pasted'));
      },
    );
    const timer = setTimeout(
      () =>
        resolve(trouble('timeout', `the login was not finished within ${Math.round(timeoutMs / 1000)} s`)),
      timeoutMs,
    );
    try {
      return await promise;
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', interrupt);
      stop?.();
      close();
    }
  };
}

/** The address that a person pasted; a text says why it is none. */
function callbackUrl(text: string, redirectUri: string): URL | string {
  const trimmed = text.trim().replace(/^["'<]|["'>]$/g, '');
  // Some copy only what stands behind the question mark.
  const whole = /^\??[\w.-]+=/.test(trimmed) ? `${redirectUri}?${trimmed.replace(/^\?/, '')}` : trimmed;
  if (!URL.canParse(whole)) {
    return `that is no address: paste the whole address that the browser ended at. It begins with ${redirectUri}`;
  }
  const url = new URL(whole);
  if (!isCallback(url)) {
    return `there is no code in that address: log in first, and paste the address that the browser ends at. It begins with ${redirectUri}`;
  }
  return url;
}

const interrupted = trouble('cancelled', 'the run ended while it waited for the login');

function trouble(code: 'protocol' | 'cancelled' | 'timeout', message: string): AuthorizationOutcome {
  return { kind: 'trouble', code, message, exchange: null };
}

function deferred<T>(): { promise: Promise<T>; resolve: (value: T) => void } {
  let resolve: (value: T) => void = () => {};
  const promise = new Promise<T>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
