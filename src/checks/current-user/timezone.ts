import { defineCheck } from '../define-check.ts';
import { links } from '../links.ts';
import { Unanswerable } from '../unanswerable.ts';

export default defineCheck({
  id: 'user.timezone',
  item: 'current-user',
  level: 'info',
  title: 'tells the time zone of the user',
  why: 'App Connect writes the times in the text of a log in this zone.',
  remedy: {
    vendor: "Return the name of the user's time zone from the IANA database, such as America/New_York.",
    integrator: 'A connector with code can translate other names and offsets.',
  },
  judged: {
    pass: 'always: the zone, and whether the IANA database knows it',
    notDescribed: '`timezoneNamePath` is not mapped',
  },
  links: [links.getUserInfo, links.timeZones],
  operations: ['getUserInfo'],
  needs: ['current user'],
  async observe({ profile }, have): Promise<{ zone: string | null }> {
    const { outcome } = have['current user'];
    if (outcome.kind !== 'ok') {
      throw new Unanswerable({ verdict: 'blocked', by: 'user.name', reason: 'the user could not be read' });
    }
    const { id, name, timezone } = outcome.value;
    if (id === null && name === null && timezone === null) {
      throw new Unanswerable({
        verdict: 'blocked',
        by: 'user.name',
        reason: 'nothing of a user is in the answer',
      });
    }
    const operation = profile.operations.getUserInfo;
    const mapped = operation?.kind === 'sequence' && 'timezoneNamePath' in operation.responseMapping;
    if (!mapped) {
      throw new Unanswerable({
        verdict: 'not-described',
        by: null,
        reason: 'the profile does not say where: add operations.getUserInfo.responseMapping.timezoneNamePath',
      });
    }
    return { zone: timezone };
  },
  judge({ zone }) {
    if (zone === null || zone.trim() === '')
      return { verdict: 'pass', summary: 'no time zone in the answer' };
    if (isZone(zone)) return { verdict: 'pass', summary: zone };
    return { verdict: 'pass', summary: `"${zone}": no name of the IANA database, such as America/New_York` };
  },
});

/** A name of the IANA database, its aliases included; an offset such as `+01:00` is none. */
function isZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
