import type { Report } from './types.ts';

/** Whether two reports speak of one CRM. On this machine a port says nothing: the sandbox takes another each time. */
export function isSameCrm(one: Report, other: Report): boolean {
  return one.profile.name === other.profile.name && hostOf(one) === hostOf(other);
}

function hostOf({ profile: { host } }: Report): string {
  return /^https?:\/\/(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/.test(host) ? 'this machine' : host;
}
