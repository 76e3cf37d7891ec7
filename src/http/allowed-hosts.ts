/**
 * Whether a host may see a credential.
 * @param patterns `name`, `name:port`, `*.name` (subdomains only) or `*.name:port`; without a port: any port
 */
export function isAllowedHost(url: URL, patterns: readonly string[]): boolean {
  const port = url.port === '' ? (url.protocol === 'https:' ? '443' : '80') : url.port;
  const name = url.hostname.toLowerCase();
  return patterns.some((pattern) => {
    const parts = /^(.*?)(?::(\d+))?$/.exec(pattern.trim().toLowerCase());
    const host = parts?.[1] ?? '';
    if (parts?.[2] !== undefined && parts[2] !== port) return false;
    // `*.name` must keep its dot: `evilname.com` is no subdomain of `name.com`.
    return host.startsWith('*.')
      ? name.endsWith(host.slice(1)) && name.length > host.length - 1
      : name === host;
  });
}
