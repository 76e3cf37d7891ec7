import type { OAuthClient } from '../auth/oauth/client.ts';
import { silentAuthorizer } from '../auth/oauth/grants.ts';
import type { TokenKeeper } from '../auth/stored/keeper.ts';
import { Crm } from '../crm/crm.ts';
import { Strangers } from '../crm/strangers.ts';
import type { ClientCertificate } from '../http/types.ts';
import type { Profile } from '../profile/types.ts';
import { type CleanUp, cleanUp } from './clean-up.ts';
import { systemClock } from './clock.ts';
import { Ledger, type LeftLedger } from './ledger.ts';
import { signInTried } from './sign-in.ts';
import { transportFor } from './transport.ts';

export interface CleanOptions {
  ledger: LeftLedger;
  folder: string;
  profile: Profile;
  env: Record<string, string | undefined>;
  version: string;
  allowPlainHttp: boolean;
  clientCertificate?: ClientCertificate;
  keeper: TokenKeeper | null;
}

/** Finishes the work of a run that was killed: signs in anew and removes what its ledger names. */
export async function cleanLeft({ ledger, folder, profile, ...options }: CleanOptions): Promise<CleanUp> {
  // A total that suits a check must not keep its records in the CRM.
  const { maxRequests: _budget, ...limits } = profile.limits;
  const transport = transportFor({ ...profile, limits }, options);
  const { header, open } = ledger;
  try {
    const operations = { profile, transport, runId: header.run, emptyBody: false };
    const authorizerFor = (client: OAuthClient) => silentAuthorizer(transport, client);
    const idsOf = (contacts: boolean) =>
      new Set(
        open.flatMap(({ kind, id }) =>
          (kind === 'contact') === contacts && id !== null ? [String(id)] : [],
        ),
      );
    const own = {
      marker: `crm-ready ${header.run}`,
      ids: idsOf(true),
      logs: idsOf(false),
      seen: { contacts: new Set<string>(), logs: new Set<string>() },
      strangers: new Strangers(),
    };
    const { session, failure } = await signInTried(operations, own, authorizerFor, {
      keeper: options.keeper,
    });
    if (!session) {
      const reason = `could not sign in: ${failure?.reason ?? 'no credential'}`;
      return transport.redaction.json({
        deleted: 0,
        failed: true,
        leftovers: open.map(({ kind, id, name }) => ({
          kind,
          id: id === null ? null : String(id),
          name,
          reason,
        })),
      });
    }
    const resumed = Ledger.resume(folder, header, open);
    const result = await cleanUp(
      new Crm(operations, session, own),
      resumed,
      systemClock(new AbortController().signal),
    );
    await resumed.close();
    return transport.redaction.json(result);
  } finally {
    await transport.close();
  }
}
