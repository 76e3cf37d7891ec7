import { matricesToShow } from '../report/matrix.ts';
import { overallTitles } from '../report/titles.ts';
import type { Report } from '../report/types.ts';
import { About, Remarks } from './html/about.tsx';
import { htmlDocument } from './html/document.tsx';
import { ExchangeDetails } from './html/exchange.tsx';
import { Features } from './html/features.tsx';
import { FirstChanges } from './html/first-changes.tsx';
import { askedItems, Item, Overview } from './html/items.tsx';
import { type Page, pageOf } from './html/page.ts';
import { Summary } from './html/summary.tsx';
import { Timeline } from './html/timeline.tsx';

/**
 * The report as one HTML file for everybody: it needs no script, asks nobody for anything, and whatever a CRM answered
 * is text in it. Each requirement has its id as an anchor.
 */
export function renderHtml(report: Report): string {
  const page = pageOf(report);
  const shown = page.report;
  const matrices = matricesToShow(shown.checks);
  return htmlDocument(
    `${shown.profile.name}: ${overallTitles[shown.overall]} (crm-ready)`,
    'report',
    <>
      <main id="main">
        <Summary report={shown} />
        <div class="glance">
          <Features report={shown} />
          <FirstChanges report={shown} />
        </div>
        <Overview report={shown} />
        {askedItems(shown).map((item) => (
          <Item item={item} page={page} matrices={matrices} key={item.id} />
        ))}
        <Remarks report={shown} />
        <Timeline report={shown} />
        <About report={shown} />
        <Exchanges page={page} />
      </main>
      <Footer report={shown} />
    </>,
  );
}

function Exchanges({ page }: { page: Page }) {
  const { exchanges } = page.report;
  if (exchanges.length === 0) return null;
  return (
    <section class="exchanges" aria-labelledby="exchanges">
      <h2 id="exchanges">Every request and its answer</h2>
      {exchanges.map((exchange) => (
        <ExchangeDetails exchange={exchange} page={page} anchor key={exchange.id} />
      ))}
    </section>
  );
}

function Footer({ report: { tool, run } }: { report: Report }) {
  return (
    <footer>
      <p>
        Made by {tool.name} {tool.version}, run {run.id}. crm-ready is not a product of RingCentral.
      </p>
      <p class="print-only">
        The requests and answers behind each verdict are in the HTML file, not on paper.
      </p>
    </footer>
  );
}
