import exported, { type Builder, type TestCase } from 'junit-report-builder';
import { isUnmeasured } from '../report/findings.ts';
import { verdictTitles } from '../report/titles.ts';
import type { CheckResult, Report } from '../report/types.ts';
import { inert } from './inert.ts';

// The types speak of a default export inside the module; the module itself is the builder.
const junit = exported as unknown as Builder;

/**
 * The report as test results: a suite for each item, a case for each requirement. What is not met is a failure; what
 * was not measured, is out or waived is skipped; what is met with a loss has passed, and says so in its output.
 */
export function renderJunit(report: Report): string {
  const milliseconds = new Map(report.exchanges.map(({ id, timing }) => [id, timing.totalMs]));
  const builder = junit.newBuilder().name(inXml(`crm-ready: ${report.profile.name}`));
  for (const item of report.items) {
    const checks = report.checks.filter((check) => check.item === item.id);
    if (checks.length === 0) continue;
    const suite = builder
      .testSuite()
      .name(inXml(item.title))
      .timestamp(new Date(report.run.startedAt))
      .property('crm', inXml(report.profile.host))
      .property('score', item.score === null ? 'not measured' : String(item.score))
      .property('measuredPercent', String(item.measuredPercent));
    for (const check of checks) {
      const spent = check.exchanges.reduce((sum, id) => sum + (milliseconds.get(id) ?? 0), 0);
      const testCase = suite
        .testCase()
        .className(inXml(`crm-ready.${check.item}`))
        .name(inXml(`${check.id}: ${check.title}`))
        .time(Math.round(spent) / 1000);
      tell(check, testCase);
    }
  }
  // The schema of Jenkins' xUnit plugin knows no `skipped` at the root, and that plugin is strict.
  return `${builder.build().replace(/^(<testsuites [^\n]*?) skipped="\d+">$/m, '$1>')}\n`;
}

function tell(check: CheckResult, testCase: TestCase): void {
  const { verdict, summary } = check;
  if (verdict === 'fail') testCase.failure(inXml(summary), check.level).stacktrace(explanation(check));
  else if (isUnmeasured(verdict) || verdict === 'not-applicable' || verdict === 'waived') {
    testCase.skipped().standardOutput(inXml(`${verdictTitles[verdict]}: ${summary}`));
  } else if (verdict === 'warn')
    testCase.standardOutput(`${inXml(`with a loss: ${summary}`)}\n${explanation(check)}`);
}

function explanation({ why, expected, observed, remedy }: CheckResult): string {
  const rows: [string, string | null][] = [
    ['why', why],
    ['expected', expected],
    ['observed', observed],
    ['vendor', remedy.vendor],
    ['until then', remedy.integrator],
  ];
  return rows.flatMap(([label, text]) => (text ? inXml(`${label}: ${text}`) : [])).join('\n');
}

/**
 * XML 1.0 has no place for some characters, not even escaped (section 2.2). The end of a CDATA section is broken by a
 * blank: the other way, two sections side by side, is more than some readers take.
 */
function inXml(text: string): string {
  return inert(text, 1000)
    .replace(/[\uFFFE\uFFFF]/g, '\uFFFD')
    .replaceAll(']]>', ']] >');
}
