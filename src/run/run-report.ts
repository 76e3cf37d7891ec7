import { isAuthorizationCode } from '../auth/sign-in.ts';
import { CATALOGUE_VERSION } from '../checks/index.ts';
import type { Transport } from '../http/types.ts';
import type { Profile } from '../profile/types.ts';
import { isUnsure } from '../report/leftovers.ts';
import { type CheckResult, type Report, SCHEMA_VERSION } from '../report/types.ts';
import { summarise } from '../verdict/judge.ts';
import type { CleanUp } from './clean-up.ts';
import { isOpen, type LedgerEntry } from './ledger.ts';
import { locationsIn } from './locations.ts';
import type { RunOptions } from './options.ts';
import type { Kit } from './specimens/kit.ts';
import type { Ended } from './stop.ts';

/** The report of a run that has come to its end, redacted once more as a whole. */
export async function reportOf(
  options: RunOptions,
  kit: Kit,
  checks: CheckResult[],
  { deleted, leftovers }: CleanUp,
  { startedAt, ended }: { startedAt: Date; ended: Ended },
): Promise<Report> {
  const { profile } = options;
  const { transport } = kit.operations;
  const user = await kit.peek('current user');
  const { redaction } = transport;
  const exchanges = [...transport.exchanges];
  const signIn = isAuthorizationCode(profile.auth) ? 'authorization code' : 'alternative';
  return {
    schemaVersion: SCHEMA_VERSION,
    catalogueVersion: CATALOGUE_VERSION,
    tool: { name: 'crm-ready', version: options.version },
    profile: {
      name: profile.meta.displayName,
      hash: profile.hash,
      host: redaction.text(hostOf(profile)),
      file: profile.file,
      language: profile.language,
      signIn,
      ...(options.source.fromHere !== undefined && { path: options.source.fromHere }),
      locations: locationsIn(profile),
    },
    run: {
      id: kit.operations.runId,
      startedAt: startedAt.toISOString(),
      durationMs: Date.now() - startedAt.getTime(),
      requests: exchanges.length,
      created: kit.ledger.entries.filter(isCreated).length - leftovers.filter(isUnsure).length,
      deleted,
      seed: options.seed,
      region: profile.region,
      user: redaction.json(user?.outcome.kind === 'ok' ? user.outcome.value.name : null),
      ended,
      readOnly: options.readOnly,
      longestChain: longestChain(transport),
      only: options.only,
      ...(options.source.command && { command: options.source.command.map((word) => redaction.text(word)) }),
    },
    ...summarise(checks, signIn),
    checks,
    // Once more: a secret may have been learned after an answer that shows it was recorded.
    exchanges: redaction.json(exchanges),
    leftovers: redaction.json(leftovers),
    notes: profile.notes.map(
      ({ line, message, hint }) => `line ${line}: ${message}${hint ? ` (${hint})` : ''}`,
    ),
  };
}

/** Or may have been: of what was not found again the clean-up says so. */
function isCreated(entry: LedgerEntry): boolean {
  return isOpen(entry) || entry.state === 'deleted';
}

/** Requests that had to wait for one another. */
export function longestChain({ exchanges }: Transport): number {
  return Math.max(0, ...exchanges.map(({ chain }) => chain));
}

export function hostOf({ requestDefaults }: Profile): string {
  return URL.canParse(requestDefaults.baseUrl)
    ? new URL(requestDefaults.baseUrl).origin
    : requestDefaults.baseUrl;
}
