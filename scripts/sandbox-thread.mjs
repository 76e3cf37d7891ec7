/** Runs the reference CRM for the benchmark: starts one for each message, with these options, and says where it is. */
import { parentPort } from 'node:worker_threads';
import { startSandbox } from '../dist/sandbox/sandbox.js';

let running;
parentPort.on('message', async (options) => {
  await running?.close();
  running = await startSandbox(options);
  const { port, credentials } = running;
  parentPort.postMessage({ port, credentials });
});
