import { Command, CommanderError, Option } from 'commander';
import { comparisonReporters } from '../reporters/comparison/index.ts';
import { reporters } from '../reporters/index.ts';
import { overviewReporters } from '../reporters/overview/index.ts';
import { fail } from './failure.ts';
import { collect, list, percent, positive, seconds, secondsOrNone, wholeNumber } from './option-values.ts';
import { reportOption } from './report-option.ts';
import { version } from './version.ts';

/** The command line. Commands import what they need when they run, so that `--version` and `--help` load little. */
export async function main(argv: readonly string[]): Promise<void> {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', ignoreClosedPipe);
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

/** Who reads may have seen enough (`| head`): the exit code still says how it went. */
function ignoreClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
}

function buildProgram(): Command {
  const program = new Command('crm-ready')
    .description(
      'Finds out whether a CRM can carry RingCentral App Connect: asks the live CRM every question of the compatibility checklist and gives a scored report.',
    )
    .version(version())
    // Else `report` would take the options that stand behind `merge` and `compare`.
    .enablePositionalOptions()
    .exitOverride()
    .showHelpAfterError('(crm-ready --help lists the commands and options)')
    .configureHelp({ styleOptionDescription: (text) => text.replace(' (default: [])', '') });

  gateOptions(
    runOptions(
      program
        .command('check')
        .description('ask the CRM that a profile describes, and report')
        .requiredOption('-p, --profile <file>', 'the profile: YAML or JSON, ours or a bare proxyConfig'),
    ),
  )
    // Node takes `--env-file` for its own wherever it stands, and ends with 9 where the file is missing. Not so `-e`.
    .option('-e, --env-file <file>', 'read further environment variables from this file (KEY=value lines)')
    .option(
      '--var <name=value>',
      'set a variable that the profile declares under vars (repeatable)',
      collect,
      [],
    )
    .option('--allow-plain-http', 'let requests leave this machine without TLS')
    .option(
      '--authorize-again',
      'ask a person to log in again (up to six times) for what needs an authorization of its own',
    )
    .addOption(tokenFileOption())
    .addOption(newTokenOption())
    .addOption(browserOption())
    .addOption(clientCertOption())
    .addOption(clientKeyOption())
    .addHelpText('after', exitCodes)
    .action(async (options) => {
      process.exitCode = await (await import('./check.ts')).check(options);
    });

  runOptions(
    program.command('demo').description('check the built-in reference CRM: the whole thing, in seconds'),
  )
    .option(
      '--fault <name>',
      'let the reference CRM be wrong in this way (repeatable; see sandbox --list-faults)',
      collect,
      [],
    )
    .action(async (options) => {
      process.exitCode = await (await import('./demo.ts')).demo(options);
    });

  program
    .command('sandbox')
    .description('serve the built-in reference CRM')
    .option('--port <number>', 'port on 127.0.0.1', wholeNumber, 8080)
    .option('--fault <name>', 'be wrong in this way (repeatable)', collect, [])
    .option('--latency <ms>', 'delay every answer', wholeNumber, 0)
    .option('--list-faults', 'list the faults, and which requirements notice them')
    .action(async (options) => {
      process.exitCode = await (await import('./sandbox.ts')).sandbox(options);
    });

  program
    .command('plan')
    .description('say what a check would ask and create, without sending anything')
    .requiredOption('-p, --profile <file>', 'the profile')
    .option('-e, --env-file <file>', 'read further environment variables from this file')
    .option('--var <name=value>', 'set a variable of the profile (repeatable)', collect, [])
    .option('--only <names>', 'only these items or requirement ids, separated by commas', list)
    .option('--read-only', 'as the check would with --read-only')
    .addOption(lookupOption())
    .addOption(regionOption())
    .action(async (options) => {
      process.exitCode = await (await import('./plan.ts')).plan(options);
    });

  program
    .command('login')
    .description('log in to a CRM with OAuth once, and keep the tokens for checks')
    .requiredOption('-p, --profile <file>', 'the profile')
    .option('-e, --env-file <file>', 'read further environment variables from this file')
    .option('--var <name=value>', 'set a variable of the profile (repeatable)', collect, [])
    .option(
      '--redirect-uri <uri>',
      "listen here (default: the profile's own where it is loopback, else http://localhost:8765/callback)",
    )
    .option(
      '--paste',
      'paste the address that the browser ends at: for a browser that cannot reach this machine, or another redirect URI',
    )
    .option('--no-browser', 'print the address, and open nothing')
    .addOption(browserOption())
    .option('--timeout <s>', 'seconds until the login must be finished', seconds, 300)
    .option('--pkce', 'send a PKCE challenge (App Connect sends none)')
    .option('--issuer <url>', 'the issuer that the CRM names in its answer (RFC 9207)')
    .addOption(tokenFileOption())
    .addOption(newTokenOption())
    .option('--status', 'say whether somebody is logged in, and log nobody in')
    .option('--forget', 'remove the stored tokens')
    .option('--allow-plain-http', 'let requests leave this machine without TLS')
    .addOption(clientCertOption())
    .addOption(clientKeyOption())
    .addHelpText('after', loginExitCodes)
    .action(async (options) => {
      process.exitCode = await (await import('./login.ts')).login(options);
    });

  program
    .command('clean')
    .description('remove what an earlier run left behind in the CRM')
    .argument('[run]', 'the id of the run; without it every run that left something')
    .option('-p, --profile <file>', 'the profile, if it has moved since')
    .option('-e, --env-file <file>', 'read further environment variables from this file')
    .option('--var <name=value>', 'set a variable of the profile (repeatable)', collect, [])
    .option('--allow-plain-http', 'let requests leave this machine without TLS')
    .addOption(tokenFileOption())
    .addOption(newTokenOption())
    .addOption(browserOption())
    .addOption(clientCertOption())
    .addOption(clientKeyOption())
    .action(async (run, options) => {
      process.exitCode = await (await import('./clean.ts')).clean(run, options);
    });

  reportCommand(program);

  program
    .command('explain')
    .description('say of a requirement why it is asked, how it is judged and what to change')
    .argument('[id]', 'such as lookup.any-format')
    .option('--list', 'list all requirements')
    .action(async (id, options) => {
      process.exitCode = await (await import('./explain.ts')).explain(id, options);
    });
  return program;
}

