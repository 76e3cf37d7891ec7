import { isFinding, isUnmeasured } from '../../report/findings.ts';
import type { CheckResult } from '../../report/types.ts';
import { counted } from '../wording.ts';
import { ExchangeDetails } from './exchange.tsx';
import type { Page } from './page.ts';
import { tellingExchanges } from './telling.ts';

/**
 * The exchanges behind a verdict, folded away: the telling ones here, links to the others at the end of the page. What
 * is met has links alone, for a page that says everything twice is twice as heavy.
 */
export function Evidence({ check, page }: { check: CheckResult; page: Page }) {
  const recorded = check.exchanges.filter((id) => page.exchanges.has(id));
  if (recorded.length === 0) return null;
  const isTold = isFinding(check) || isUnmeasured(check.verdict) || check.verdict === 'waived';
  if (!isTold) return <ExchangeLinks label="What was sent and what came back" ids={recorded} />;

  const told = tellingExchanges(check, page.exchanges);
  return (
    <details class="evidence">
      <summary>
        What was sent and what came back <small>{counted(recorded.length, 'exchange')}</small>
      </summary>
      <div class="folded">
        {recorded.length > told.length && (
          <p>{told.length === 1 ? 'The one that shows it best:' : `The ${told.length} that show it best:`}</p>
        )}
        {told.map((exchange) => (
          <ExchangeDetails exchange={exchange} page={page} key={exchange.id} />
        ))}
        {recorded.length > told.length && (
          <ExchangeLinks label="All of them, at the end of this page" ids={recorded} />
        )}
      </div>
    </details>
  );
}

function ExchangeLinks({ label, ids }: { label: string; ids: readonly number[] }) {
  return (
    <p class="numbers">
      {label}:{' '}
      {ids.map((id) => (
        <>
          <a href={`#exchange-${id}`} key={id}>
            {id}
          </a>{' '}
        </>
      ))}
    </p>
  );
}
