import type { Report } from '../../report/types.ts';
import { counted, duration } from '../wording.ts';
import type { Exchange } from './curl.ts';
import { outcome, outcomeOf } from './exchange.tsx';
import { milliseconds } from './text.ts';
import { layOut, timelineWidth } from './timeline-layout.ts';

const laneHeight = 14;
const barHeight = 10;

/** When what was asked, as a picture and as a table. */
export function Timeline({ report }: { report: Report }) {
  const { exchanges, run } = report;
  if (exchanges.length === 0) return null;
  const { bars, lanes, pauses, ticks } = layOut(exchanges);
  const height = lanes * laneHeight;
  const title = `${counted(exchanges.length, 'request')} in ${duration(run.durationMs)}, at most ${lanes} at a time`;
  return (
    <section class="timeline" aria-labelledby="timeline">
      <h2 id="timeline">The run</h2>
      <p>
        {title}. The longest chain of requests that had to wait for each other has {run.longestChain}.
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways must be reached by the keyboard */}
      <section class="scroll" tabIndex={0} aria-label="Timeline of the run">
        <svg
          viewBox={`0 0 ${timelineWidth} ${height + 26}`}
          role="img"
          aria-label={`${title}. The table below tells the same.`}
        >
          {ticks.map(({ x, ms }) => (
            <g key={x} class="tick">
              <path d={`M${round(x)} 0V${height + 6}`} />
              <text x={round(x)} y={height + 20}>
                {second(ms)}
              </text>
            </g>
          ))}
          {pauses.map(({ x, width, ms }) => (
            <rect
              key={x}
              class="pause"
              x={round(x + 1)}
              width={round(Math.max(1, width - 2))}
              height={height}
            >
              <title>nothing sent for {duration(ms)}</title>
            </rect>
          ))}
          {bars.map(({ exchange, x, width, lane }) => (
            <rect
              key={exchange.id}
              class={outcomeOf(exchange)}
              x={round(x)}
              y={lane * laneHeight + (outcomeOf(exchange) === 'trouble' ? 0 : 2)}
              width={round(width)}
              height={outcomeOf(exchange) === 'trouble' ? laneHeight : barHeight}
            >
              <title>
                {exchange.id} {exchange.intent}: {outcome(exchange)}, {milliseconds(exchange.timing.totalMs)}
              </title>
            </rect>
          ))}
        </svg>
      </section>
      <p class="key">
        <span>
          <i class="swatch answered" aria-hidden="true" /> answered
        </span>
        <span>
          <i class="swatch refused" aria-hidden="true" /> refused (4xx)
        </span>
        <span>
          <i class="swatch trouble" aria-hidden="true" /> 5xx or no answer
        </span>
        {pauses.length > 0 && (
          <span>
            <i class="swatch pause" aria-hidden="true" /> a pause of more than a second, drawn short
          </span>
        )}
      </p>
      <Purposes exchanges={exchanges} />
    </section>
  );
}

function Purposes({ exchanges }: { exchanges: readonly Exchange[] }) {
  const groups = new Map<string, Exchange[]>();
  for (const exchange of exchanges) {
    const group = groups.get(exchange.intent) ?? [];
    group.push(exchange);
    groups.set(exchange.intent, group);
  }
  return (
    <details class="purposes">
      <summary>The same as a table: what was asked how often, and how long it took</summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways must be reached by the keyboard */}
      <section class="scroll" tabIndex={0} aria-label="Requests by purpose">
        <table>
          <thead>
            <tr>
              <th scope="col">Purpose</th>
              <th scope="col">Requests</th>
              <th scope="col">Refused (4xx)</th>
              <th scope="col">5xx or no answer</th>
              <th scope="col">Median</th>
              <th scope="col">Slowest</th>
            </tr>
          </thead>
          <tbody>
            {[...groups].map(([intent, group]) => {
              const times = group.map(({ timing }) => timing.totalMs).sort((a, b) => a - b);
              return (
                <tr key={intent}>
                  <th scope="row">{intent}</th>
                  <td>{group.length}</td>
                  <td>{group.filter((exchange) => outcomeOf(exchange) === 'refused').length}</td>
                  <td>{group.filter((exchange) => outcomeOf(exchange) === 'trouble').length}</td>
                  <td>{milliseconds(times[Math.floor(times.length / 2)] ?? 0)}</td>
                  <td>{milliseconds(times.at(-1) ?? 0)}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </section>
    </details>
  );
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

/** `0 s`, `2.5 s`, `1 min 5 s`. */
function second(ms: number): string {
  return ms < 60_000 ? `${Number((ms / 1000).toFixed(1))} s` : duration(ms);
}
