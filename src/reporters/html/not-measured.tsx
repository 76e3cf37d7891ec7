import { choiceToTakeBack } from '../../report/choices.ts';
import { isNotMeasured } from '../../report/not-measured.ts';
import type { OpenCause } from '../../report/open-causes.ts';
import { commandToCheckAgain } from '../../report/reproduce.ts';
import type { CheckResult, Report } from '../../report/types.ts';
import { capital } from './text.ts';

/** Causes that are told; the others stand with their items. */
const most = 3;

/** `Of 64 requirements 26 are not measured:` */
export function shareOpen(checks: readonly CheckResult[], causes: readonly OpenCause[]): string {
  const count = causes.reduce((sum, { open }) => sum + open.length, 0);
  return `Of ${checks.length} requirements ${count} ${count === 1 ? 'is' : 'are'} not measured:`;
}

/** Why requirements are not measured, and the next step. */
export function NotMeasured({ report, causes }: { report: Report; causes: readonly OpenCause[] }) {
  if (causes.length === 0) return null;
  return (
    <>
      <ul class="causes">
        {causes.slice(0, most).map((cause) => (
          <Cause cause={cause} report={report} key={cause.root.id} />
        ))}
      </ul>
      {causes.length > most && (
        <p class="because">{otherReasons(causes.length - most)} with the items below.</p>
      )}
      <p class="because">
        Then check again: <code class="command">{commandToCheckAgain(report)}</code>
      </p>
    </>
  );
}

function Cause({ cause: { root, open }, report }: { cause: OpenCause; report: Report }) {
  const isRootOpen = open.includes(root);
  const others = open.length - (isRootOpen ? 1 : 0);
  return (
    <li>
      <p>
        <b>{capital(root.summary.replace(/\.$/, ''))}.</b> {advice(root, report)}
      </p>
      <p class="because">
        <a href={`#${root.id}`}>
          <code>{root.id}</code>
        </a>
        {others > 0 && (isRootOpen ? ` and ${others} more` : ` keeps ${others} from being asked`)}
      </p>
    </li>
  );
}

/** The next step, as far as the verdict tells it. */
function advice(check: CheckResult, { run }: Report): string {
  const { verdict } = check;
  if (verdict === 'not-described') return 'Complete the profile.';
  if (verdict === 'waived') return 'It is waived: what depends on it cannot be asked until it is met.';
  const choice = choiceToTakeBack(check);
  if (choice !== null) return `${capital(choice)}.`;
  if (run.ended === 'interrupted') return 'Let the run come to its end.';
  if (run.ended === 'deadline') return 'Give the run more time with --deadline.';
  if (isNotMeasured(check)) return 'Give the run more requests.';
  if (verdict === 'inconclusive') return 'Look at what was sent and what came back, and ask again.';
  return '';
}

function otherReasons(count: number): string {
  return count === 1 ? 'One more reason stands' : `${count} more reasons stand`;
}
