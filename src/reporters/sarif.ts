import { placeConcerned } from '../report/concerns.ts';
import { isFailedMust, isFinding, isUnmeasured } from '../report/findings.ts';
import { verdictTitles } from '../report/titles.ts';
import type { CheckResult, Report } from '../report/types.ts';
import { inert } from './inert.ts';
import { jsonText } from './json.ts';

/**
 * SARIF 2.1.0, for code scanning and editors: a result for each finding, at the line of the profile that describes the
 * operation. Waived findings are suppressed results; what was not measured is a notification, so that nobody takes it
 * for a result.
 */
export function renderSarif(report: Report): string {
  const { checks, run, tool } = report;
  const results = checks.filter((check) => isFinding(check) || check.verdict === 'waived');
  const open = checks.filter(({ level, verdict }) => level !== 'info' && isUnmeasured(verdict));
  const started = Date.parse(run.startedAt);
  return jsonText({
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: tool.name, version: plain(tool.version), rules: checks.map(rule) } },
        automationDetails: { id: `crm-ready/${plain(report.profile.name)}/` },
        invocations: [
          {
            executionSuccessful: run.ended === 'complete',
            ...(Number.isFinite(started) && {
              startTimeUtc: new Date(started).toISOString(),
              endTimeUtc: new Date(started + run.durationMs).toISOString(),
            }),
            toolExecutionNotifications: open.map(({ id, verdict, summary }) => ({
              level: 'note',
              message: message(`${verdictTitles[verdict]}: ${summary}`),
              associatedRule: { id: plain(id), index: indexOf(checks, id) },
            })),
          },
        ],
        results: results.map((check) => result(report, check)),
      },
    ],
  });
}

function rule({ id, level, title, why, remedy, links }: CheckResult) {
  const [page] = links;
  return {
    id: plain(id),
    shortDescription: message(`The CRM ${title}`),
    fullDescription: message(why),
    help: message(`${remedy.vendor} Until then: ${remedy.integrator}`),
    ...(page && URL.canParse(page.url) && { helpUri: page.url }),
    defaultConfiguration: { level: level === 'must' ? 'error' : level === 'should' ? 'warning' : 'none' },
  };
}

function result(report: Report, check: CheckResult) {
  const { id, waiver, summary } = check;
  const failedMust = isFailedMust(check) || (check.level === 'must' && waiver?.verdict === 'fail');
  const parts = [
    summary,
    check.expected && `Expected: ${check.expected}`,
    check.observed && `Observed: ${check.observed}`,
  ];
  return {
    ruleId: plain(id),
    ruleIndex: indexOf(report.checks, id),
    level: failedMust ? 'error' : 'warning',
    message: message(parts.filter((part) => part).join('. ')),
    locations: [location(report, id)],
    partialFingerprints: { 'crmReady/v1': plain(`${report.profile.name}:${id}`) },
    ...(check.verdict === 'waived' && {
      suppressions: [
        { kind: 'external', status: 'accepted', ...(waiver && { justification: plain(waiver.reason) }) },
      ],
    }),
  };
}

function location({ profile }: Report, id: string) {
  const { line, column } = placeConcerned(profile, id);
  // Outside the folder of the run only its name is known; a reader then asks where the file lies.
  const uri = plain(profile.path ?? profile.file)
    .split('/')
    .map(encodeURIComponent)
    .join('/');
  return {
    physicalLocation: {
      artifactLocation: { uri, uriBaseId: '%SRCROOT%' },
      region: { startLine: line, startColumn: column },
    },
  };
}

function indexOf(checks: readonly CheckResult[], id: string): number {
  return checks.findIndex((check) => check.id === id);
}

/** A message whose text links to nothing: brackets are SARIF's links (section 3.11.6), and are escaped. */
function message(text: string) {
  return { text: plain(text).replace(/[\\[\]]/g, '\\$&') };
}

function plain(text: string): string {
  return inert(text, 1000);
}
