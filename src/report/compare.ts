import { isMeasured } from './findings.ts';
import { isSameCrm } from './same-crm.ts';
import {
  type CheckResult,
  type FeatureId,
  type FeatureState,
  featureIds,
  type Report,
  type Verdict,
} from './types.ts';

/**
 * What became of a requirement between two reports. `new` was not asked before, `gone` is asked no more; `measured`
 * and `unmeasured` speak of what could be told on one side only: neither better nor worse.
 */
export type ChangeKind = 'worse' | 'unmeasured' | 'new' | 'better' | 'measured' | 'waived' | 'gone' | 'same';

export interface CheckChange {
  id: string;
  kind: ChangeKind;
  level: CheckResult['level'];
  before: Verdict | null;
  after: Verdict | null;
  /** Of the newer report, else of the older one. */
  summary: string;
}

/** Of a report, what names it. */
type ReportHead = Pick<Report, 'overall' | 'score' | 'measuredPercent' | 'catalogueVersion'> & {
  name: string;
  host: string;
  startedAt: string;
};

export interface Comparison {
  before: ReportHead;
  after: ReportHead;
  /** Everything but what is the same, what is worse first. */
  changes: CheckChange[];
  same: number;
  features: { id: FeatureId; before: FeatureState; after: FeatureState }[];
  /** Why the two may not be comparable. */
  notes: string[];
}

/** Compares two reports, requirement by requirement. What is shown for information is left out: it is not judged. */
export function compareReports(before: Report, after: Report): Comparison {
  const old = new Map(before.checks.map((check) => [check.id, check]));
  const now = new Map(after.checks.map((check) => [check.id, check]));
  const ids = [...now.keys(), ...[...old.keys()].filter((id) => !now.has(id))];
  const all = ids.flatMap((id) => changeOf(id, old.get(id), now.get(id)) ?? []);
  return {
    before: headOf(before),
    after: headOf(after),
    changes: changeKinds.flatMap((kind) => all.filter((change) => kind === change.kind)),
    same: all.filter(({ kind }) => kind === 'same').length,
    features: featureIds.flatMap((id) => {
      const [was, is] = [before.features[id].state, after.features[id].state];
      return was === is ? [] : [{ id, before: was, after: is }];
    }),
    notes: notesOn(before, after),
  };
}

/** Whether things are as good as before. What was met, and cannot be told now, is neither. */
export function standing({ changes }: Comparison): 'holds' | 'fails' | 'cannot tell' {
  if (changes.some(({ kind }) => kind === 'worse')) return 'fails';
  return lostMeasurements(changes).length > 0 ? 'cannot tell' : 'holds';
}

/** What could be told before and cannot be now. What failed before cannot have got worse. */
export function lostMeasurements(changes: readonly CheckChange[]): CheckChange[] {
  return changes.filter(({ kind, before }) => kind === 'unmeasured' && before !== 'fail');
}

const changeKinds = ['worse', 'unmeasured', 'new', 'better', 'measured', 'waived', 'gone'] as const;

function changeOf(
  id: string,
  old: CheckResult | undefined,
  now: CheckResult | undefined,
): CheckChange | null {
  const shown = now ?? old;
  if (shown === undefined || shown.level === 'info') return null;
  return {
    id,
    kind: kindOf(old && standingOf(old), now && standingOf(now)),
    level: shown.level,
    before: old?.verdict ?? null,
    after: now?.verdict ?? null,
    summary: shown.summary,
  };
}

type Standing =
  | { kind: 'measured'; waived: boolean; rank: number; earned: number }
  | { kind: 'open' | 'out' };

function standingOf({ verdict, earned, waiver }: CheckResult): Standing {
  const real = waiver?.verdict ?? verdict;
  if (isMeasured(real)) {
    const share = (waiver ? waiver.earned : earned) ?? 0;
    return { kind: 'measured', waived: verdict === 'waived', rank: ranks[real], earned: share };
  }
  return { kind: real === 'not-applicable' || real === 'waived' ? 'out' : 'open' };
}

const ranks = { fail: 0, warn: 1, pass: 2 } as const;

function kindOf(old: Standing | undefined, now: Standing | undefined): ChangeKind {
  const wasThere = old !== undefined && old.kind !== 'out';
  if (now === undefined || now.kind === 'out') return wasThere ? 'gone' : 'same';
  if (!wasThere) return 'new';
  if (now.kind !== 'measured') return old.kind === 'measured' ? 'unmeasured' : 'same';
  if (now.waived) return old.kind === 'measured' && old.waived ? 'same' : 'waived';
  if (old.kind !== 'measured') return 'measured';
  const step =
    now.rank - old.rank || (Math.abs(now.earned - old.earned) < 1e-9 ? 0 : now.earned - old.earned);
  return step === 0 ? 'same' : step > 0 ? 'better' : 'worse';
}

function headOf({ profile, overall, score, measuredPercent, catalogueVersion, run }: Report): ReportHead {
  const { name, host } = profile;
  return { name, host, startedAt: run.startedAt, overall, score, measuredPercent, catalogueVersion };
}

function notesOn(before: Report, after: Report): string[] {
  const notes: string[] = [];
  if (!isSameCrm(before, after)) {
    notes.push('These are reports of different CRMs.');
  } else if (before.profile.hash !== after.profile.hash) {
    notes.push('The profile has changed between them: a change may be one of the description.');
  }
  if (before.catalogueVersion !== after.catalogueVersion) {
    notes.push(
      `The catalogue has changed between them (${before.catalogueVersion} and ${after.catalogueVersion}): crm-ready report OLD --judge --report json=FILE judges the older one again.`,
    );
  }
  return notes;
}
