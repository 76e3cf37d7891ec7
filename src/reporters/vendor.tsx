import { firstSteps } from '../report/first-step.ts';
import { type Matrix, matricesToShow } from '../report/matrix.ts';
import type { CheckResult, Report } from '../report/types.ts';
import { htmlDocument } from './html/document.tsx';
import { type Page, pageOf } from './html/page.ts';
import { capital, dateTime } from './html/text.ts';
import { Message } from './vendor/message.tsx';
import { counted } from './wording.ts';

/**
 * For the makers of the CRM alone, in the look of the HTML report: what they must change, each finding a message that is
 * ready to be sent. What an integrator can do without them is left out.
 */
export function renderVendor(report: Report): string {
  const page = pageOf(report);
  const findings = firstSteps(page.report, Number.POSITIVE_INFINITY).filter(
    ({ remedy }) => remedy.vendor !== '',
  );
  const needed = findings.filter(isNeeded);
  const wished = findings.filter((check) => !isNeeded(check));
  const matrices = matricesToShow(page.report.checks);
  return htmlDocument(
    `${page.report.profile.name}: what to change for RingCentral App Connect`,
    'packet',
    <>
      <main id="main">
        <Intro report={page.report} needed={needed.length} wished={wished.length} />
        {findings.length > 0 && <Contents findings={[...needed, ...wished]} />}
        <Group
          id="needed"
          title="Must change: App Connect cannot do without"
          findings={needed}
          page={page}
          matrices={matrices}
        />
        <Group
          id="wished"
          title="Should change: it works, but with a loss"
          findings={wished}
          page={page}
          matrices={matrices}
        />
      </main>
      <footer>
        <p>
          Made by {report.tool.name} {report.tool.version}, catalogue {report.catalogueVersion}, run{' '}
          {page.report.run.id}. Secrets were taken out of all requests and answers when they were recorded.
          crm-ready is not a product of RingCentral.
        </p>
      </footer>
    </>,
  );
}

function isNeeded(check: CheckResult): boolean {
  return check.level === 'must' && check.verdict === 'fail';
}

function Intro({ report, needed, wished }: { report: Report; needed: number; wished: number }) {
  const { profile, run, measuredPercent } = report;
  const all = needed + wished;
  return (
    <header class="intro">
      <p class="kicker">For the makers of {profile.name}</p>
      <h1>
        {all === 0 ? nothing(measuredPercent) : `${counted(all, 'change')} for RingCentral App Connect`}
      </h1>
      <p>
        RingCentral App Connect brings phone calls and text messages into a CRM: it shows who is calling, and
        records what was said. On <time dateTime={run.startedAt}>{dateTime(run.startedAt)}</time> crm-ready
        asked {profile.host} what App Connect will ask, {counted(run.requests, 'request')} in all, and could
        judge {`${measuredPercent}\u00A0%`} of its checklist.
      </p>
      <p>{all === 0 ? nothingSaid(measuredPercent) : `${sentenceOn(needed, wished)}.`}</p>
    </header>
  );
}

/** What was not measured may have to change: no more is promised than was looked at. */
function nothing(measuredPercent: number): string {
  if (measuredPercent === 0) return 'Nothing could be judged';
  return measuredPercent === 100 ? 'Nothing to change' : 'Nothing to change so far';
}

function nothingSaid(measuredPercent: number): string {
  return measuredPercent === 0
    ? 'Whether something has to be changed in the CRM cannot be said.'
    : 'Nothing that could be judged has to be changed in the CRM.';
}

function sentenceOn(needed: number, wished: number): string {
  const one = needed + wished === 1;
  if (wished === 0) return `App Connect cannot do without ${one ? 'it' : 'them'}`;
  if (needed === 0) return `App Connect works without ${one ? 'it' : 'them'}, but with a loss`;
  return `App Connect cannot do without ${needed} of them; ${wished} ${wished === 1 ? 'makes' : 'make'} it work better`;
}

function Contents({ findings }: { findings: readonly CheckResult[] }) {
  return (
    <nav class="contents" aria-labelledby="contents">
      <h2 id="contents">In the order in which they help</h2>
      <ol>
        {findings.map((check) => (
          <li key={check.id}>
            <a href={`#${check.id}`}>{capital(check.summary)}</a>
          </li>
        ))}
      </ol>
    </nav>
  );
}

function Group({
  id,
  title,
  findings,
  page,
  matrices,
}: {
  id: string;
  title: string;
  findings: readonly CheckResult[];
  page: Page;
  matrices: ReadonlyMap<string, Matrix>;
}) {
  if (findings.length === 0) return null;
  return (
    <section class="group" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {findings.map((check) => (
        <Message check={check} page={page} matrix={matrices.get(check.id)} key={check.id} />
      ))}
    </section>
  );
}
