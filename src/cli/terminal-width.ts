/**
 * Some terminals say that they have no columns: those of containers, of `script`, of `expect`. What draws on a terminal
 * divides by that number, and then never ends; so they get the usual one.
 */
export function giveTerminalsAWidth(): void {
  for (const stream of [process.stdout, process.stderr]) {
    if (stream.isTTY && !stream.columns) stream.columns = 80;
  }
}
