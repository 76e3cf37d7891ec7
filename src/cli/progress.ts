import type { RunProgress } from '../run/run.ts';

/** A spinner on a terminal; nothing elsewhere: a log wants the report, not its making. */
export async function progressOn(stream: NodeJS.WriteStream): Promise<RunProgress & { stop(): void }> {
  if (!stream.isTTY || process.env.TERM === 'dumb' || process.env.CI)
    return { checked() {}, phase() {}, stop() {} };
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
  };
}
