import type { TokenAnswer } from '../oauth/token-answer.ts';
import type { Tokens } from '../session.ts';
import { withLock } from './lock-file.ts';
import { makeRoom, readTokens, type StoredTokens, TokenFileError } from './token-file.ts';

/** Spends the refresh token of what is kept. */
export type Refresh = (kept: StoredTokens & { refreshToken: string }) => Promise<TokenAnswer>;

/** What a keeper had to give. */
export interface Kept {
  /** Good as far as it is known; null: there is none that could be used. */
  tokens: Tokens | null;
  /** The refresh that was needed for it; null when none was. */
  answer: TokenAnswer | null;
  /** Why the refresh token was not spent, where somebody would have liked to see it; null: it was. */
  notSpent: string | null;
  /** There is a refresh token that may still be good: it was not asked for. */
  spendable?: boolean;
}

/** Keeps a grant's tokens from one run to the next, and lets one run at a time spend the refresh token. */
export interface TokenKeeper {
  /**
   * Tokens for the run. A refresh token that was replaced is kept before anybody uses the new access token.
   * @param used an access token that is at its end; null: the run begins
   * @param signal waits for no other run once it is aborted
   * @throws {TokenFileError} when what is kept cannot be had
   */
  give(used: string | null, refresh: Refresh, signal?: AbortSignal): Promise<Kept>;
  /** Whether a refresh token is just being spent: whoever ends now loses the one that takes its place. */
  isSpending(): boolean;
  /** What went wrong in keeping a new refresh token: for a person, after the run. */
  problems(): readonly string[];
}

export interface KeeperOptions {
  /** Gets each new refresh token. @throws {Error} whose message is for a person */
  onNewToken?: (refreshToken: string) => Promise<void>;
  /**
   * Spend the refresh token at the beginning, though the access token is still good: to see it answered. `undated`: only
   * where nobody said how long the access token lives.
   */
  spendFirst?: boolean | 'undated';
}

/** An access token that ends within this many milliseconds is not begun with. */
const margin = 60_000;

/** Tokens in a file, which other runs may use at the same time. */
export function fileKeeper(
  file: string,
  client: { tokenUrl: string; clientId: string },
  options: KeeperOptions = {},
): TokenKeeper {
  const problems: string[] = [];
  const { watched, isSpending } = watch();
  return {
    problems: () => problems,
    isSpending,
    give(used, refresh, signal) {
      const work = async (waited: boolean): Promise<Kept> => {
        const kept = await readTokens(file, client);
        if (!kept) return { tokens: null, answer: null, notSpent: `${file} is gone` };
        const wanted = options.spendFirst === 'undated' ? kept.expiresAt === null : options.spendFirst;
        // Whoever was first has just spent the refresh token, and has kept what came for it.
        const spend = used === null && wanted === true && !waited;
        return await spendWhereNeeded(kept, used, spend, watched(refresh), async () => {
          const room = await makeRoom(file);
          return {
            leave: room.leave,
            async keep(next) {
              await room.write(next).catch((error: unknown) => problems.push(messageOf(error)));
              await tell(options, kept.refreshToken, next.refreshToken, problems);
            },
          };
        });
      };
      return withLock(`${file}.lock`, work, { ...(signal && { signal }) });
    },
  };
}

/** The same keeper, which waits for no other run once the signal is aborted. */
export function endingWith(signal: AbortSignal, keeper: TokenKeeper): TokenKeeper {
  return { ...keeper, give: (used, refresh) => keeper.give(used, refresh, signal) };
}

/** The same keeper, for which this access token is at its end from the beginning: the CRM has refused it. */
export function inPlaceOf(accessToken: string, keeper: TokenKeeper): TokenKeeper {
  return {
    ...keeper,
    give: (used, refresh, signal) => keeper.give(used ?? accessToken, refresh, signal),
  };
}

