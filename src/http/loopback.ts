/**
 * Whether a host name can only mean this machine (RFC 6761 section 6.3, RFC 1122 section 3.2.1.3, RFC 4291).
 * @param hostname without a port; IPv6 with or without brackets
 */
export function isLoopbackHost(hostname: string): boolean {
  const host = hostname
    .toLowerCase()
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '');
  return (
    host === 'localhost' ||
    host.endsWith('.localhost') ||
    host === '::1' ||
    /^(::ffff:)?127(\.\d{1,3}){3}$/.test(host) ||
    /^::ffff:7f[\da-f]{2}:[\da-f]{1,4}$/.test(host)
  );
}
