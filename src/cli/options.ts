import { type Command, CommanderError, Option } from 'commander';
import { reporters } from '../reporters/index.ts';
import { collect, list, percent, positive, seconds, secondsOrNone } from './option-values.ts';

/** The options of the gate, which `check` and `report` share. Each but --baseline and --waivers makes it stricter. */
export function gateOptions(command: Command): Command {
  return command
    .option('--fail-under <score>', 'the gate does not hold below this score', percent)
    .option('--require <features>', 'features that must work, separated by commas', list)
    .option('--max-unmeasured <percent>', 'the most that may be left unmeasured', percent)
    .option('--baseline <file>', 'a saved report: only what got worse since fails')
    .option('--waivers <file>', 'findings that are accepted for now (YAML: id, reason, expires)');
}

/** The options that `check` and `demo` share. */
export function runOptions(command: Command): Command {
  return reportOption(command, reporters)
    .option('--against <file>', 'a saved report: say what has become of its findings (FIXED, STILL …)')
    .option('--only <names>', 'only these items or requirement ids, separated by commas', list)
    .option('--timeout <s>', "seconds for one request (default: the profile's, else 30)", seconds)
    .option('--deadline <s>', 'seconds for the whole run', seconds, 600)
    .option('--revoke-wait <s>', 'seconds until a logout must have taken effect', secondsOrNone, 60)
    .option('--revoke-shared', 'also log out a credential that was handed in')
    .option('--concurrency <n>', "requests under way at once (default: the profile's, else 10)", positive)
    .option('--max-requests <n>', 'stop asking after this many requests', positive)
    .option('--seed <text>', 'draw the same phone numbers as another run')
    .option('--read-only', 'write nothing: look at the records that the profile names under fixtures')
    .addOption(lookupOption())
    .addOption(regionOption())
    .option('--keep', 'leave what was created in the CRM')
    .addOption(new Option('-y, --yes', 'do not ask before the first write'));
}

export function lookupOption(): Option {
  return new Option('--lookup <depth>', 'how many formats and countries the phone lookup is asked in')
    .choices(['full', 'essential'])
    .default('full');
}

export function regionOption(): Option {
  return new Option(
    '--region <country>',
    "the country of the phone numbers (default: the profile's, else US)",
  );
}

/**
 * Node takes `--env-file` for its own wherever it stands, and ends with 9 where the file is missing: so it is `-e` that
 * is recommended, and the old name works where the file is there.
 */
export function envFileOptions(command: Command): Command {
  const named = new Option(
    '-e, --env-from <file>',
    'read further environment variables from this file (KEY=value lines)',
  );
  named.attributeName = () => 'envFile';
  return command.addOption(named).addOption(new Option('--env-file <file>').hideHelp());
}

export function tokenFileOption(): Option {
  return new Option(
    '--token-file <file>',
    "keep the tokens of a login here (default: in the user's configuration)",
  );
}

export function newTokenOption(): Option {
  return new Option('--on-new-token <command>', 'give each new refresh token to this command, on its stdin');
}

export function browserOption(): Option {
  return new Option(
    '--browser <path>',
    'Chromium that fills in login pages with scripts (or set CHROME_PATH)',
  );
}

export function clientCertOption(): Option {
  return new Option(
    '--client-cert <file>',
    'client certificate (PEM) for a CRM that demands one; shown to the hosts of the profile only',
  );
}

export function clientKeyOption(): Option {
  return new Option(
    '--client-key <file>',
    'its key (PEM; default: in the same file; passphrase: CRM_READY_CLIENT_KEY_PASSPHRASE)',
  );
}

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

export const exitCodes = `
Exit codes:
  0  the gate holds         3    could not measure (overall: unknown)
  1  it does not            4    a deletion failed: test data is left in the CRM
  2  usage or profile       130  interrupted
The gate holds where no must fails, and no option of the gate says otherwise.`;
