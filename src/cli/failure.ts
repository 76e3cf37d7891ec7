/** The command line asks for something that cannot be done: said in one line, with the next step. */
export class UsageError extends Error {
  readonly hint: string | null;
  constructor(message: string, hint: string | null = null) {
    super(message);
    this.hint = hint;
  }
}

/** Something outside did not play its part (a server, a person): exit code 3. */
export class Unfinished extends Error {
  readonly hint: string;
  constructor(message: string, hint: string) {
    super(message);
    this.hint = hint;
  }
}

/** Says on stderr what went wrong, for a person, and gives the exit code. A stack trace only where `DEBUG` asks for it. */
export async function fail(error: unknown): Promise<number> {
  const { ProfileError } = await import('../profile/problem.ts');
  if (error instanceof ProfileError || error instanceof UsageError) {
    say(error instanceof UsageError ? `crm-ready: ${error.message}` : error.message);
    if (error instanceof UsageError && error.hint) say(`  ${error.hint}`);
    return 2;
  }
  if (error instanceof Unfinished) {
    say(`crm-ready: ${error.message}`);
    say(`  ${error.hint}`);
    return 3;
  }
  const message = error instanceof Error ? error.message : String(error);
  say(`crm-ready: this should not have happened: ${message}`);
  say('  Please report it with the command that you gave; DEBUG=crm-ready shows where it came from.');
  if (process.env.DEBUG?.includes('crm-ready') && error instanceof Error) say(error.stack ?? '');
  return 3;
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}
