import type { Exchange } from './curl.ts';
import type { Page } from './page.ts';
import { grouped, milliseconds, visible } from './text.ts';

/** One request and its answer, folded away behind a line that says which. */
export function ExchangeDetails({
  exchange,
  page,
  anchor = false,
  open = false,
}: {
  exchange: Exchange;
  page: Page;
  /** Give it the id that links of the page lead to: once for each exchange. */
  anchor?: boolean;
  open?: boolean;
}) {
  const { id, intent, request, timing } = exchange;
  return (
    <details class="exchange" id={anchor ? `exchange-${id}` : undefined} open={open}>
      <summary>
        <span class="nr">{id}</span>
        <span class="intent">{intent}</span>
        <code>
          {request.method} {pathOf(request.url)}
        </code>
        <span class={`outcome ${outcomeOf(exchange)}`}>{outcome(exchange)}</span>
        <span class="ms">{milliseconds(timing.totalMs)}</span>
      </summary>
      <ExchangeBody exchange={exchange} page={page} />
    </details>
  );
}

function ExchangeBody({ exchange, page }: { exchange: Exchange; page: Page }) {
  const { id, request, response, error } = exchange;
  const curl = page.curl.get(id);
  return (
    <div class="folded">
      <figure>
        <figcaption>Request</figcaption>
        <pre>{message(`${request.method} ${request.url}`, request.headers, request.body)}</pre>
      </figure>
      <figure>
        <figcaption>Answer</figcaption>
        <pre>
          {response
            ? message(String(response.status), response.headers, response.body)
            : `No answer: ${error?.message ?? 'unknown why'} (${error?.code ?? 'unknown'})`}
        </pre>
        {response?.cutFrom !== undefined && (
          <p>Recorded in part: the whole body has {grouped(response.cutFrom)} characters.</p>
        )}
      </figure>
      <p class="timing">{timingOf(exchange)}</p>
      {curl && (
        <figure class="curl">
          <figcaption>
            The same by curl{curl.secrets && ', once the secrets stand where ‹redacted› stands'}
          </figcaption>
          <pre>{curl.line}</pre>
        </figure>
      )}
    </div>
  );
}

/** `refused` and `trouble` have words beside them: the status, or why there is none. */
export function outcomeOf({ response }: Exchange): 'answered' | 'refused' | 'trouble' {
  if (response === undefined || response.status >= 500) return 'trouble';
  return response.status >= 400 ? 'refused' : 'answered';
}

export function outcome({ response, error }: Exchange): string {
  return response ? String(response.status) : (error?.code ?? 'no answer');
}

/** The address below the host, or all of it where it is none. */
function pathOf(url: string): string {
  return /^https?:\/\/[^/]+(\/.*)$/i.exec(url)?.[1] ?? url;
}

/** Start line, headers and body as they stand in HTTP. */
export function message(first: string, headers: Record<string, string>, body: string | undefined): string {
  const lines = Object.entries(headers).map(([name, value]) => `${visible(name)}: ${value}`);
  return [first, ...lines, ...(body ? ['', indented(body)] : [])].join('\n');
}

/** JSON is indented, but only where that changes nothing: a number too long for JavaScript would come out as another. */
function indented(body: string): string {
  try {
    const value: unknown = JSON.parse(body);
    if (typeof value !== 'object' || JSON.stringify(value) !== body.trim()) return body;
    return JSON.stringify(value, null, 2);
  } catch {
    return body;
  }
}

function timingOf({ startedAt, timing, attempt }: Exchange): string {
  const parts = [
    timing.dnsMs !== null && `${milliseconds(timing.dnsMs)} to find the host`,
    timing.connectMs !== null && `${milliseconds(timing.connectMs)} to connect`,
    timing.firstByteMs !== null && `${milliseconds(timing.firstByteMs)} to the first byte`,
    `${milliseconds(timing.totalMs)} in all`,
  ].filter((part) => part !== false);
  const repeated = attempt > 1 ? ` Attempt ${attempt}.` : '';
  return `Sent at ${startedAt}; ${parts.join(', ')}.${repeated}`;
}
