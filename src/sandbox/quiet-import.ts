import { format } from 'node:util';

type OidcProvider = typeof import('oidc-provider');

/** What oidc-provider says of Node 20, on which it works. */
const runtimeWarning = 'oidc-provider WARNING: Unsupported runtime';

/**
 * oidc-provider, without its remark on the runtime: the person at the terminal asked for a CRM, and cannot act
 * on it. Every other warning goes through. Takes about 300 ms the first time.
 */
export async function importOidcProvider(): Promise<OidcProvider> {
  const terminal = globalThis.console;
  const original = terminal.warn;
  terminal.warn = (...args: unknown[]) => {
    if (!format(...args).includes(runtimeWarning)) original.apply(terminal, args);
  };
  try {
    return await import('oidc-provider');
  } finally {
    terminal.warn = original;
  }
}
