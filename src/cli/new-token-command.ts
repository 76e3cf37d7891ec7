import { spawn } from 'node:child_process';
import { createRedaction } from '../http/redaction.ts';

/** Characters: of what is kept until it is redacted, which must hold a whole token, and of what is shown. */
const longest = { heard: 256 * 1024, shown: 2000 };
const patienceMs = 60_000;

/**
 * `--on-new-token COMMAND`: hands each new refresh token to a command of the user, on its stdin and nowhere else. What
 * the command prints is not shown, because it may be the token; where it fails, its stderr is, redacted.
 * @throws {Error} when the command fails; the message is for a person
 */
export function handTo(command: string): (refreshToken: string) => Promise<void> {
  return (refreshToken) =>
    new Promise((resolve, reject) => {
      const child = spawn(command, {
        shell: true,
        stdio: ['pipe', 'ignore', 'pipe'],
        timeout: patienceMs,
      });
      let said = '';
      child.stderr.setEncoding('utf8').on('data', (text: string) => {
        said = (said + text).slice(0, longest.heard);
      });
      // A command that does not read its input has closed it: its exit code says whether that was meant.
      child.stdin.on('error', () => {});
      child.stdin.end(refreshToken);
      child.on('error', (error) => reject(new Error(`--on-new-token: ${error.message}`)));
      child.on('close', (code, signal) => {
        if (code === 0) return resolve();
        const redaction = createRedaction();
        redaction.add(refreshToken);
        const why = redaction.text(said).replace(/\s+/g, ' ').trim().slice(0, longest.shown);
        const how = code === null ? `was ended by ${signal}` : `ended with ${code}`;
        reject(
          new Error(
            `--on-new-token: the command ${how}${why === '' ? '' : `: ${why}`}. The new refresh token was not handed over.`,
          ),
        );
      });
    });
}
