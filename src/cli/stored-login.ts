import { type OAuthClient, oauthClient } from '../auth/oauth/client.ts';
import { isAuthorizationCode } from '../auth/sign-in.ts';
import { fileKeeper, handedInKeeper, type KeeperOptions, type TokenKeeper } from '../auth/stored/keeper.ts';
import { assertWritable, readTokens, TokenFileError, tokenFileOf } from '../auth/stored/token-file.ts';
import type { Profile } from '../profile/types.ts';
import { UsageError } from './failure.ts';
import { handTo } from './new-token-command.ts';

/** The options of commands that may use a stored login. */
export interface StoredLoginOptions {
  tokenFile?: string;
  onNewToken?: string;
}

/**
 * The stored login of a profile, where it has no token of its own.
 * @param spendFirst see `KeeperOptions`
 * @returns null where nothing is stored and nothing handed in, or where the login pages are described
 * @throws {UsageError} for a token file that cannot be used, before anything is sent
 */
export async function keeperFor(
  profile: Profile,
  env: Record<string, string | undefined>,
  { tokenFile, onNewToken }: StoredLoginOptions,
  spendFirst: NonNullable<KeeperOptions['spendFirst']>,
): Promise<TokenKeeper | null> {
  const { auth } = profile;
  const asked = tokenFile === undefined ? '--on-new-token' : '--token-file';
  const wanted = tokenFile !== undefined || onNewToken !== undefined;
  if (!isAuthorizationCode(auth)) {
    if (!wanted) return null;
    throw new UsageError(
      `${asked}: ${profile.file} does not sign in with an authorization code`,
      'Stored tokens are for profiles of type oauth with the grant authorization_code or refresh_token.',
    );
  }
  const client = oauthClient(profile, auth);
  const own =
    client.accessToken !== null ? 'accessToken' : client.refreshToken !== null ? 'refreshToken' : null;
  if (own !== null && tokenFile !== undefined) {
    throw new UsageError(
      `--token-file: the profile hands in a token of its own (auth.${own})`,
      'Leave one of the two out.',
    );
  }
  const options: KeeperOptions = {
    spendFirst,
    ...(onNewToken !== undefined && { onNewToken: handTo(onNewToken) }),
  };
  if (client.accessToken !== null) return null;
  if (client.refreshToken !== null)
    return onNewToken === undefined ? null : handedInKeeper(client, client.refreshToken, options);
  // Who describes the login pages can be asked for codes, and so measures more than a token can show.
  if (tokenFile === undefined && client.login !== null) return null;
  return inFile(
    profile,
    client,
    tokenFile ?? tokenFileOf(env, profile.meta.name, client),
    tokenFile,
    options,
  );
}

/** Where the tokens of a stored login lie, or would lie. Undefined for a profile that has none. */
export function storedLoginFile(
  profile: Profile,
  env: Record<string, string | undefined>,
  { tokenFile }: StoredLoginOptions,
): string | undefined {
  if (tokenFile !== undefined || !isAuthorizationCode(profile.auth)) return tokenFile;
  return tokenFileOf(env, profile.meta.name, oauthClient(profile, profile.auth));
}

async function inFile(
  profile: Profile,
  client: OAuthClient,
  file: string,
  named: string | undefined,
  options: KeeperOptions,
): Promise<TokenKeeper | null> {
  return asUsage(async () => {
    const tokens = await readTokens(file, client);
    if (tokens) {
      await assertWritable(file);
      return fileKeeper(file, client, options);
    }
    if (named === undefined) return null;
    throw new UsageError(
      `--token-file ${file}: there is no such file`,
      `crm-ready login --profile ${profile.file} --token-file ${file} writes it.`,
    );
  });
}

/** A token file that cannot be used is a matter of the command line. */
export async function asUsage<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof TokenFileError) throw new UsageError(error.message, error.hint);
    throw error;
  }
}
