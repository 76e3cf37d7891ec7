const harmless = new Set(['crlf', 'nfc', 'nfd', 'trailing-line-break', 'milliseconds-lost']);

/** Whether a difference of this code loses nothing: how a line ends, how an accent is stored, a fraction of a second. */
export function isHarmless(code: string): boolean {
  return harmless.has(code);
}
