import { endingWith } from '../auth/stored/keeper.ts';
import { Strangers } from '../crm/strangers.ts';
import type { Transport } from '../http/types.ts';
import { authorizer, oneAtATime } from './authorizer.ts';
import { poll, systemClock } from './clock.ts';
import { Ledger, ledgerFolder } from './ledger.ts';
import { NumberPool } from './numbers.ts';
import type { RunOptions } from './options.ts';
import { seededRandom } from './random.ts';
import { hostOf } from './run-report.ts';
import { createNeeds, type Kit } from './specimens/kit.ts';
import { makers } from './specimens/makers.ts';
import type { Stop } from './stop.ts';

/** What one run works with: its clock, its numbers, its ledger, and the facts that it makes once. */
export function kitOfRun(
  options: RunOptions,
  { runId, startedAt, transport, stop }: { runId: string; startedAt: Date; transport: Transport; stop: Stop },
): Kit {
  const { profile, progress, source } = options;
  const header = {
    run: runId,
    startedAt: startedAt.toISOString(),
    profile: { path: source.path, name: profile.meta.name, host: hostOf(profile), vars: source.vars },
  };
  const clock = systemClock(stop.signal, { waits: progress.waiting, transport });
  const person = options.person && oneAtATime(options.person);
  const marker = `crm-ready ${runId}`;
  const ledger = new Ledger(ledgerFolder(options.env), header);
  const logs = new Set<string>();
  const kit: Kit = {
    profile,
    operations: { profile, transport, runId, emptyBody: true },
    settings: {
      revokeWaitSeconds: options.revokeWaitSeconds,
      revokeShared: options.revokeShared,
      authorizeAgain: options.authorizeAgain,
      readOnly: options.readOnly,
      lookup: options.lookup,
    },
    clock,
    settled: (ask, content) => poll(clock, profile.settleSeconds, ask, content),
    marker,
    seed: options.seed,
    numbers: new NumberPool(seededRandom(options.seed), profile.region),
    searchSeen: { findsAnybody: false },
    ledger,
    own: {
      marker,
      ids: new Set(),
      logs,
      written: { numbers: new Set(), texts: new Set() },
      seen: { contacts: new Set(), logs: new Set() },
      fixtures: options.readOnly,
      strangers: new Strangers(),
      copied(id, { subject, contactId }) {
        logs.add(String(id));
        ledger.update(ledger.announce('call log', subject, null, contactId), { state: 'created', id });
      },
    },
    authorizerFor: (client) => authorizer(transport, client, person),
    authorizerAgain: (client) => authorizer(transport, client, options.authorizeAgain ? person : undefined),
    keeper: options.keeper ? endingWith(stop.signal, options.keeper) : null,
    ...createNeeds(makers, () => kit),
  };
  return kit;
}
