import type { RunProgress } from '../run/run.ts';

export interface TerminalProgress extends RunProgress {
  stop(): void;
  /** Does something that needs the terminal for itself: a question, say. */
  aside<T>(work: () => Promise<T>): Promise<T>;
}

/** A spinner on a terminal; nothing elsewhere: a log wants the report, not its making. */
export async function progressOn(stream: NodeJS.WriteStream): Promise<TerminalProgress> {
  if (!stream.isTTY || process.env.TERM === 'dumb' || process.env.CI)
    return { checked() {}, phase() {}, stop() {}, aside: (work) => work() };
  const { default: ora } = await import('ora');
  const spinner = ora({ stream, text: 'signing in', discardStdin: false }).start();
  return {
    checked({ id }, done, of) {
      spinner.text = `${done} of ${of} · ${id}`;
    },
    phase(text) {
      spinner.text = text;
    },
    stop: () => spinner.stop(),
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
