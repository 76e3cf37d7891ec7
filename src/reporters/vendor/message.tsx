import type { Matrix } from '../../report/matrix.ts';
import { commandToAskAgain } from '../../report/reproduce.ts';
import { verdictTitles } from '../../report/titles.ts';
import type { CheckResult } from '../../report/types.ts';
import { ExchangeDetails } from '../html/exchange.tsx';
import { Links, Row } from '../html/finding.tsx';
import { HeatMap } from '../html/heat-map.tsx';
import type { Page } from '../html/page.ts';
import { Mark, verdictMark } from '../html/symbols.tsx';
import { tellingExchanges } from '../html/telling.ts';
import { capital } from '../html/text.ts';
import { impactOf } from './impact.ts';
import { messageText } from './message-text.ts';
import { requestIdOf } from './request-id.ts';

/** One finding for those who can mend it, and the same as text to paste. */
export function Message({
  check,
  page,
  matrix,
}: {
  check: CheckResult;
  page: Page;
  matrix: Matrix | undefined;
}) {
  const mark = verdictMark(check.verdict, false);
  const told = tellingExchanges(check, page.exchanges);
  const requestIds = told.flatMap((exchange) => requestIdOf(exchange) ?? []);
  return (
    <article class={`message ${mark}`} id={check.id} aria-labelledby={`title-${check.id}`}>
      <p class="label">
        <span class="word">
          <Mark name={mark} /> {capital(verdictTitles[check.verdict])}
        </span>
        <a href={`#${check.id}`} title="Link to this finding">
          <code>{check.id}</code>
        </a>
      </p>
      <h3 id={`title-${check.id}`}>{capital(check.summary)}</h3>
      <dl>
        <Row label="Impact on users">
          {impactOf(check, page.report)} {check.why}
        </Row>
        <Row label="Required">The CRM {check.title}.</Row>
        {check.expected && <Row label="Expected">{check.expected}</Row>}
        {check.observed && <Row label="Observed">{check.observed}</Row>}
        <Row label="Please change">
          <strong>{check.remedy.vendor}</strong>
        </Row>
        {requestIds.length > 0 && (
          <Row label="In your logs">
            {requestIds.map(({ name, value }) => (
              <code key={value}>
                {name}: {value}{' '}
              </code>
            ))}
          </Row>
        )}
        {check.links.length > 0 && (
          <Row label="Read more">
            <Links links={check.links} />
          </Row>
        )}
        <Row label="Ask again">
          <code class="command">{commandToAskAgain(page.report, check.id)}</code>
        </Row>
      </dl>
      {matrix && <HeatMap matrix={matrix} formats={[]} id={check.id} />}
      {told.length > 0 && (
        <>
          <h4>What was sent and what came back</h4>
          <div class="requests">
            {told.map((exchange) => (
              <ExchangeDetails exchange={exchange} page={page} key={exchange.id} />
            ))}
          </div>
        </>
      )}
      <details class="plain">
        <summary>The same as text, for a mail or a ticket</summary>
        <div class="folded">
          <p class="because">One click selects all of it.</p>
          <pre>{messageText(check, page)}</pre>
        </div>
      </details>
    </article>
  );
}
