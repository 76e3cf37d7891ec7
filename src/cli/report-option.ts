import { type Command, CommanderError } from 'commander';
import { collect } from './option-values.ts';

type Formats = Readonly<Record<string, { title: string }>>;

/** `--report`, as often as wanted, and the list of what it may name. */
export function reportOption(command: Command, formats: Formats): Command {
  return command
    .option(
      '-r, --report <format[=file]>',
      `write a report (repeatable; formats: ${Object.keys(formats).join(', ')})`,
      collect,
      [],
    )
    .option('--list-reports', 'list the formats of --report')
    .on('option:list-reports', () => listReports(formats));
}

/** Ends the command line: who asks for the list has no profile at hand. */
function listReports(formats: Formats): never {
  const width = Math.max(...Object.keys(formats).map((name) => name.length));
  for (const [name, { title }] of Object.entries(formats))
    process.stdout.write(`${name.padEnd(width)}  ${title}\n`);
  throw new CommanderError(0, 'crm-ready.list-reports', '');
}
