#!/usr/bin/env node
import * as nodeModule from 'node:module';

// Node 22 and later keep what they compiled; on 20 this does nothing.
nodeModule.enableCompileCache?.();
const { main } = await import('../dist/cli/main.js');
await main(process.argv);
