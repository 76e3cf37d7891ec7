import { nearest } from '../profile/suggest.ts';
import { UsageError } from './failure.ts';

export interface SandboxCommandOptions {
  port: number;
  fault: string[];
  latency: number;
  listFaults?: boolean;
}

/** `crm-ready sandbox`: serves the reference CRM until Ctrl-C. @returns the exit code */
export async function sandbox(options: SandboxCommandOptions): Promise<number> {
  if (options.listFaults) {
    await listFaults();
    return 0;
  }
  await refuseUnknownFaults(options.fault);
  const { startSandbox } = await import('../sandbox/sandbox.ts');
  const server = await startSandbox({
    port: options.port,
    faults: options.fault,
    latencyMs: options.latency,
  }).catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UsageError(
      `the reference CRM cannot be served: ${reason}`,
      'Such as --port 8081, or --port 0 for any.',
    );
  });
  const { clientId, clientSecret, apiKey } = server.credentials;
  // These secrets are made up at this start, for this fictional CRM, and are of no use elsewhere.
  process.stdout.write(
    [
      `The reference CRM listens on ${server.url}${options.fault.length > 0 ? `, wrong in: ${options.fault.join(', ')}` : ''}`,
      '',
      'In another terminal:',
      `  export REFERENCE_CLIENT_ID=${clientId} REFERENCE_CLIENT_SECRET=${clientSecret} REFERENCE_API_KEY=${apiKey}`,
      `  crm-ready check --profile profiles/reference.yaml --var port=${server.port}`,
      '',
      'Ctrl-C ends it.',
      '',
    ].join('\n'),
  );
  await new Promise<void>((resolve) => {
    process.once('SIGINT', resolve);
    process.once('SIGTERM', resolve);
  });
  await server.close();
  return 0;
}

/** @throws {UsageError} with the nearest name */
export async function refuseUnknownFaults(names: readonly string[]): Promise<void> {
  const { faults } = await import('../sandbox/faults.ts');
  const known = faults.map(({ name }) => name);
  for (const name of names) {
    if (known.includes(name)) continue;
    const near = nearest(name, known);
    throw new UsageError(
      `there is no fault "${name}"`,
      `${near ? `Did you mean ${near}? ` : ''}crm-ready sandbox --list-faults lists them.`,
    );
  }
}

async function listFaults(): Promise<void> {
  const { faults } = await import('../sandbox/faults.ts');
  const width = Math.max(...faults.map(({ name }) => name.length));
  const lines = faults.map(({ name, does, notices, fails }) => {
    const open = notices.filter((id) => !fails.includes(id));
    const parts = [fails.join(', '), open.length > 0 ? `not measured: ${open.join(', ')}` : ''];
    const found = parts.filter((part) => part !== '').join('; ');
    return `${name.padEnd(width)}  ${does}\n${' '.repeat(width)}  → ${found || 'nothing: it must not change a verdict'}`;
  });
  process.stdout.write(`${lines.join('\n')}\n`);
}
