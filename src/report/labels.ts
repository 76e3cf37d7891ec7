import type { Report } from './types.ts';

/**
 * What to call each of several reports, so that a reader can tell them apart: the name of the CRM; where two have it, its
 * host as well; where the host is the same too, the time (UTC), to the second if it must be; else a number.
 */
export function labelsOf(reports: readonly Report[]): string[] {
  const names = reports.map(({ profile }) => profile.name);
  const places = reports.map(({ profile }) => profile.host.replace(/^https:\/\//, ''));
  const minutes = reports.map(({ run }) => time(run, 'YYYY-MM-DD HH:MM'.length));
  const labels = reports.map(({ profile: { name }, run }, index) => {
    const isLike = (columns: readonly (readonly string[])[], other: number) =>
      other !== index && columns.every((column) => column[other] === column[index]);
    const shared = (...columns: readonly string[][]) => names.some((_, other) => isLike(columns, other));
    if (!shared(names)) return name;
    if (!shared(names, places)) return `${name} (${places[index]})`;
    const when = shared(names, places, minutes) ? time(run, 'YYYY-MM-DD HH:MM:SS'.length) : minutes[index];
    return `${name} (${places[index]}, ${when})`;
  });
  return labels.map((label, index) => {
    const before = labels.slice(0, index).filter((other) => other === label).length;
    return before === 0 ? label : `${label} #${before + 1}`;
  });
}

function time({ startedAt }: Report['run'], length: number): string {
  return startedAt.slice(0, length).replace('T', ' ');
}
