/** Why nothing more can be written, by the code of the system. */
const reasons: Readonly<Record<string, string>> = {
  ENOSPC: 'no space left on the device',
  EDQUOT: 'the disk quota is used up',
  EFBIG: 'the file may not become larger',
  EIO: 'the device does not answer as it should',
  ENOENT: 'its folder is gone',
};

export function whyNotWritten(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return ('code' in error && reasons[String(error.code)]) || error.message;
}

/**
 * Lets a run end in good order where its output cannot be written: it removes what it created and writes its files.
 * Said once, and the exit code is 2 then, whatever else there was to say.
 * @param argv as Node gives it
 */
export function surviveBrokenOutput([, , command = '']: readonly string[]): void {
  const what = /^(?:check|demo|report)$/.test(command) ? 'the report' : 'the output';
  let told = false;
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    // Who reads may have seen enough (`| head`): the exit code still says how it went.
    if (error.code === 'EPIPE' || told) return;
    told = true;
    process.stderr.write(`crm-ready: ${what} could not be written to stdout: ${whyNotWritten(error)}\n`);
    process.on('exit', () => {
      process.exitCode = 2;
    });
  });
  // There is nowhere left to say it.
  process.stderr.on('error', () => {});
}
