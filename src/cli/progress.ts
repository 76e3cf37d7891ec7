import type { RunProgress } from '../run/options.ts';
import { type ProgressState, progressLine } from './progress-line.ts';

export interface TerminalProgress extends RunProgress {
  stop(): void;
  /** Does something that needs the terminal for itself: a question, say. */
  aside<T>(work: () => Promise<T>): Promise<T>;
}

/**
 * What is being asked, what is left, what is waited for. A spinner on a terminal; on the terminal of a CI job, or a
 * dumb one, plain lines and few of them; nothing elsewhere: a log wants the report, not its making.
 */
export async function progressOn(stream: NodeJS.WriteStream): Promise<TerminalProgress> {
  if (!stream.isTTY) return silent;
  if (process.env.TERM === 'dumb' || process.env.CI) return plainOn(stream);
  const { default: ora } = await import('ora');
  const state: ProgressState = { done: 0, of: 0, phase: 'signing in', asking: new Set(), waits: new Set() };
  const spinner = ora({ stream, text: state.phase ?? '', discardStdin: false }).start();
  const show = () => {
    // Two columns for the spinner, one so that the line never wraps.
    spinner.text = progressLine(state, Date.now(), (stream.columns || 80) - 3);
  };
  const everySecond = setInterval(show, 1000).unref();
  return {
    ...tracker(state, show),
    stop() {
      clearInterval(everySecond);
      spinner.stop();
    },
    async aside(work) {
      spinner.stop();
      try {
        return await work();
      } finally {
        spinner.start();
      }
    },
  };
}

/** Keeps the state up to date. @param changed is called after each change */
export function tracker(state: ProgressState, changed: () => void): RunProgress {
  return {
    asking(id) {
      state.phase = null;
      state.asking.add(id);
      changed();
    },
    checked({ id }, done, of) {
      Object.assign(state, { done, of });
      state.asking.delete(id);
      changed();
    },
    phase(text) {
      state.phase = text;
      changed();
    },
    waiting(what, until) {
      const wait = { what, until };
      state.waits.add(wait);
      changed();
      return () => {
        state.waits.delete(wait);
        changed();
      };
    },
  };
}

const silent: TerminalProgress = {
  asking() {},
  checked() {},
  phase() {},
  waiting: () => () => {},
  stop() {},
  aside: (work) => work(),
};

/** A line for each phase, and for every quarter of the requirements. */
function plainOn(stream: NodeJS.WriteStream): TerminalProgress {
  let quarters = 0;
  return {
    ...silent,
    checked(_result, done, of) {
      const now = Math.floor((4 * done) / of);
      if (now > quarters) stream.write(`${done} of ${of} requirements asked\n`);
      quarters = now;
    },
    phase(text) {
      stream.write(`${text}\n`);
    },
  };
}
