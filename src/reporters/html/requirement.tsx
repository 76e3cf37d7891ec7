import { isForInformation, isMeasured } from '../../report/findings.ts';
import { extraFormatsIn, type Matrix } from '../../report/matrix.ts';
import { verdictTitles } from '../../report/titles.ts';
import type { CheckResult } from '../../report/types.ts';
import { Evidence } from './evidence.tsx';
import { HeatMap } from './heat-map.tsx';
import type { Page } from './page.ts';
import { Mark, verdictMark } from './symbols.tsx';
import { capital } from './text.ts';

/** A requirement that lost nothing, or is open: one line; the rest is folded away. */
export function Requirement({
  check,
  page,
  matrix,
}: {
  check: CheckResult;
  page: Page;
  matrix: Matrix | undefined;
}) {
  const information = isForInformation(check);
  const mark = verdictMark(check.verdict, information);
  const { blockedBy } = check;
  return (
    <details class={`requirement ${mark}`} id={check.id}>
      <summary>
        <Mark name={mark} />
        <span class="said">
          <span class={check.verdict === 'pass' || information ? 'unseen' : 'word'}>
            {information ? 'for information' : verdictTitles[check.verdict]}
            {': '}
          </span>
          {capital(check.summary)}
          {blockedBy !== null && !check.summary.includes(blockedBy) && ` (see ${blockedBy})`}
        </span>
        <code>{check.id}</code>
      </summary>
      <div class="folded">
        <p>
          {check.level === 'info' ? 'Asked' : 'Required'}: the CRM {check.title}. {check.why}
        </p>
        {!isMeasured(check.verdict) && blockedBy !== null && (
          <p>
            It can be asked once <a href={`#${blockedBy}`}>{blockedBy}</a> is met.
          </p>
        )}
        {check.cautions.map((caution) => (
          <p key={caution}>But: {caution}</p>
        ))}
        {matrix && <HeatMap matrix={matrix} id={check.id} formats={extraFormatsIn(check.facts)} />}
        <Evidence check={check} page={page} />
      </div>
    </details>
  );
}
