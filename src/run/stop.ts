import type { Transport } from '../http/types.ts';
import type { Report } from '../report/types.ts';
import type { RunOptions } from './options.ts';

export type Ended = Report['run']['ended'];

/** How a run comes to its end before it is complete: by Ctrl-C or by its deadline, whichever is first. */
export interface Stop {
  /** Aborted once the run shall end. */
  readonly signal: AbortSignal;
  readonly ended: Ended;
  /** Nothing is left to ask: what is still to be done takes the time that it takes. */
  forgetDeadline(): void;
  dispose(): void;
}

/** Requests under way end as well, but for clean-up. */
export function stopFor({ signal, deadlineSeconds }: RunOptions, transport: Transport): Stop {
  const stop = new AbortController();
  let ended: Ended = 'complete';
  const end = (how: 'interrupted' | 'deadline') => {
    if (ended !== 'complete') return;
    ended = how;
    stop.abort();
    transport.cancel(how === 'deadline' ? 'deadline' : 'cancelled');
  };
  const interrupted = () => end('interrupted');
  if (signal.aborted) interrupted();
  signal.addEventListener('abort', interrupted);
  const deadline = setTimeout(() => end('deadline'), deadlineSeconds * 1000);
  return {
    signal: stop.signal,
    get ended() {
      return ended;
    },
    forgetDeadline: () => clearTimeout(deadline),
    dispose() {
      clearTimeout(deadline);
      signal.removeEventListener('abort', interrupted);
    },
  };
}
