import { CommanderError } from 'commander';
import { surviveBrokenOutput } from './broken-output.ts';
import { fail } from './failure.ts';
import { buildProgram } from './program.ts';

/** The command line: runs one command, and sets the exit code. */
export async function main(argv: readonly string[]): Promise<void> {
  surviveBrokenOutput(argv);
  const program = buildProgram();
  try {
    await program.parseAsync(argv);
  } catch (error) {
    if (error instanceof CommanderError) {
      // Commander has said what is wrong; help and version end with 0.
      process.exitCode = error.exitCode === 0 ? 0 : 2;
      return;
    }
    process.exitCode = await fail(error);
  }
}
