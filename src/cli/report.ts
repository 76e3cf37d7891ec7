import type { Report } from '../report/types.ts';
import { exitCode } from '../verdict/exit-code.ts';
import { UsageError } from './failure.ts';
import { decideAloud, type GateOptions, gateOf, waivedBy } from './gate.ts';
import { filesRead, reportsRead } from './overwriting.ts';
import { reportTargets, targetsOf, writeReports, writeTargets } from './report-targets.ts';
import { savedReport } from './saved-report.ts';

export interface ReportCommandOptions extends GateOptions {
  report: string[];
  judge?: boolean;
}

/** `crm-ready report FILE`: shows a saved report, judges it again, holds it to a gate. @returns the exit code */
export async function report(file: string | undefined, options: ReportCommandOptions): Promise<number> {
  if (file === undefined)
    throw new UsageError(
      'which report?',
      'crm-ready report FILE, where FILE is what --report json=FILE wrote.',
    );
  const targets = await reportTargets(options.report, [...reportsRead([file]), ...filesRead(options)]);
  const gate = await gateOf(options);
  const saved = await savedReport(file);
  const judged = options.judge ? (await import('../verdict/judge-again.ts')).judgeAgain(saved) : saved;
  const { report: shown, spent } = waivedBy(gate, judged);
  await writeReports(shown, targets, file);
  // Who only wants to see a report has not asked whether it is good enough.
  return gate.asked ? exitCode({ gate: decideAloud(gate, shown, spent).state }) : 0;
}

/** `crm-ready report merge A B …`: many CRMs on one page. @returns the exit code */
export async function mergeCommand(files: readonly string[], options: { report: string[] }): Promise<number> {
  const [{ overviewReporters }, { mergeReports }] = await Promise.all([
    import('../reporters/overview/index.ts'),
    import('../report/merge.ts'),
  ]);
  const targets = await targetsOf(options.report, overviewReporters, reportsRead(files));
  const reports: Report[] = [];
  for (const file of files) reports.push(await savedReport(file));
  const overview = mergeReports(reports);
  await writeTargets(targets, (format, how) => overviewReporters[format].render(overview, how));
  return 0;
}

/** `crm-ready report compare OLD NEW`. @returns 1 where something is worse, 3 where that cannot be told, else 0 */
export async function compareCommand(
  before: string,
  after: string,
  options: { report: string[] },
): Promise<number> {
  const [{ comparisonReporters }, { compareReports, standing }] = await Promise.all([
    import('../reporters/comparison/index.ts'),
    import('../report/compare.ts'),
  ]);
  const targets = await targetsOf(options.report, comparisonReporters, reportsRead([before, after]));
  const comparison = compareReports(await savedReport(before), await savedReport(after));
  await writeTargets(targets, (format, how) => comparisonReporters[format].render(comparison, how));
  return exitCode({ gate: standing(comparison) });
}
