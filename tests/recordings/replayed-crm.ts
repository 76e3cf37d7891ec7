import { readFileSync } from 'node:fs';
import { silentAuthorizer } from '../../src/auth/oauth/grants.ts';
import { type SignIn, signIn } from '../../src/auth/sign-in.ts';
import { Crm } from '../../src/crm/crm.ts';
import type { RecordId } from '../../src/crm/types.ts';
import { mappedValues } from '../../src/operation/mapping.ts';
import type { OperationContext } from '../../src/operation/step.ts';
import { answerOf, type Outcome } from '../../src/operation/types.ts';
import { parseProfile } from '../../src/profile/load.ts';
import type { OperationName, Profile } from '../../src/profile/types.ts';
import { transportFor } from '../../src/run/transport.ts';
import type { Tolerance } from './match.ts';
import { type RecordedName, readRecording } from './recording.ts';
import { type Replayed, ReplayServer, type Turn } from './replay-server.ts';

/** How the profile of a recorded CRM is loaded, and who is logged in. */
export interface Setting {
  name: RecordedName;
  /** The recording's placeholders. */
  env: Record<string, string>;
  vars: Record<string, string>;
  userId: RecordId;
  /** What signing in asks. */
  signIn: Turn[];
}

/** A profile of a real CRM, with a server in the CRM's place that knows what the CRM answered. */
export interface ReplayedCrm {
  server: ReplayServer;
  profile: Profile;
  context: OperationContext;
  signedIn: SignIn;
  /** Asks, and tells what came back and whether it was what the recording has. */
  replay<T>(
    turns: readonly Turn[],
    ask: (crm: Crm) => Promise<T>,
    tolerance?: Tolerance,
  ): Promise<Replayed & { answer: T }>;
  close(): Promise<void>;
}

export function profileText(name: RecordedName): string {
  return readFileSync(new URL(`../../profiles/${name}.yaml`, import.meta.url), 'utf8');
}

/**
 * Loads the profile, with other secrets or another text where the test wants that, and signs in.
 * @param change.auth changes the credential's description: a token that was handed in, say
 */
export async function replayedCrm(
  { name, env, vars, userId, signIn: turns }: Setting,
  change: { env?: Record<string, string>; text?: string; auth?: (profile: Profile) => Profile['auth'] } = {},
): Promise<ReplayedCrm> {
  const server = new ReplayServer(readRecording(name));
  const host = await server.start();
  const text = change.text ?? profileText(name);
  const loaded = await parseProfile(text, `${name}.yaml`, {
    env: { ...env, ...change.env },
    vars: { ...vars, scheme: 'http', host },
  });
  const profile = change.auth ? { ...loaded, auth: change.auth(loaded) } : loaded;
  const transport = transportFor(profile, { env: {}, version: '0.0.0-test', allowPlainHttp: true });
  const context = { profile, transport, runId: 'recorded', emptyBody: false };
  server.expect(change.auth ? [] : turns, {});
  const signedIn = await signIn(context, (client) => silentAuthorizer(transport, client));
  const { session } = signedIn;
  const crm = session && new Crm(context, session, { marker: 'recorded', ids: new Set() }, userId);
  return {
    server,
    profile,
    context,
    signedIn,
    async replay(wanted, ask, tolerance = {}) {
      if (!crm) throw new Error(`not signed in: ${signedIn.failure?.reason}`);
      server.expect(wanted, tolerance);
      const answer = await ask(crm);
      return { answer, ...server.replayed() };
    },
    async close() {
      await transport.close();
      await server.stop();
    },
  };
}

/** Everything that the operation's mapping reads from the answer. */
export function mapped(profile: Profile, name: OperationName, outcome: Outcome<unknown>): unknown {
  const operation = profile.operations[name];
  const answer = answerOf(outcome);
  if (operation?.kind !== 'sequence' || !answer) return {};
  return mappedValues(profile, name, operation.responseMapping, answer);
}
