import { isFinding, isForInformation, isUnmeasured } from '../../report/findings.ts';
import type { Matrix } from '../../report/matrix.ts';
import type { CheckResult, ItemResult, Report } from '../../report/types.ts';
import { counted } from '../wording.ts';
import { Finding } from './finding.tsx';
import type { Page } from './page.ts';
import { Requirement } from './requirement.tsx';
import { Bar } from './summary.tsx';

/** The table of contents: the items, with what each of them lost. */
export function Overview({ report }: { report: Report }) {
  return (
    <nav class="overview" aria-labelledby="overview">
      <h2 id="overview">The checklist</h2>
      <ul>
        {askedItems(report).map((item) => (
          <li key={item.id}>
            <a href={`#item-${item.id}`}>{item.title}</a>
            {scored(item) && <Bar score={item.score ?? 0} measured={item.measuredPercent} />}
            <span class="score-line">{scoreOf(item)}</span>
            <span class="tally">{tally(checksOf(item, report))}</span>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** One item: its requirements in the order of the checklist, those that lost something told in full. */
export function Item({
  item,
  page,
  matrices,
}: {
  item: ItemResult;
  page: Page;
  matrices: ReadonlyMap<string, Matrix>;
}) {
  const heading = `item-${item.id}`;
  return (
    <section class="item" aria-labelledby={heading}>
      <h3 id={heading}>
        {item.title} <small>{scoreOf(item)}</small>
      </h3>
      {checksOf(item, page.report).map((check) =>
        isFinding(check) ? (
          <Finding check={check} page={page} matrix={matrices.get(check.id)} key={check.id} />
        ) : (
          <Requirement check={check} page={page} matrix={matrices.get(check.id)} key={check.id} />
        ),
      )}
    </section>
  );
}

/** Without the items of which nothing was asked. */
export function askedItems(report: Report): ItemResult[] {
  return report.items.filter((item) => checksOf(item, report).length > 0);
}

function checksOf(item: ItemResult, { checks }: Report): CheckResult[] {
  return checks.filter((check) => check.item === item.id);
}

function scored(item: ItemResult): boolean {
  return item.id !== 'beyond' && item.score !== null;
}

function scoreOf(item: ItemResult): string {
  if (item.id === 'beyond') return 'not scored';
  if (item.score === null) return 'not measured';
  return `${item.score} of 100, ${item.measuredPercent}\u00A0% measured`;
}

function tally(checks: readonly CheckResult[]): string {
  const judged = checks.filter((check) => !isForInformation(check));
  const count = (verdict: string) => judged.filter((check) => check.verdict === verdict).length;
  const open = judged.filter((check) => isUnmeasured(check.verdict)).length;
  const parts = [
    [count('fail'), 'not met'],
    [count('warn'), 'with a loss'],
    [open, 'not measured'],
    [count('waived'), 'waived'],
  ] as const;
  const told = parts.filter(([number]) => number > 0).map(([number, words]) => `${number} ${words}`);
  if (told.length > 0) return told.join(', ');
  return judged.length === 0 ? counted(checks.length, 'answer') : 'all met';
}
