import type { Json, OperationName } from '../../src/profile/types.ts';

/** One odd proxyConfig: App Connect's engine and our renderer must send the same and read the same. */
export interface RefereeCase {
  name: string;
  operation: OperationName;
  /** `auth`, `secretKey`, `defaultHeaders` and the operation's own keys. */
  auth?: { [key: string]: Json };
  secretKey?: string;
  defaultHeaders?: { [key: string]: Json };
  baseUrl?: (server: string) => string;
  config: { [key: string]: Json };
  /** Replaces variables of the operation, by App Connect's names. */
  given?: { [key: string]: unknown };
  user?: { [key: string]: unknown };
  /** What the CRM answers. Default: `{}`. */
  answer?: { body: string; type?: string };
  /** App Connect sends nothing, and neither do we. */
  refused?: true;
  /** App Connect throws on the answer; we read no list. */
  unreadable?: true;
}
