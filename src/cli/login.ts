import { createHash, randomBytes } from 'node:crypto';
import type { AuthorizationOutcome } from '../auth/oauth/authorize.ts';
import { type OAuthClient, oauthClient } from '../auth/oauth/client.ts';
import { type Authorizer, silentAuthorizer } from '../auth/oauth/grants.ts';
import { exchangeInAnyWay } from '../auth/oauth/login-exchange.ts';
import { isAuthorizationCode } from '../auth/sign-in.ts';
import { toKeep } from '../auth/stored/keeper.ts';
import { withLock } from '../auth/stored/lock-file.ts';
import { assertWritable, type StoredTokens, tokenFileOf, writeTokens } from '../auth/stored/token-file.ts';
import { tellingSecrets } from '../operation/derived-secrets.ts';
import { loadProfile } from '../profile/load.ts';
import type { Profile } from '../profile/types.ts';
import { inert } from '../reporters/inert.ts';
import { transportFor } from '../run/transport.ts';
import { withBrowser } from './browser.ts';
import { Unfinished, UsageError } from './failure.ts';
import { environment, variables } from './inputs.ts';
import { codeIn, mismatch } from './login-outcome.ts';
import { forget, showStatus, whatIsStored } from './login-status.ts';
import { handTo } from './new-token-command.ts';
import { filesRead, refuseOverwriting } from './overwriting.ts';
import { isAttended, personAuthorizer } from './person.ts';
import { redirectFor } from './redirect-uri.ts';
import { asUsage } from './stored-login.ts';
import { version } from './version.ts';
import { type WayOutOptions, wayOut } from './way-out.ts';

export interface LoginCommandOptions extends WayOutOptions {
  profile: string;
  envFile?: string;
  var: string[];
  redirectUri?: string;
  paste?: boolean;
  /** `--no-browser` makes it false, `--browser PATH` a path. */
  browser: boolean | string;
  issuer?: string;
  pkce?: boolean;
  timeout: number;
  tokenFile?: string;
  onNewToken?: string;
  status?: boolean;
  forget?: boolean;
  allowPlainHttp?: boolean;
}

/** `crm-ready login`: a person logs in, and the tokens are kept for the checks that follow. @returns the exit code */
export async function login(options: LoginCommandOptions): Promise<number> {
  const env = await environment(options.envFile);
  const described = await loadProfile(options.profile, { env, vars: variables(options.var) });
  const { auth } = described;
  const kind = auth.type === 'oauth' ? `oauth with the grant ${auth.grant}` : auth.type;
  if (!isAuthorizationCode(auth)) {
    throw new UsageError(
      `nobody needs to log in to ${described.meta.displayName}: its credential is of type ${kind}`,
      'crm-ready check uses it as it stands in the profile.',
    );
  }
  const file = options.tokenFile ?? tokenFileOf(env, described.meta.name, oauthClient(described, auth));
  if (options.status) return showStatus(described, oauthClient(described, auth), file);
  if (options.forget) return forget(described, file, options.tokenFile !== undefined);
  const named = typeof options.browser === 'string' ? options.browser : undefined;
  const profile = await withBrowser(described, named, env);
  const client = clientOf(profile);
  const { envFile, clientCert, clientKey } = options;
  const read = filesRead({ profile: options.profile, envFile, clientCert, clientKey });
  await refuseOverwriting(`--token-file ${file}`, file, read);
  await asUsage(() => assertWritable(file));
  const stored = await logIn(profile, client, env, options);
  // A check that is under way may be about to write its own.
  await asUsage(() => withLock(`${file}.lock`, () => writeTokens(file, stored)));
  if (options.onNewToken !== undefined && stored.refreshToken !== null) {
    await handTo(options.onNewToken)(stored.refreshToken).catch((error: unknown) => {
      throw new UsageError(error instanceof Error ? error.message : String(error), `It lies in ${file}.`);
    });
  }
  process.stdout.write(`Logged in to ${inert(profile.meta.displayName)}.\n${whatIsStored(stored, file)}`);
  return 0;
}

function clientOf(profile: Profile): OAuthClient {
  if (!isAuthorizationCode(profile.auth)) throw new Error('asked before');
  const client = oauthClient(profile, profile.auth);
  if (client.authUrl === null) {
    throw new UsageError(
      `${profile.file} names no authorization URL`,
      'Add auth.authUrl: the address at which people log in.',
    );
  }
  return client;
}

