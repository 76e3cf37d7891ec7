import { execFileSync } from 'node:child_process';

/** Builds once before the tests: those of the command line run what a user runs. */
export default function setup(): void {
  execFileSync('npm', ['run', '--silent', 'build'], { stdio: ['ignore', 'inherit', 'inherit'] });
}
