import type { Command } from 'commander';
import { comparisonReporters } from '../reporters/comparison/index.ts';
import { reporters } from '../reporters/index.ts';
import { overviewReporters } from '../reporters/overview/index.ts';
import { exitCodes, gateOptions, reportOption } from './options.ts';

/** `report FILE`, `report merge`, `report compare`. */
export function reportCommand(program: Command): void {
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
