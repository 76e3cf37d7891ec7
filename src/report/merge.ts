import { isFinding } from './findings.ts';
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
  findings: { id: string; title: string; level: Level; crms: string[] }[];
}

interface OverviewRow {
  name: string;
  host: string;
  startedAt: string;
  catalogueVersion: number;
  overall: Overall;
  reason: string;
  score: number | null;
  measuredPercent: number;
  features: Record<FeatureId, FeatureState>;
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
  const findings = new Map<string, Overview['findings'][number]>();
  for (const { profile, checks } of reports) {
    for (const check of checks.filter(isFinding)) {
      const { id, title, level } = check;
      const finding = findings.get(id) ?? { id, title, level, crms: [] };
      finding.crms.push(profile.name);
      findings.set(id, finding);
    }
  }
  return {
    kind: 'crm-ready overview',
    crms: reports
      .map(rowOf)
      .toSorted(
        (a, b) =>
          order[a.overall] - order[b.overall] ||
          (b.score ?? -1) - (a.score ?? -1) ||
          a.name.localeCompare(b.name, 'en') ||
          a.startedAt.localeCompare(b.startedAt),
      ),
    findings: [...findings.values()].toSorted((a, b) => b.crms.length - a.crms.length),
  };
}

function rowOf(report: Report): OverviewRow {
  const { profile, run, catalogueVersion, overall, score, measuredPercent, features, checks } = report;
  return {
    name: profile.name,
    host: profile.host,
    startedAt: run.startedAt,
    catalogueVersion,
    overall,
    reason: overallReason(report),
    score,
    measuredPercent,
    features: Object.fromEntries(featureIds.map((id) => [id, features[id].state])) as OverviewRow['features'],
    findings: checks.filter(isFinding).length,
  };
}