/** `report FILE`, `report merge`, `report compare`. */
function reportCommand(program: Command): void {
  const command = gateOptions(
    reportOption(
      program
        .command('report')
        .description('show a saved report in any format, judge it again, hold it to a gate')
        .enablePositionalOptions()
        .argument('[file]', 'what --report json=FILE wrote'),
      reporters,
    ),
  )
    .option('--judge', 'judge its facts again, by the catalogue of this version')
    .addHelpText('after', `\nWithout an option of the gate it ends with 0.\n${exitCodes}`)
    .action(async (file, options) => {
      process.exitCode = await (await import('./report.ts')).report(file, options);
    });
  reportOption(
    command.command('merge').description('many CRMs on one page').argument('<files...>', 'saved reports'),
    overviewReporters,
  ).action(async (files, options) => {
    process.exitCode = await (await import('./report.ts')).mergeCommand(files, options);
  });
  reportOption(
    command
      .command('compare')
      .description('what has become better, worse, new or gone')
      .argument('<old>', 'a saved report')
      .argument('<new>', 'a later one'),
    comparisonReporters,
  )
    .addHelpText(
      'after',
      '\nExit codes:\n  0  nothing is worse    1  something is worse    2  usage\n  3  cannot be told: what was met before could not be measured',
    )
    .action(async (before, after, options) => {
      process.exitCode = await (await import('./report.ts')).compareCommand(before, after, options);
    });
}

/** The options of the gate, which `check` and `report` share. Each but --baseline and --waivers makes it stricter. */
function gateOptions(command: Command): Command {
  return command
    .option('--fail-under <score>', 'the gate does not hold below this score', percent)
    .option('--require <features>', 'features that must work, separated by commas', list)
    .option('--max-unmeasured <percent>', 'the most that may be left unmeasured', percent)
    .option('--baseline <file>', 'a saved report: only what got worse since fails')
    .option('--waivers <file>', 'findings that are accepted for now (YAML: id, reason, expires)');
}

/** The options that `check` and `demo` share. */
function runOptions(command: Command): Command {
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

function lookupOption(): Option {
  return new Option('--lookup <depth>', 'how many formats and countries the phone lookup is asked in')
    .choices(['full', 'essential'])
    .default('full');
}

function regionOption(): Option {
  return new Option(
    '--region <country>',
    "the country of the phone numbers (default: the profile's, else US)",
  );
}

function tokenFileOption(): Option {
  return new Option(
    '--token-file <file>',
    "keep the tokens of a login here (default: in the user's configuration)",
  );
}

function newTokenOption(): Option {
  return new Option('--on-new-token <command>', 'give each new refresh token to this command, on its stdin');
}

function browserOption(): Option {
  return new Option(
    '--browser <path>',
    'Chromium that fills in login pages with scripts (or set CHROME_PATH)',
  );
}

function clientCertOption(): Option {
  return new Option(
    '--client-cert <file>',
    'client certificate (PEM) for a CRM that demands one; shown to the hosts of the profile only',
  );
}

function clientKeyOption(): Option {
  return new Option(
    '--client-key <file>',
    'its key (PEM; default: in the same file; passphrase: CRM_READY_CLIENT_KEY_PASSPHRASE)',
  );
}

const loginExitCodes = `
Exit codes:
  0  logged in              2  usage or profile, or a refused client secret
  3  not logged in`;

const exitCodes = `
Exit codes:
  0  the gate holds         3    could not measure (overall: unknown)
  1  it does not            4    a deletion failed: test data is left in the CRM
  2  usage or profile       130  interrupted
The gate holds where no must fails, and no option of the gate says otherwise.`;
