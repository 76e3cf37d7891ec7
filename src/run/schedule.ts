import type { CheckDefinition } from '../checks/define-check.ts';
import type { NeedName, Needs } from '../checks/needs.ts';
import { type Miss, Unanswerable } from '../checks/unanswerable.ts';
import { currentContext, join, type RequestContext, runInContext } from '../http/context.ts';
import { TemplateError } from '../profile/template.ts';
import { notMeasured } from '../report/not-measured.ts';
import type { CheckResult, Judgement } from '../report/types.ts';
import { earnedShare, weightOf } from '../verdict/score.ts';
import { judgeUnasked } from './described.ts';
import type { Kit } from './specimens/kit.ts';

/** Who is told when a check begins to ask, and when it has its verdict. */
export interface Watch {
  began(check: CheckDefinition): void;
  ended(result: CheckResult): void;
}

/** Runs checks side by side, each as soon as its needs are there. Results come in the order of `checks`. */
export async function runSideBySide(
  checks: readonly CheckDefinition[],
  kit: Kit,
  watch: Watch,
): Promise<CheckResult[]> {
  return Promise.all(
    checks.map(async (check) => {
      const result = await runCheck(check, kit, watch);
      watch.ended(result);
      return result;
    }),
  );
}

/** One after the other: for what changes the session that the next one looks at. */
export async function runInOrder(
  checks: readonly CheckDefinition[],
  kit: Kit,
  watch: Watch,
): Promise<CheckResult[]> {
  const results: CheckResult[] = [];
  for (const check of checks) {
    const result = await runCheck(check, kit, watch);
    watch.ended(result);
    results.push(result);
  }
  return results;
}

/** Makes what the checks of the last phase need, but for the logout itself: after clean-up nothing may be created. */
export async function makeReady(checks: readonly CheckDefinition[], kit: Kit): Promise<void> {
  const asked = checks.filter((check) => judgeUnasked(check, kit.profile, kit.settings.readOnly) === null);
  const needs = new Set(asked.flatMap((check) => check.needs.filter((name) => name !== 'logout')));
  // Why one of them cannot be had is told by the check that needs it.
  await Promise.allSettled([...needs].map((name) => kit.get(name)));
}

async function runCheck(check: CheckDefinition, kit: Kit, watch: Watch): Promise<CheckResult> {
  // A check of the last phase begins where the run has got to.
  const chain = currentContext()?.chain ?? 0;
  const context: RequestContext = { check: check.id, chain, exchanges: new Set() };
  const { facts, judgement, blockedBy } = await runInContext(context, () =>
    observeAndJudge(check, kit, watch),
  );
  join(context);
  const result = resultOf(check, facts, judgement, blockedBy, [...context.exchanges]);
  // What the CRM said; the catalogue's own texts ("Authorization: Bearer <token>") hold no secret and stay as they are.
  const { summary, observed, cautions } = result;
  return { ...result, ...kit.operations.transport.redaction.json({ facts, summary, observed, cautions }) };
}

/**
 * What stood in the way of a requirement may have happened to another record than the one by which the requirement that
 * is blamed was judged: where that one passes, it was no doing of the CRM's.
 */
export function withoutFalseBlame(results: readonly CheckResult[]): CheckResult[] {
  const passed = new Set(results.flatMap(({ id, verdict }) => (verdict === 'pass' ? [id] : [])));
  return results.map((result) =>
    result.blockedBy !== null && passed.has(result.blockedBy)
      ? { ...result, verdict: 'inconclusive', blockedBy: null }
      : result,
  );
}

interface Observed {
  facts: unknown;
  judgement: Judgement;
  blockedBy: string | null;
}

async function observeAndJudge(check: CheckDefinition, kit: Kit, watch: Watch): Promise<Observed> {
  const unasked = judgeUnasked(check, kit.profile, kit.settings.readOnly);
  if (unasked) return { facts: null, ...unasked };
  try {
    const have: Partial<Record<NeedName, unknown>> = {};
    await Promise.all(
      check.needs.map(async (name) => {
        have[name] = await kit.get(name);
      }),
    );
    watch.began(check);
    const facts = await check.observe(kit, have as Needs);
    return { facts, judgement: guarded(levelled(check.judge(facts), check), check, kit), blockedBy: null };
  } catch (error) {
    if (error instanceof Unanswerable) return missed(guardedMiss(error.miss, kit), check.id);
    if (error instanceof TemplateError) {
      return missed({
        verdict: 'not-described',
        by: null,
        reason: `a template of the profile: ${error.message}`,
      });
    }
    // A fault of ours must neither stop the other checks nor keep clean-up from its work.
    const reason = error instanceof Error ? error.message : String(error);
    return missed({ verdict: 'inconclusive', by: null, reason: `crm-ready itself failed here: ${reason}` });
  }
}

/** A should that is missed is a warn, whatever refused it; only a must fails. */
function levelled(judgement: Judgement, { level }: CheckDefinition): Judgement {
  return level === 'should' && judgement.verdict === 'fail' ? { ...judgement, verdict: 'warn' } : judgement;
}

/**
 * What was cancelled in the middle is no answer, whatever it looks like, nor is what was not sent for want of requests
 * or time. What passes has all that it needs; what is only shown passes with anything.
 */
function guarded(judgement: Judgement, { level }: CheckDefinition, { clock }: Kit): Judgement {
  const unsent = currentContext()?.unsent;
  if (judgement.verdict === 'pass' && (level !== 'info' || unsent === undefined)) return judgement;
  if (unsent !== undefined) return { verdict: 'inconclusive', summary: notMeasured(unsent) };
  return clock.cancelled ? { verdict: 'inconclusive', summary: stopped } : judgement;
}

/** The same for what could not be had: the requirement that would be blamed was not asked to its end. */
function guardedMiss(miss: Miss, { clock }: Kit): Miss {
  if (miss.verdict !== 'blocked' && miss.verdict !== 'inconclusive') return miss;
  const unsent = currentContext()?.unsent;
  if (unsent !== undefined) return { verdict: 'inconclusive', by: null, reason: notMeasured(unsent) };
  if (!clock.cancelled || miss.verdict === 'inconclusive') return miss;
  return { verdict: 'inconclusive', by: null, reason: stopped };
}

const stopped = 'the run was stopped before this could be measured';

function missed(miss: Miss, id?: string): Observed {
  // A check that is blamed for its own miss has nothing to wait for: the reason is its own.
  if (miss.verdict === 'blocked' && (miss.by === null || miss.by === id)) {
    return { facts: null, judgement: { verdict: 'inconclusive', summary: miss.reason }, blockedBy: null };
  }
  return {
    facts: null,
    judgement: { verdict: miss.verdict, summary: miss.reason },
    blockedBy: miss.verdict === 'blocked' ? miss.by : null,
  };
}

function resultOf(
  check: CheckDefinition,
  facts: unknown,
  judgement: Judgement,
  blockedBy: string | null,
  exchanges: number[],
): CheckResult {
  const { id, item, level, title, why, remedy, links } = check;
  return {
    id,
    item,
    level,
    weight: weightOf(id, level),
    title,
    why,
    remedy: { ...remedy, ...judgement.remedy },
    links: [...links],
    verdict: judgement.verdict,
    summary: judgement.summary,
    expected: judgement.expected ?? null,
    observed: judgement.observed ?? null,
    facts,
    blockedBy,
    earned: earnedShare(level, judgement),
    adapterCode: judgement.adapterCode ?? false,
    cautions: judgement.cautions ?? [],
    exchanges: exchanges.sort((a, b) => a - b),
  };
}
