import type { CheckResult } from '../../report/types.ts';
import { counted } from '../wording.ts';
import { ExchangeDetails } from './exchange.tsx';
import type { Page } from './page.ts';
import { tellingExchanges } from './telling.ts';

/** The exchanges behind a verdict, folded away: the telling ones here, links to the others at the end of the page. */
export function Evidence({ check, page }: { check: CheckResult; page: Page }) {
  const recorded = check.exchanges.filter((id) => page.exchanges.has(id));
  if (recorded.length === 0) return null;
  const told = tellingExchanges(check, page.exchanges);
  return (
    <details class="evidence">
      <summary>
        What was sent and what came back <small>{counted(recorded.length, 'exchange')}</small>
      </summary>
      <div class="folded">
        {recorded.length > told.length && <p>The {told.length} that show it best:</p>}
        {told.map((exchange) => (
          <ExchangeDetails exchange={exchange} page={page} key={exchange.id} />
        ))}
        {recorded.length > told.length && (
          <p class="numbers">
            All of them, at the end of this page:{' '}
            {recorded.map((id) => (
              <>
                <a href={`#exchange-${id}`} key={id}>
                  {id}
                </a>{' '}
              </>
            ))}
          </p>
        )}
      </div>
    </details>
  );
}
