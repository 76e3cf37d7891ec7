import type { ComponentChildren } from 'preact';
import { extraFormatsIn, type Matrix } from '../../report/matrix.ts';
import { commandToAskAgain } from '../../report/reproduce.ts';
import { verdictTitles } from '../../report/titles.ts';
import type { CheckResult, Link } from '../../report/types.ts';
import { consequencesOf, effects } from './consequences.ts';
import { Evidence } from './evidence.tsx';
import { RequirementLinks } from './features.tsx';
import { HeatMap } from './heat-map.tsx';
import type { Page } from './page.ts';
import { Mark, verdictMark } from './symbols.tsx';
import { capital } from './text.ts';

/** A requirement that is not met, or met with a loss: all that a reader needs to believe it and to mend it. */
export function Finding({
  check,
  page,
  matrix,
}: {
  check: CheckResult;
  page: Page;
  matrix: Matrix | undefined;
}) {
  const mark = verdictMark(check.verdict, false);
  return (
    <article class={`finding ${mark}`} id={check.id} aria-labelledby={`title-${check.id}`}>
      <p class="label">
        <span class="word">
          <Mark name={mark} /> {capital(verdictTitles[check.verdict])}
        </span>
        <span>{check.level === 'must' ? 'a must' : 'a should'}</span>
        <a href={`#${check.id}`} title="Link to this finding">
          <code>{check.id}</code>
        </a>
      </p>
      <h4 id={`title-${check.id}`}>{capital(check.summary)}</h4>
      <Effect check={check} page={page} />
      <dl>
        <Row label="Required">The CRM {check.title}.</Row>
        <Row label="Why it matters">{check.why}</Row>
        {check.expected && <Row label="Expected">{check.expected}</Row>}
        {check.observed && <Row label="Observed">{check.observed}</Row>}
        {check.remedy.vendor && <Row label="CRM vendor">{check.remedy.vendor}</Row>}
        {check.remedy.integrator && <Row label="Integrator, until then">{check.remedy.integrator}</Row>}
        {check.cautions.length > 0 && <Row label="Bear in mind">{check.cautions.join('; ')}</Row>}
        {check.links.length > 0 && (
          <Row label="Read more">
            <Links links={check.links} />
          </Row>
        )}
        <Row label="Ask again">
          <code class="command">{commandToAskAgain(page.report, check.id)}</code>
        </Row>
      </dl>
      {matrix && <HeatMap matrix={matrix} id={check.id} formats={extraFormatsIn(check.facts)} />}
      <Evidence check={check} page={page} />
    </article>
  );
}

export function Row({ label, children }: { label: string; children: ComponentChildren }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Effect({ check, page }: { check: CheckResult; page: Page }) {
  const consequences = consequencesOf(check, page.report);
  const sentences = effects(consequences);
  const { blocks } = consequences;
  if (sentences.length === 0 && blocks.length === 0) return null;
  return (
    <p class="effect">
      {sentences.join(' ')}
      {blocks.length > 0 && (
        <>
          {' '}
          It keeps from being asked: <RequirementLinks ids={blocks} report={page.report} />.
        </>
      )}
    </p>
  );
}

/** Only addresses of the web are links. */
export function Links({ links }: { links: readonly Link[] }) {
  return (
    <ul class="links">
      {links.map(({ title, url }) => (
        <li key={url}>
          {/^https?:\/\//i.test(url) ? (
            <a href={url} rel="noopener noreferrer">
              {title}
            </a>
          ) : (
            title
          )}
        </li>
      ))}
    </ul>
  );
}
