import { Command } from 'commander';
import { collect, list, seconds, wholeNumber } from './option-values.ts';
import {
  browserOption,
  clientCertOption,
  clientKeyOption,
  envFileOptions,
  exitCodes,
  gateOptions,
  lookupOption,
  newTokenOption,
  regionOption,
  runOptions,
  tokenFileOption,
} from './options.ts';
import { reportCommand } from './report-program.ts';
import { version } from './version.ts';

/** Every command with its options. What a command needs is imported when it runs, so that `--version` and `--help` load little. */
export function buildProgram(): Command {
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

  envFileOptions(
    gateOptions(
      runOptions(
        program
          .command('check')
          .description('ask the CRM that a profile describes, and report')
          .requiredOption('-p, --profile <file>', 'the profile: YAML or JSON, ours or a bare proxyConfig'),
      ),
    ),
  )
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

  envFileOptions(
    program
      .command('plan')
      .description('say what a check would ask and create, without sending anything')
      .requiredOption('-p, --profile <file>', 'the profile'),
  )
    .option('--var <name=value>', 'set a variable of the profile (repeatable)', collect, [])
    .option('--only <names>', 'only these items or requirement ids, separated by commas', list)
    .option('--read-only', 'as the check would with --read-only')
    .addOption(lookupOption())
    .addOption(regionOption())
    .action(async (options) => {
      process.exitCode = await (await import('./plan.ts')).plan(options);
    });

  envFileOptions(
    program
      .command('login')
      .description('log in to a CRM with OAuth once, and keep the tokens for checks')
      .requiredOption('-p, --profile <file>', 'the profile'),
  )
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

  envFileOptions(
    program
      .command('clean')
      .description('remove what an earlier run left behind in the CRM')
      .argument('[run]', 'the id of the run; without it every run that left something')
      .option('-p, --profile <file>', 'the profile, if it has moved since'),
  )
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

const loginExitCodes = `
Exit codes:
  0  logged in              2  usage or profile, or a refused client secret
  3  not logged in`;
