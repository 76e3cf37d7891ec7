import { requiredMeasuredPercent } from '../../report/findings.ts';
import { adviceOnLeftovers, isUnsure } from '../../report/leftovers.ts';
import { verdictTitles } from '../../report/titles.ts';
import type { Leftover, Report, Verdict } from '../../report/types.ts';
import { counted, duration } from '../wording.ts';
import { Row } from './finding.tsx';
import { Mark, verdictMark } from './symbols.tsx';
import { capital, dateTime } from './text.ts';

const verdictMeanings = {
  pass: 'earns all of its weight',
  warn: 'it works less well, or only for a connector with code',
  fail: 'earns nothing',
  blocked: 'could not be asked, because another requirement is not met',
  'not-described': 'the profile does not say how to ask',
  inconclusive: 'no answer that can be judged: a time-out, a rate limit, a broken connection',
  'not-applicable': 'the question has no meaning for this CRM',
  waived: 'left out on purpose, with a reason and a date of expiry',
} as const satisfies Record<Verdict, string>;

/** What the run left in the CRM, and remarks on the profile: shown where there is something to say. */
export function Remarks({ report }: { report: Report }) {
  const { leftovers, notes } = report;
  if (leftovers.length === 0 && notes.length === 0) return null;
  return (
    <section class="remarks" aria-labelledby="remarks">
      <h2 id="remarks">To be looked after</h2>
      {leftovers.length > 0 && (
        <>
          <p>
            {counted(leftovers.length, 'test record')} {areLeft(leftovers)} left in the CRM.{' '}
            {withCode(adviceOnLeftovers(report))}
          </p>
          <ul>
            {leftovers.map(({ kind, id, name, reason }) => (
              <li key={`${kind} ${id} ${name}`}>
                {capital(kind)} “{name}”, {id === null ? 'id unknown' : `id ${id}`}: {reason}
              </li>
            ))}
          </ul>
        </>
      )}
      {notes.length > 0 && (
        <>
          <p>Remarks on the profile:</p>
          <ul>
            {notes.map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

function areLeft(leftovers: readonly Leftover[]): string {
  if (leftovers.every(isUnsure)) return 'may be';
  return leftovers.length === 1 ? 'is' : 'are';
}

/** Words between back-ticks are typed. */
function withCode(text: string) {
  return text.split('`').map((part, index) => (index % 2 === 1 ? <code key={part}>{part}</code> : part));
}

/** How the result came about, for somebody who has only this page. */
export function About({ report }: { report: Report }) {
  const { run, profile, tool, catalogueVersion } = report;
  return (
    <section class="about" aria-labelledby="about">
      <h2 id="about">How this was found</h2>
      <p>
        RingCentral App Connect brings phone calls and text messages into a CRM: it shows who is calling, and
        records what was said. This page tells whether it can do so with {profile.name}.
      </p>
      <p>
        crm-ready asked the live CRM: it sent {counted(run.requests, 'request')} to {profile.host} in{' '}
        {duration(run.durationMs)}, the way RingCentral App Connect would, and looked at each answer.{' '}
        {traces(report)} Every verdict rests on requests and answers that are in this page; secrets were taken
        out when they were recorded. It tells what the CRM did at that time, for that user.
      </p>
      <p>
        The <b>score</b> is what was earned of what was measured. What is not measured earns nothing and costs
        nothing, so the share that is measured always stands beside the score; below{' '}
        {`${requiredMeasuredPercent}\u00A0%`} nothing is said about the whole. A <b>must</b> is what a feature
        of App Connect cannot do without; where a <b>should</b> is not met, it works less well.
      </p>
      <h3>The verdicts</h3>
      <ul class="legend">
        {Object.entries(verdictMeanings).map(([verdict, meaning]) => (
          <li key={verdict}>
            <Mark name={verdictMark(verdict as Verdict, false)} /> <b>{verdictTitles[verdict as Verdict]}</b>:{' '}
            {meaning}
          </li>
        ))}
        <li>
          <Mark name="info" /> <b>for information</b>: measured and shown, never judged
        </li>
      </ul>
      <h3>Words</h3>
      <dl>
        <Row label="E.164">A phone number with a plus, country code and digits alone: +14155550123.</Row>
        <Row label="Proxy mode">App Connect talks to the CRM by a description of its API, without code.</Row>
        <Row label="Connector with code">
          A program that somebody writes and runs, between App Connect and the CRM: it can do what proxy mode
          cannot.
        </Row>
        <Row label="Profile">The description of the CRM’s API that crm-ready was given.</Row>
        <Row label="Exchange">One request and its answer.</Row>
      </dl>
      <h3>This run</h3>
      <dl>
        <Row label="Tool">
          {tool.name} {tool.version}, catalogue {catalogueVersion}
        </Row>
        <Row label="Profile">
          {profile.file} ({profile.language}, {profile.hash.slice(0, 12)})
        </Row>
        <Row label="Started">{dateTime(run.startedAt)}</Row>
        <Row label="Run">
          {run.id}, seed {run.seed}, region {run.region}
        </Row>
      </dl>
    </section>
  );
}

function traces({ run, leftovers }: Report): string {
  if (run.created === 0 && leftovers.length > 0)
    return 'Whether it wrote anything into the CRM is not known.';
  if (run.readOnly || run.created === 0) return 'It wrote nothing into the CRM.';
  const made = `It created ${counted(run.created, 'test record')} of its own`;
  return run.deleted >= run.created
    ? `${made} and removed ${run.created === 1 ? 'it' : 'all of them'} again.`
    : `${made} and removed ${run.deleted} of them.`;
}
