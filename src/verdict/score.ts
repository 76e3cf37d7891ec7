import { itemTitles } from '../report/titles.ts';
import {
  type CheckResult,
  type ItemId,
  type ItemResult,
  itemIds,
  type Judgement,
  type Level,
} from '../report/types.ts';

/** How much each item weighs in the whole, out of 100. A change is a change of the catalogue's version. */
export const itemWeights = {
  oauth: 20,
  logout: 10,
  activity: 25,
  'phone-lookup': 25,
  'contact-create': 10,
  'current-user': 10,
  beyond: 0,
} as const satisfies Record<ItemId, number>;

const levelWeights = { must: 3, should: 1, info: 0 } as const satisfies Record<Level, number>;

const exceptionalWeights: Readonly<Record<string, number>> = {
  'lookup.any-format': 9,
  'auth.alternative': 12,
};

/** Weight of a requirement within its item: must 3, should 1, info 0, and the two exceptions of the checklist. */
export function weightOf(id: string, level: Level): number {
  return exceptionalWeights[id] ?? levelWeights[level];
}

/**
 * Share of its weight that a requirement earns, 0 to 1; null when it was not measured, or is out.
 * A share that the judge names counts for a warn only: a pass is whole and a fail is nothing.
 */
export function earnedShare(level: Level, judgement: Pick<Judgement, 'verdict' | 'share'>): number | null {
  switch (judgement.verdict) {
    case 'pass':
      return 1;
    case 'fail':
      return 0;
    case 'warn':
      return judgement.share === undefined ? (level === 'must' ? 0.5 : 0) : clamp(judgement.share);
    default:
      return null;
  }
}

/**
 * The items, in the order of the checklist; what is beyond the six weighs nothing. An item of which every requirement is out (not applicable,
 * waived) weighs 0; one of which nothing was asked keeps its weight, as not measured.
 */
export function scoreItems(checks: readonly CheckResult[]): ItemResult[] {
  return itemIds.map((id) => {
    const sums = weigh(checks.filter((check) => check.item === id));
    return {
      id,
      title: itemTitles[id],
      score: scorePercent(sums),
      measuredPercent: measuredPercent(sums),
      weight: sums.out ? 0 : itemWeights[id],
    };
  });
}

/**
 * Score and measured percentage of the whole, 0 to 100. A requirement weighs
 * `item weight × its weight / weight of the item's requirements that are not out`, so that an item counts with its
 * published weight however many rows it has; the score is what was earned of what was measured.
 */
export function scoreOverall(checks: readonly CheckResult[]): {
  score: number | null;
  measuredPercent: number;
} {
  const whole: Sums = { earned: 0, measured: 0, all: 0, out: false };
  for (const id of itemIds) {
    const item = weigh(checks.filter((check) => check.item === id));
    if (item.out) continue;
    whole.all += itemWeights[id];
    if (item.all === 0) continue;
    whole.measured += share(item.measured, item.all) * itemWeights[id];
    whole.earned += share(item.earned, item.all) * itemWeights[id];
  }
  return { score: scorePercent(whole), measuredPercent: measuredPercent(whole) };
}

interface Sums {
  earned: number;
  measured: number;
  all: number;
  /** Something would weigh here, and all of it is not applicable or waived. */
  out: boolean;
}

function weigh(checks: readonly CheckResult[]): Sums {
  const sums: Sums = { earned: 0, measured: 0, all: 0, out: false };
  const weighing = checks.filter((check) => check.level !== 'info' && check.weight > 0);
  for (const check of weighing) {
    if (check.verdict === 'not-applicable' || check.verdict === 'waived') continue;
    sums.all += check.weight;
    if (check.earned === null) continue;
    sums.measured += check.weight;
    sums.earned += check.weight * clamp(check.earned);
  }
  sums.out = weighing.length > 0 && sums.all === 0;
  return sums;
}

/** Rounded, but 100 is kept for "nothing was lost" and 0 for "nothing was earned". */
function scorePercent({ earned, measured }: Sums): number | null {
  if (measured === 0) return null;
  if (earned >= measured - tolerance) return 100;
  if (earned <= tolerance) return 0;
  return Math.min(99, Math.max(1, Math.round(share(earned, measured) * 100)));
}

/** Rounded down: a gap is never rounded away, and the limit of 80 % means what the report shows. */
function measuredPercent({ measured, all }: Sums): number {
  if (all === 0 || measured === 0) return 0;
  return Math.max(1, Math.floor(share(measured, all) * 100 + tolerance));
}

const tolerance = 1e-9;

function share(part: number, whole: number): number {
  return part / whole;
}

function clamp(value: number): number {
  return Number.isFinite(value) ? Math.min(1, Math.max(0, value)) : 0;
}
