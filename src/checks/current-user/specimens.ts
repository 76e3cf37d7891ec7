import type { UserInfo } from '../../crm/types.ts';
import type { Outcome } from '../../operation/types.ts';
import type { OutcomeFacts } from '../outcome-facts.ts';

export interface CurrentUser {
  /** null: the request is not a GET, so App Connect's body is not a question. */
  withBody: OutcomeFacts | null;
  /** Asked only where the body was refused, or is not a question. */
  withoutBody: OutcomeFacts | null;
  /** The one that was accepted, else the last. */
  outcome: Outcome<UserInfo>;
  /** The same call once more, where it was accepted with a body. */
  again?: Outcome<UserInfo>;
  /** The body was accepted, and left for the next request on the connection. */
  isUnread?: boolean;
  emptyBody: boolean;
}

export interface Refusals {
  /** The operation that was asked. */
  operation: string;
  wrong: OutcomeFacts;
  /** Where its answer redirects to, as the CRM wrote it: not for a report. */
  wrongLocation: string | null;
  missing: OutcomeFacts;
}
