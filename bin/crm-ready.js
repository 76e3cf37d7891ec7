#!/usr/bin/env node
import * as nodeModule from 'node:module';

const { argv } = process;
if (argv.length === 3 && (argv[2] === '--version' || argv[2] === '-V')) {
  // Commander takes half as long to load as Node takes to start: not for one line of text.
  const [{ version }, { surviveBrokenOutput }] = await Promise.all([
    import('../dist/cli/version.js'),
    import('../dist/cli/broken-output.js'),
  ]);
  surviveBrokenOutput(argv);
  process.stdout.write(`${version()}\n`);
} else {
  // Node 22 and later keep what they compiled; on 20 this does nothing.
  nodeModule.enableCompileCache?.();
  const { main } = await import('../dist/cli/main.js');
  await main(argv);
}
