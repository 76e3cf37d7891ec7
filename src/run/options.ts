import type { OAuthClient } from '../auth/oauth/client.ts';
import type { Authorizer } from '../auth/oauth/grants.ts';
import type { TokenKeeper } from '../auth/stored/keeper.ts';
import type { LookupDepth } from '../checks/define-check.ts';
import type { ClientCertificate } from '../http/types.ts';
import type { Profile } from '../profile/types.ts';
import type { CheckResult } from '../report/types.ts';
import type { Plan } from './plan.ts';

export interface RunOptions {
  profile: Profile;
  /** Where the profile lies and what was set on the command line: into the ledger, for `clean`. */
  source: {
    path: string;
    vars: Record<string, string>;
    /** For the report: the path from the folder in which the command was given, where the file lies in it. */
    fromHere?: string | undefined;
    /** For the report: the words of the command line that ask the same CRM again. */
    command?: string[];
  };
  plan: Plan;
  only: string[] | null;
  env: Record<string, string | undefined>;
  version: string;
  /** Per request; absent: the profile's. */
  timeoutSeconds?: number;
  deadlineSeconds: number;
  revokeWaitSeconds: number;
  revokeShared: boolean;
  /** Ask a person to log in wherever a requirement spends an authorization of its own. */
  authorizeAgain: boolean;
  readOnly: boolean;
  lookup: LookupDepth;
  /** Leave what was created in the CRM. */
  keep: boolean;
  concurrency?: number;
  maxRequests?: number;
  seed: string;
  allowPlainHttp: boolean;
  /** Shown to the hosts of the profile. */
  clientCertificate?: ClientCertificate;
  /** How codes are obtained when the server does not give them by itself; absent: not at all. */
  person?: (client: OAuthClient) => Authorizer;
  /** Has tokens of an earlier login, and keeps what takes their place. */
  keeper?: TokenKeeper | null;
  /** Aborted by Ctrl-C: what is under way ends, clean-up runs, the report is partial. */
  signal: AbortSignal;
  progress: RunProgress;
}

/** What a person may be told while the run is under way. */
export interface RunProgress {
  /** A requirement is being asked. */
  asking(id: string): void;
  checked(result: CheckResult, done: number, of: number): void;
  phase(text: string): void;
  /** Something takes its time, at most until then (milliseconds since 1970). @returns to be called when it is over */
  waiting(what: string, until: number): () => void;
}
