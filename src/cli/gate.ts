import { readFile } from 'node:fs/promises';
import { nearest } from '../profile/suggest.ts';
import { unreadable } from '../report/read.ts';
import { type FeatureId, featureIds, type Report } from '../report/types.ts';
import type { WaiverEntry } from '../report/waivers.ts';
import { inert } from '../reporters/inert.ts';
import { type BesideTheGate, outweighing } from '../verdict/exit-code.ts';
import { type Decision, decide, type GateRules } from '../verdict/gate.ts';
import { type SpentWaiver, waive } from '../verdict/waive.ts';
import { UsageError } from './failure.ts';
import { savedReport } from './saved-report.ts';

/** The options of the gate, as commander gives them. */
export interface GateOptions {
  failUnder?: number;
  require?: string[];
  maxUnmeasured?: number;
  baseline?: string;
  waivers?: string;
}

export interface Gate {
  /** Whether anything was asked of it beside the ordinary rule. */
  asked: boolean;
  rules: GateRules;
  waivers: WaiverEntry[];
}

/** No must fails. */
export const ordinaryGate: Gate = { asked: false, rules: {}, waivers: [] };

/** Reads what the gate needs, so that a mistake is told before anything is sent. @throws {UsageError | ProfileError} */
export async function gateOf(options: GateOptions): Promise<Gate> {
  const { failUnder, require, maxUnmeasured, baseline, waivers } = options;
  const features = featuresNamed(require ?? []);
  const asked = [failUnder, require, maxUnmeasured, baseline, waivers].some((option) => option !== undefined);
  return {
    asked,
    rules: {
      ...(failUnder !== undefined && { failUnder }),
      ...(maxUnmeasured !== undefined && { maxUnmeasured }),
      ...(baseline !== undefined && { baseline: await savedReport(baseline) }),
      require: features,
    },
    waivers: waivers === undefined ? [] : await waiversIn(waivers),
  };
}

/** Applies the waivers, if there are any, before anything is written. */
export function waivedBy(gate: Gate, report: Report): { report: Report; spent: SpentWaiver[] } {
  if (gate.waivers.length === 0) return { report, spent: [] };
  return waive(report, gate.waivers, new Date().toISOString().slice(0, 10));
}

/** Decides, and says so, and what decides the exit code in its place: the last line on stderr. */
export function decideAloud(
  gate: Gate,
  report: Report,
  spent: readonly SpentWaiver[],
  beside: BesideTheGate = {},
): Decision {
  const decision = decide(report, gate.rules, spent);
  const other = outweighing(beside);
  process.stderr.write(`${inert(decision.line, 1000)}${other ? ` ${other.sentence}` : ''}\n`);
  return decision;
}

function featuresNamed(words: readonly string[]): FeatureId[] {
  return words.map((word) => {
    const feature = featureIds.find((id) => id === word);
    if (feature) return feature;
    const near = nearest(word, featureIds);
    throw new UsageError(
      `--require: there is no feature "${word}"`,
      `${near ? `Did you mean ${near}? ` : ''}Features: ${featureIds.join(', ')}.`,
    );
  });
}

async function waiversIn(file: string): Promise<WaiverEntry[]> {
  const [{ parseWaivers }, { catalogue }] = await Promise.all([
    import('../report/waivers.ts'),
    import('../checks/index.ts'),
  ]);
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new UsageError(
      `--waivers ${file}: ${unreadable[code] ?? `the file cannot be read (${code})`}`,
      'Expected YAML: a list under `waivers`, each with id, reason and expires.',
    );
  });
  return parseWaivers(
    text,
    file,
    catalogue.map(({ id }) => id),
  );
}
