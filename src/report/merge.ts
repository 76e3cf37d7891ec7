import { isFinding, isMeasured } from './findings.ts';
import { labelsOf } from './labels.ts';
import { overallReason } from './overall-reason.ts';
import {
  type FeatureId,
  type FeatureState,
  featureIds,
  type Level,
  type Overall,
  type Report,
} from './types.ts';

/** Many CRMs on one page. */
export interface Overview {
  kind: 'crm-ready overview';
  /** The best first. */
  crms: OverviewRow[];
  /** What is not met, or met with a loss, by how many: the most first. */
  findings: SharedFinding[];
}

/** A requirement and the CRMs that it finds fault with, by their labels. */
export interface SharedFinding {
  id: string;
  title: string;
  level: Level;
  /** All of them, in the order of the rows. */
  crms: string[];
  /** Those of them that do not meet it; the others meet it with a loss. */
  failing: string[];
  /** In how many reports it is measured. */
  measured: number;
}

export interface OverviewRow {
  /** The name, and what tells it from a report of the same name. */
  label: string;
  name: string;
  host: string;
  startedAt: string;
  catalogueVersion: number;
  overall: Overall;
  reason: string;
  score: number | null;
  measuredPercent: number;
  features: Record<FeatureId, FeatureState>;
  /** Those of them that work, but with a caution. */
  withCaution: FeatureId[];
  findings: number;
}

const order: Readonly<Record<Overall, number>> = {
  ready: 0,
  'ready-with-adapter-code': 1,
  'partly-ready': 2,
  'not-ready': 3,
  unknown: 4,
};

export function mergeReports(reports: readonly Report[]): Overview {
  const labels = labelsOf(reports);
  const all = reports
    .map((report, index) => ({ report, row: rowOf(report, labels[index] ?? report.profile.name) }))
    .toSorted((a, b) => inOrder(a.row, b.row));
  return {
    kind: 'crm-ready overview',
    crms: all.map(({ row }) => row),
    findings: sharedFindings(all),
  };
}

function inOrder(a: OverviewRow, b: OverviewRow): number {
  return (
    order[a.overall] - order[b.overall] ||
    (b.score ?? -1) - (a.score ?? -1) ||
    a.label.localeCompare(b.label, 'en') ||
    a.startedAt.localeCompare(b.startedAt)
  );
}

function sharedFindings(all: readonly { report: Report; row: OverviewRow }[]): SharedFinding[] {
  const findings = new Map<string, SharedFinding>();
  for (const { report, row } of all) {
    for (const check of report.checks.filter(isFinding)) {
      const { id, title, level, verdict } = check;
      const finding = findings.get(id) ?? { id, title, level, crms: [], failing: [], measured: 0 };
      finding.crms.push(row.label);
      if (verdict === 'fail') finding.failing.push(row.label);
      findings.set(id, finding);
    }
  }
  for (const { report } of all) {
    for (const { id, verdict } of report.checks) {
      const finding = findings.get(id);
      if (finding && isMeasured(verdict)) finding.measured += 1;
    }
  }
  return [...findings.values()].toSorted(
    (a, b) => b.crms.length - a.crms.length || b.failing.length - a.failing.length,
  );
}

function rowOf(report: Report, label: string): OverviewRow {
  const { profile, run, catalogueVersion, overall, score, measuredPercent, features, checks } = report;
  return {
    label,
    name: profile.name,
    host: profile.host,
    startedAt: run.startedAt,
    catalogueVersion,
    overall,
    reason: overallReason(report),
    score,
    measuredPercent,
    features: Object.fromEntries(featureIds.map((id) => [id, features[id].state])) as OverviewRow['features'],
    withCaution: featureIds.filter(
      (id) => features[id].state === 'works' && features[id].cautions.length > 0,
    ),
    findings: checks.filter(isFinding).length,
  };
}
