import type { Session } from '../../auth/session.ts';
import type { OutcomeFacts } from '../outcome-facts.ts';

export interface SecondSession {
  session: Session;
  /** Whether the first session outlived the second sign-in. */
  firstAlive: boolean;
}

/** `by design`: a personal key that has no revocation. */
export type Logout =
  | { kind: 'by design' }
  | {
      kind: 'asked';
      outcome: OutcomeFacts;
      /** The session that was logged out; never renewed. */
      session: Session;
      /** When the answer came, in milliseconds since 1970. */
      at: number;
    };