/** Authorization and exchange. @throws {Unfinished | UsageError} in the words of what went wrong */
async function logIn(
  profile: Profile,
  described: OAuthClient,
  env: Record<string, string | undefined>,
  options: LoginCommandOptions,
): Promise<StoredTokens> {
  const transport = transportFor(profile, {
    env,
    version: version(),
    allowPlainHttp: options.allowPlainHttp ?? false,
    ...wayOut(profile, env, options),
  });
  for (const secret of Object.values(profile.secrets)) transport.redaction.add(secret);
  tellingSecrets(profile, transport.redaction, 'other', () => clientOf(profile));
  const plain = (text: string) => inert(transport.redaction.text(text));
  try {
    const byPages = described.login !== null && !options.paste && options.redirectUri === undefined;
    const redirect = byPages
      ? { uri: described.redirectUri, listen: false, paste: false }
      : redirectFor(described, options.redirectUri, options.paste ?? false);
    // Another state than App Connect's: this one nobody can guess, so nobody can slip in a code of theirs.
    const state = randomBytes(24).toString('base64url');
    const client = { ...described, redirectUri: redirect.uri, state };
    const verifier = options.pkce ? randomBytes(32).toString('base64url') : null;
    const mismatchOf = (outcome: AuthorizationOutcome) => mismatch(outcome, client, options.issuer ?? null);
    const authorizer: Authorizer = byPages
      ? silentAuthorizer(transport, client)
      : personAuthorizer(client, {
          openBrowser: options.browser !== false && !process.env.CI,
          paste: redirect.paste || isAttended(),
          listen: redirect.listen,
          timeoutSeconds: options.timeout,
          verify: (outcome) => mismatchOf(outcome)?.problem ?? null,
        });
    if (!byPages) announce(profile, client);
    const outcome = await authorizer(
      verifier ? { codeChallenge: createHash('sha256').update(verifier).digest('base64url') } : {},
    );
    const code = codeIn(outcome, client, options.timeout, plain);
    const wrong = mismatchOf(outcome);
    if (wrong !== null) {
      throw new Unfinished(
        `the login was not taken: ${plain(wrong.problem)}`,
        `${plain(wrong.hint)} Nothing was stored.`,
      );
    }
    transport.redaction.add(code);
    const exchanged = await exchangeInAnyWay(transport, client, code, verifier);
    if (exchanged.kind === 'tokens') {
      const { tokenUrl, clientId } = client;
      return toKeep(
        { tokenUrl, clientId, clientAuth: exchanged.clientAuth, refreshToken: null, discovered: {} },
        exchanged.tokens,
      );
    }
    // A server may have spent the code on the way that it does not know: that way must come first then.
    const orBody =
      exchanged.otherWays && client.clientAuth === 'basic' ? ', or set auth.clientAuth: body' : '';
    if (exchanged.kind === 'trouble') {
      throw new Unfinished(
        `the token endpoint did not give a token: ${plain(exchanged.message)}`,
        `Check auth.tokenUrl${orBody}, and log in again. Nothing was stored.`,
      );
    }
    const { status, error, errorDescription } = exchanged.answer;
    const said = plain(`HTTP ${status} ${[error, errorDescription].filter(Boolean).join(': ')}`.trim());
    if (exchanged.wrongClient) {
      throw new UsageError(
        `the CRM refuses the client's id or secret (${said})`,
        `Check what auth.clientId and auth.clientSecret are filled with${orBody}. Nothing was stored.`,
      );
    }
    const demandsPkce = verifier === null && /pkce|code_verifier|code_challenge/i.test(said);
    throw new Unfinished(
      `the CRM does not exchange the code for a token (${said})`,
      demandsPkce
        ? 'Try --pkce.'
        : `Check that ${client.redirectUri} is registered${orBody}, and log in again.`,
    );
  } finally {
    await transport.close();
  }
}

function announce(profile: Profile, client: OAuthClient): void {
  const { host } = new URL(client.authUrl ?? '');
  process.stderr.write(
    `Logging in to ${inert(profile.meta.displayName)} (${host}).\nThe CRM must know this redirect URI, to the letter: ${client.redirectUri}\n`,
  );
}
