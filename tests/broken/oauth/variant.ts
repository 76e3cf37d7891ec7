import type { Verdict } from '../../../src/report/types.ts';
import type { FaultName } from '../../../src/sandbox/faults.ts';
import type { Asked, Habits, Reply, SmallCrm } from './small-crm.ts';

/** An authorization server that is wrong in one way, and every row that must say so. */
export interface Variant {
  /** Faults of the reference CRM (oidc-provider), or habits of a small one that can be worse than that. */
  is: { faults: FaultName[] } | { habits: Habits };
  /** Verdicts that differ from those of the same server without it. What is blocked by one of them is not listed. */
  found: Record<string, Verdict>;
}

export const faulty = (fault: FaultName, found: Variant['found']): Variant => ({
  is: { faults: [fault] },
  found,
});
export const wont = (habits: Habits, found: Variant['found']): Variant => ({ is: { habits }, found });

export type Token = NonNullable<Habits['token']>;
/** Changes only the answer to the code exchange, or only that to a refresh. */
export const atExchange =
  (change: Token): Token =>
  (reply, asked) =>
    asked.form.get('grant_type') === 'authorization_code' ? change(reply, asked) : reply;
export const atRefresh =
  (change: Token): Token =>
  (reply, asked) =>
    asked.form.get('grant_type') === 'refresh_token' ? change(reply, asked) : reply;
export const fields =
  (change: (body: Record<string, unknown>) => unknown): Token =>
  (reply) => ({ ...reply, body: change(reply.body) });
export const text =
  (change: (json: string) => string, contentType = 'application/json'): Token =>
  ({ body }) => ({
    status: 200,
    headers: { 'content-type': contentType },
    body: change(JSON.stringify(body)),
  });
export const page: Reply = {
  status: 400,
  headers: { 'content-type': 'text/html' },
  body: '<h1>Not allowed</h1>',
};
export const isRevocation = ({ path }: Asked) => path === '/oauth/revoke';

/** In place of the first answer to such a request, and never again. */
export const once = (
  which: (asked: Asked, crm: SmallCrm) => boolean,
  reply: Reply,
): NonNullable<Habits['instead']> => {
  let done = false;
  return (asked, crm) => {
    if (done || !which(asked, crm)) return undefined;
    done = true;
    return reply;
  };
};
