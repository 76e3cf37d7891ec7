import { createInterface } from 'node:readline';
import { type Attendance, attendedAuthorizer } from '../auth/oauth/attended.ts';
import type { OAuthClient } from '../auth/oauth/client.ts';
import type { Authorizer } from '../auth/oauth/grants.ts';
import { isLoopback } from '../auth/oauth/loopback.ts';
import { inert } from '../reporters/inert.ts';

export interface PersonOptions {
  /** Open the address in the browser of this machine. */
  openBrowser: boolean;
  /** Read pasted addresses from stdin. */
  paste: boolean;
  listen: boolean;
  signal?: AbortSignal;
  timeoutSeconds: number;
  verify?: NonNullable<Attendance['verify']>;
}

/** Whether somebody sits there who can be asked. */
export function isAttended(): boolean {
  return process.stdin.isTTY === true && process.stderr.isTTY === true;
}

/** Codes by a person at this terminal: the address is shown on stderr and opened, and the callback waited for. */
export function personAuthorizer(client: OAuthClient, options: PersonOptions): Authorizer {
  const { openBrowser, paste, timeoutSeconds, signal, verify } = options;
  const listen = options.listen && isLoopback(client.redirectUri);
  return attendedAuthorizer(client, {
    timeoutMs: timeoutSeconds * 1000,
    listen,
    ...(signal && { signal }),
    ...(verify && { verify }),
    announce(url) {
      say(`\nOpen this address in a browser and log in (within ${timeoutSeconds} s):\n  ${inert(url, 8000)}`);
      if (paste && listen)
        say('If that browser is on another machine, paste the address that it ends at here.');
      else if (paste)
        say(
          `The browser ends at an address that begins with ${client.redirectUri}: paste that address here, whole, and press Enter.`,
        );
      if (openBrowser) open(url);
    },
    ...(paste && { paste: readAddresses }),
  });
}

/** A machine without a browser, or without a screen, is no failure: the address has been printed. */
function open(url: string): void {
  import('open')
    .then(({ default: openInBrowser }) => openInBrowser(url))
    .then((child) => child.on('error', () => {}))
    .catch(() => {});
}

const readAddresses: NonNullable<Attendance['paste']> = (take, ended) => {
  const lines = createInterface({ input: process.stdin });
  lines.on('line', (line) => {
    if (line.trim() === '') return;
    const problem = take(line);
    if (problem !== null) say(`That did not help: ${problem}`);
  });
  lines.once('close', ended);
  return () => {
    lines.off('close', ended);
    lines.close();
    process.stdin.pause();
  };
};

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}
