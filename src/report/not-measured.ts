const prefix = 'not measured: ';

/** What is said of a requirement for which the run could not ask all that there was to ask. @param why as a sentence */
export function notMeasured(why: string): string {
  return prefix + why;
}

/** Whether that is said: then nothing can be judged, whatever facts there are. */
export function isNotMeasured({ summary }: { summary: string }): boolean {
  return summary.startsWith(prefix);
}