/** A refresh token that a profile hands in: replaced within the run, and told to whoever wants to keep it. */
export function handedInKeeper(
  client: { tokenUrl: string; clientId: string; clientAuth: StoredTokens['clientAuth'] },
  refreshToken: string,
  options: KeeperOptions,
): TokenKeeper {
  const problems: string[] = [];
  const { tokenUrl, clientId, clientAuth } = client;
  const { watched, isSpending } = watch();
  const nothing = { accessToken: null, discovered: {}, expiresAt: null, savedAt: new Date().toISOString() };
  let kept: StoredTokens = { tokenUrl, clientId, clientAuth, refreshToken, ...nothing };
  return {
    problems: () => problems,
    isSpending,
    give: (used, refresh) =>
      spendWhereNeeded(kept, used, used === null, watched(refresh), async () => ({
        leave: async () => {},
        async keep(next) {
          await tell(options, kept.refreshToken, next.refreshToken, problems);
          kept = next;
        },
      })),
  };
}

/**
 * The answer of a token endpoint as it is kept. A reply without a new refresh token keeps the old one (RFC 6749 section
 * 6), and what was told of the tenant stays told.
 */
export function toKeep(
  before: Pick<StoredTokens, 'tokenUrl' | 'clientId' | 'clientAuth' | 'refreshToken' | 'discovered'>,
  tokens: Tokens,
  now = Date.now(),
): StoredTokens {
  const { tokenUrl, clientId, clientAuth } = before;
  return {
    tokenUrl,
    clientId,
    clientAuth,
    accessToken: tokens.accessToken,
    refreshToken: tokens.refreshToken ?? before.refreshToken,
    discovered: { ...before.discovered, ...tokens.discovered },
    expiresAt: tokens.expiresIn === null ? null : new Date(now + tokens.expiresIn * 1000).toISOString(),
    savedAt: new Date(now).toISOString(),
  };
}

/** Knows whether a refresh is under way. */
function watch(): { watched(refresh: Refresh): Refresh; isSpending(): boolean } {
  let under = 0;
  return {
    isSpending: () => under > 0,
    watched: (refresh) => async (kept) => {
      under += 1;
      try {
        return await refresh(kept);
      } finally {
        under -= 1;
      }
    },
  };
}

/** Where new tokens are to be kept. */
interface Place {
  keep(next: StoredTokens): Promise<void>;
  /** There are none. */
  leave(): Promise<void>;
}

/** @param prepare makes a place for the new tokens before the old one is spent */
async function spendWhereNeeded(
  kept: StoredTokens,
  used: string | null,
  spend: boolean,
  refresh: Refresh,
  prepare: () => Promise<Place>,
): Promise<Kept> {
  const usable = kept.accessToken !== null && kept.accessToken !== used && leftMs(kept) > margin;
  const current = usable ? tokensOf(kept) : null;
  const { refreshToken } = kept;
  if (current && !spend) {
    const notSpent = 'its refresh token was not spent in this run';
    return { tokens: current, answer: null, notSpent, spendable: refreshToken !== null };
  }
  if (refreshToken === null)
    return { tokens: current, answer: null, notSpent: 'the stored login came without a refresh token' };
  let place: Place;
  try {
    place = await prepare();
  } catch (error) {
    if (current) return { tokens: current, answer: null, notSpent: messageOf(error) };
    throw error;
  }
  const answer = await refresh({ ...kept, refreshToken });
  if (answer.kind !== 'answered' || !answer.tokens) {
    await place.leave();
    return { tokens: current, answer, notSpent: null };
  }
  const next = toKeep(kept, answer.tokens);
  await place.keep(next);
  return { tokens: tokensOf(next), answer, notSpent: null };
}

async function tell(
  { onNewToken }: KeeperOptions,
  before: string | null,
  next: string | null,
  problems: string[],
): Promise<void> {
  if (!onNewToken || next === null || next === before) return;
  await onNewToken(next).catch((error: unknown) => problems.push(messageOf(error)));
}

function tokensOf(kept: StoredTokens): Tokens | null {
  const { accessToken, refreshToken, discovered, expiresAt } = kept;
  if (accessToken === null) return null;
  const expiresIn = expiresAt === null ? null : Math.floor(leftMs(kept) / 1000);
  return { accessToken, refreshToken, expiresIn, discovered };
}

function leftMs({ expiresAt }: StoredTokens): number {
  return expiresAt === null ? Number.POSITIVE_INFINITY : Date.parse(expiresAt) - Date.now();
}

/** What a person is told of an error. */
export function messageOf(error: unknown): string {
  if (error instanceof TokenFileError) return `${error.message}. ${error.hint}`;
  return error instanceof Error ? error.message : String(error);
}
